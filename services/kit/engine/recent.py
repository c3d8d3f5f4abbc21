"""What is read from memory: what this process wrote last, and what a turn has read already."""

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


class Seen(Reads):
    """Reads everything once: what a turn has looked at, or looked for in vain, stays for it as it was."""

    def __init__(self, under: Reads):
        self._under = under
        self._docs: dict[Key, Json | None] = {}
        self._found: dict[tuple[object, ...], list[Json]] = {}

    @property
    def generation(self) -> int:
        """That of the documents beneath."""
        return self._under.generation

    def get(self, collection: str, id: str) -> Json | None:
        """As it was when the turn first looked, also where it was not there."""
        key = collection, id
        if key not in self._docs:
            self._docs[key] = self._under.get(collection, id)
        return self._docs[key]

    def find(self, query: Find) -> list[Json]:
        """The list is shared, as its documents are."""
        key = query.key
        if key not in self._found:
            self._found[key] = self._under.find(query)
        return self._found[key]

    def cursor(self, source: str) -> int:
        """From beneath each time."""
        return self._under.cursor(source)
