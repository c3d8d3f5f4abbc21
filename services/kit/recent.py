"""What this process wrote last, kept in memory so that a busy stream is not read again for every turn."""

from collections.abc import Mapping

from services.kit.views import Begun, Doc, Find, Key, Reads

MOST = 5_000


class Recent:
    """Reads documents through memory. Good only while nobody else has written: `at` is what it reflects.

    It holds what the service's own events changed, never what was folded from a log it follows.
    """

    def __init__(self, views: Reads):
        self._views = views
        self._docs: dict[Key, Doc] = {}
        self._at: Begun | None = None
        self.versions: dict[str, int] = {}

    @property
    def generation(self) -> int:
        return self._views.generation

    def get(self, collection: str, id: str) -> Doc | None:
        return self._docs.get((collection, id)) or self._views.get(collection, id)

    def find(self, query: Find) -> list[Doc]:
        return self._views.find(query)

    def cursor(self, source: str) -> int:
        return self._views.cursor(source)

    def begin(self, begun: Begun) -> None:
        """Forgets everything unless it reflects just what the fold that has begun does."""
        if begun != self._at or len(self._docs) > MOST:
            self._docs.clear()
            self.versions.clear()
        self._at = begun

    def keep(self, at: Begun, docs: Mapping[Key, Doc], versions: Mapping[str, int]) -> None:
        """Remembers what was just committed."""
        self._docs |= docs
        self.versions |= versions
        self._at = at
