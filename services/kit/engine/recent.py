"""What is read from memory: what this process wrote last."""

from collections.abc import Mapping

from schemas.documents import Json
from services.kit.cursors import Begun
from services.kit.views import Find, Key, Reads

MOST = 5_000


class Recent(Reads):
    """Reads documents through memory. Good only while nobody else has written: `at` is what it reflects.

    It holds what the service's own events changed, never what was folded from a log it follows.
    """

    def __init__(self, views: Reads):
        self._views = views
        self._docs: dict[Key, Json] = {}
        self._at: Begun | None = None
        self.versions: dict[str, int] = {}

    @property
    def generation(self) -> int:
        """That of the documents beneath."""
        return self._views.generation

    def get(self, collection: str, id: str) -> Json | None:
        """From memory where this process wrote it last, else from beneath."""
        return self._docs.get((collection, id)) or self._views.get(collection, id)

    def find(self, query: Find) -> list[Json]:
        """Always from beneath: memory has not all there is."""
        return self._views.find(query)

    def cursor(self, source: str) -> int:
        """Always from beneath."""
        return self._views.cursor(source)

    def begin(self, begun: Begun) -> None:
        """Forgets everything unless it reflects just what the fold that has begun does."""
        if begun != self._at or len(self._docs) > MOST:
            self._docs.clear()
            self.versions.clear()
        self._at = begun

    def keep(
        self, at: Begun, docs: Mapping[Key, Json], versions: Mapping[str, int]
    ) -> None:
        """Remembers what was just committed."""
        self._docs |= docs
        self.versions |= versions
        self._at = at
