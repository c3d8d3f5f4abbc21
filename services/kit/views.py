"""The Views port: documents folded from logs, and the overlay in which a batch of events is folded first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from schemas.documents import Json
from services.kit.log import Event
from services.kit.sums import Sums

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
        for index in collections[self.collection].indexes:
            if index[-1] == self.by and set(index[:-1]) == set(self.where):
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


class Reads(Protocol):
    """What rules and queries see. Documents are shared: never change one, put a new one."""

    @property
    def generation(self) -> int:
        """Which one is read: what was made of another may no longer be so, even at the same positions."""
        ...

    def get(self, collection: str, id: str) -> Json | None: ...

    def the(self, collection: str, id: str) -> Json:
        """A document the log says must exist. Raises `KeyError` when it does not."""
        doc = self.get(collection, id)
        if doc is None:
            raise KeyError(f"{collection}/{id}")
        return doc

    def find(self, query: Find) -> list[Json]: ...

    def count(self, query: Find) -> int:
        """How many documents match, counting no further than `query.limit`."""
        return len(self.find(query))

    def cursor(self, source: str) -> int:
        """The last `seq` of `source` that is folded in, 0 for none."""
        ...


class Searchable(Reads, Protocol):
    """Documents found by their words besides."""

    def search(self, query: Search) -> list[Json]:
        """The documents found, newest first. Raises `LookupError` for a collection that is not searched."""
        ...


Fold = Callable[["Overlay", Event], None]
Folds = Mapping[str, Fold]


class Overlay(Reads):
    """Views as they will be: reads through to the store, keeps every change until `views.commit` takes them."""

    def __init__(self, under: Reads):
        self._under = under
        self.seq = 0
        self._changed: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        self._sums: dict[str, Sums] = {}

    @property
    def generation(self) -> int:
        return self._under.generation

    @property
    def changed(self) -> dict[Key, Json]:
        self._settle_all()
        return {
            (collection, id): doc
            for collection, docs in self._changed.items()
            for id, doc in docs.items()
        }

    def get(self, collection: str, id: str) -> Json | None:
        if collection in self._sums:
            self._settle(collection)
        return self._changed[collection].get(id) or self._under.get(collection, id)

    def put(self, collection: str, doc: Json) -> None:
        """Remembers `doc`, stamped with the `seq` it reflects."""
        self._own(collection)[doc["id"]] = {**doc, "seq": self.seq}

    def change(self, collection: str, id: str, **fields: Any) -> Json:
        """The document that is there, with these fields as they are now. Raises `KeyError` when there is none."""
        changed = self.the(collection, id) | fields
        self.put(collection, changed)
        return changed

    def add(
        self,
        collection: str,
        ids: tuple[str, ...],
        figures: Mapping[str, int],
        new: Callable[[str], Json],
    ) -> None:
        """Adds `figures` to each document; `new` makes one that is not there yet, with every figure it may have.

        Nothing is read or written until somebody looks: a thousand events add at little more than the cost of one.
        Raises `KeyError` for a figure no such document has.
        """
        if ids:
            sums = self._sums.get(collection) or Sums(collection)
            self._sums[collection] = sums
            sums.add(ids, figures, new, self.seq)

    def _own(self, collection: str) -> dict[str, Json]:
        """What is changed of a collection here, by id."""
        if collection in self._sums:
            self._settle(collection)
        return self._changed[collection]

    def _settle_all(self) -> None:
        for collection in list(self._sums):
            self._settle(collection)

    def _settle(self, collection: str) -> None:
        sums = self._sums.pop(collection)
        sums.settle(self._changed[collection], partial(self._under.get, collection))

    def find(self, query: Find) -> list[Json]:
        own = self._own(query.collection)
        if not own:
            return self._under.find(query)
        found = [*self._not_in(own, query), *filter(query.matches, own.values())]
        return sorted(found, key=query.place, reverse=query.newest_first)[: query.limit]

    def _not_in(self, own: Mapping[str, Json], query: Find) -> list[Json]:
        """The first of those under here that are not changed here."""
        under = self._under.find(query)
        found = [doc for doc in under if doc["id"] not in own]
        if len(found) < len(under) == query.limit:
            more = self._under.find(replace(query, limit=query.limit + len(own)))
            return [doc for doc in more if doc["id"] not in own]
        return found

    def cursor(self, source: str) -> int:
        """As far as the store has come; what is folded here besides is not in it yet."""
        return self._under.cursor(source)

    def fold(self, event: Event, folds: Folds) -> None:
        """Applies one event. When it raises, part of it may be applied. A type nobody folds changes nothing."""
        fold = folds.get(event.type)
        if fold is not None:
            self.seq = event.seq
            fold(self, event)

    def try_to_fold(self, event: Event, folds: Folds) -> None:
        """Applies one event, wholly or not at all."""
        trial = Overlay(self)
        trial.fold(event, folds)
        self.take(trial)

    def take(self, trial: "Overlay") -> None:
        """Takes over what was tried in an overlay over this one."""
        trial._settle_all()
        for collection, docs in trial._changed.items():
            self._own(collection).update(docs)


def fold_all(under: Reads, events: Iterable[Event], folds: Folds) -> Overlay:
    """The overlay after `events`, each document in it once."""
    overlay = Overlay(under)
    for event in events:
        overlay.fold(event, folds)
    return overlay


class Nothing(Reads):
    """Views before the first event."""

    generation = 0

    def get(self, collection: str, id: str) -> Json | None:
        return None

    def find(self, query: Find) -> list[Json]:
        return []

    def cursor(self, source: str) -> int:
        return 0
