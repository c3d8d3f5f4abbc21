"""What documents are asked for: by the fields of a declared index, or by their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.documents import Json

Key = tuple[str, str]
Place = tuple[str | int, str]


@dataclass(frozen=True, slots=True)
class Collection:
    """A kind of document. Each index is (equality fields…, order field); a query that no index answers is refused.

    A list with many conditions takes the first index that is of use, so the most telling is declared first. `searched`
    are the fields whose words it is found by.
    """

    name: str
    indexes: tuple[tuple[str, ...], ...] = ()
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Find:
    """Documents whose fields equal `where`, ordered by (`by`, id).

    `since` <= `by` < `until` narrows the range; `after` is the (`by`, id) of the last document already seen.
    Only documents that have every field of the index are found.
    """

    collection: str
    where: Mapping[str, str | int]
    by: str
    since: str | int | None = None
    until: str | int | None = None
    after: Place | None = None
    limit: int = 100
    newest_first: bool = False

    def index_in(self, collections: Mapping[str, Collection]) -> tuple[str, ...]:
        """The declared index that answers this query. Raises `LookupError` when there is none."""
        wanted = set(self.where)
        for index in collections[self.collection].indexes:
            if index[-1] == self.by and set(index[:-1]) == wanted:
                return index
        raise LookupError(
            f"no index of {self.collection} answers {sorted(self.where)} by {self.by}"
        )

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from any other query."""
        where = *self.where, *self.where.values()
        span = self.since, self.until, self.after
        return self.collection, where, self.by, *span, self.limit, self.newest_first

    def place(self, doc: Json) -> Place:
        """Where it stands among what is found: documents with the same `by` follow each other by id."""
        return doc[self.by], doc["id"]

    def matches(self, doc: Json) -> bool:
        """Whether a query of these documents alone would find it, however many it found."""
        for name, wanted in self.where.items():
            if doc.get(name) != wanted:
                return False
        return self._is_in_span(doc.get(self.by)) and self._is_beyond(doc)

    def _is_in_span(self, value: Any) -> bool:
        if value is None or (self.since is not None and value < self.since):
            return False
        return self.until is None or value < self.until

    def _is_beyond(self, doc: Json) -> bool:
        """Whether it comes after the last document already seen."""
        if self.after is None:
            return True
        place = self.place(doc)
        return place < self.after if self.newest_first else place > self.after


@dataclass(frozen=True, slots=True)
class Search:
    """Documents that have all of `words`, as `lists.search.words_of` makes them, by id from `after` down."""

    collection: str
    words: tuple[str, ...]
    after: str | None = None
    limit: int = 100
