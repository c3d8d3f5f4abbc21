"""What is read once, by a turn or for an answer."""

from typing import cast

from schemas.documents import Json
from services.kit.views.queries import Find, Key, Search
from services.kit.views.reading import Reads, Searchable


class Seen(Searchable):
    """Reads everything once: what was looked at, or looked for in vain, stays as it was.

    Whoever asks how far a log is folded reads anew from then on, unless it is as far as they heard before: what was
    read until then may be of another moment.
    """

    def __init__(self, under: Reads):
        self._under = under
        self._docs: dict[Key, Json | None] = {}
        self._found: dict[tuple[object, ...], list[Json]] = {}
        self._heard: dict[str, int] = {}

    @property
    def generation(self) -> int:
        """That of the documents beneath."""
        return self._heard_anew("", self._under.generation)

    def get(self, collection: str, id: str) -> Json | None:
        """As it was at the first look, also where it was not there."""
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

    def search(self, query: Search) -> list[Json]:
        """From beneath each time, which must be `Searchable` for that."""
        return cast(Searchable, self._under).search(query)

    def cursor(self, source: str) -> int:
        """From beneath each time."""
        return self._heard_anew(source, self._under.cursor(source))

    def _heard_anew(self, of: str, position: int) -> int:
        if self._heard.get(of) != position:
            self._heard[of] = position
            self._docs.clear()
            self._found.clear()
        return position
