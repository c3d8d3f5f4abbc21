"""What this process wrote last, kept in memory so that a busy stream is not read again for every turn."""

from collections.abc import Mapping

from services.kit.views import Doc, Find, Key, Reads

MOST = 5_000


class Recent:
    """Reads documents through memory. Good only while nobody else has written: `at` is the position it reflects.

    It holds what the service's own events changed, never what was folded from a log it follows.
    """

    def __init__(self, views: Reads):
        self._views = views
        self._docs: dict[Key, Doc] = {}
        self._at = -1
        self.versions: dict[str, int] = {}

    def get(self, collection: str, id: str) -> Doc | None:
        return self._docs.get((collection, id)) or self._views.get(collection, id)

    def find(self, query: Find) -> list[Doc]:
        return self._views.find(query)

    def cursor(self, source: str) -> int:
        return self._views.cursor(source)

    def begin(self, position: int) -> None:
        """Forgets everything unless it reflects `position`."""
        if position != self._at or len(self._docs) > MOST:
            self._docs.clear()
            self.versions.clear()
        self._at = position

    def keep(self, position: int, docs: Mapping[Key, Doc], versions: Mapping[str, int]) -> None:
        """Remembers what was just committed at `position`."""
        self._docs |= docs
        self.versions |= versions
        self._at = position
