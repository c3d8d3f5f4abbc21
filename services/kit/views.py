"""The Views port: documents folded from logs, and the overlay in which a batch of events is folded first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from schemas.documents import Json
from services.kit.log import Event

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
        return (
            self.collection,
            where,
            self.by,
            self.since,
            self.until,
            self.after,
            self.limit,
            self.newest_first,
        )

    def place(self, doc: Json) -> Place:
        return doc[self.by], doc["id"]

    def matches(self, doc: Json) -> bool:
        for name, wanted in self.where.items():
            if doc.get(name) != wanted:
                return False
        value = doc.get(self.by)
        if value is None:
            return False
        if (self.since is not None and value < self.since) or (
            self.until is not None and value >= self.until
        ):
            return False
        if self.after is None:
            return True
        return (
            self.place(doc) < self.after
            if self.newest_first
            else self.place(doc) > self.after
        )


@dataclass(frozen=True, slots=True)
class Search:
    """Documents that have all of `words`, as `lists.search.words_of` makes them, by id from `after` down."""

    collection: str
    words: tuple[str, ...]
    after: str | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a cursor: the id of the event there, and the name of the types it was folded with.

    Both are `""` where whoever moved the cursor did not say, as versions before did not.
    """

    event: str = ""
    types: str = ""


UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class Begun:
    """A fold of `source` that has begun: in which generation of the views, and after which `seq`."""

    source: str
    generation: int
    position: int
    mark: Mark = UNMARKED

    def at(self, position: int, mark: Mark = UNMARKED) -> "Begun":
        """The same fold, committed as far as `position`."""
        return replace(self, position=position, mark=mark)


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


class Views(Searchable, Protocol):
    """Documents with the cursor of each log they are folded from. Engines pass `tests/contract/test_engines.py`.

    A collection is folded from one log only, so what it holds never depends on how two logs interleave.
    """

    def begin(self, source: str) -> Begun:
        """Where a fold of `source` begins. To be asked before the documents it rests on are read."""
        ...

    def commit(
        self,
        begun: Begun,
        position: int,
        docs: Mapping[Key, Json],
        mark: Mark = UNMARKED,
    ) -> bool:
        """Writes `docs` and moves the cursor to `position` with its `mark`, all or nothing whatever is killed.

        False when the cursor is no longer where the fold began (another replica was faster), or another generation
        is served by now: nothing was written.
        """
        ...


Fold = Callable[["Overlay", Event], None]
Folds = Mapping[str, Fold]


@dataclass(slots=True)
class Sum:
    """What is still to be added to some documents; `new` makes one of them where there is none."""

    new: Callable[[str], Json]
    known: AbstractSet[str]
    seq: int = 0
    figures: Counter[str] = field(default_factory=Counter)


class Overlay(Reads):
    """Views as they will be: reads through to the store, keeps every change until `views.commit` takes them."""

    def __init__(self, under: Reads):
        self._under = under
        self.seq = 0
        self._changed: defaultdict[str, dict[str, Json]] = defaultdict(dict)
        self._sums: dict[str, dict[tuple[str, ...], Sum]] = {}

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
        if not ids:
            return
        sums = self._sums.setdefault(collection, {})
        sum = sums.get(ids) or sums.setdefault(ids, Sum(new, new(ids[0]).keys()))
        if unknown := figures.keys() - sum.known:
            raise KeyError(f"{collection} have no {sorted(unknown)}")
        sum.seq = self.seq
        for figure, change in figures.items():
            sum.figures[figure] += change

    def _own(self, collection: str) -> dict[str, Json]:
        """What is changed of a collection here, by id."""
        if collection in self._sums:
            self._settle(collection)
        return self._changed[collection]

    def _settle_all(self) -> None:
        for collection in list(self._sums):
            self._settle(collection)

    def _settle(self, collection: str) -> None:
        own = self._changed[collection]
        for ids, sum in self._sums.pop(collection).items():
            for id in ids:
                doc = own.get(id) or self._under.get(collection, id) or sum.new(id)
                added = {
                    figure: doc[figure] + change
                    for figure, change in sum.figures.items()
                }
                own[id] = {**doc, **added, "seq": max(sum.seq, doc.get("seq", 0))}

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


class Without(Reads):
    """Documents with one of them not there yet."""

    def __init__(self, under: Reads, collection: str, id: str):
        self._under, self._collection, self._id = under, collection, id

    @property
    def generation(self) -> int:
        return self._under.generation

    def get(self, collection: str, id: str) -> Json | None:
        return (
            None
            if (collection, id) == (self._collection, self._id)
            else self._under.get(collection, id)
        )

    def find(self, query: Find) -> list[Json]:
        found = self._under.find(replace(query, limit=query.limit + 1))
        hidden = self._id if query.collection == self._collection else None
        return [doc for doc in found if doc["id"] != hidden][: query.limit]

    def cursor(self, source: str) -> int:
        return self._under.cursor(source)


class Nothing(Reads):
    """Views before the first event."""

    generation = 0

    def get(self, collection: str, id: str) -> Json | None:
        return None

    def find(self, query: Find) -> list[Json]:
        return []

    def cursor(self, source: str) -> int:
        return 0


def by_name(collections: Sequence[Collection]) -> dict[str, Collection]:
    return {collection.name: collection for collection in collections}


def searched(collections: Mapping[str, Collection], name: str) -> Collection:
    """The collection. Raises `LookupError` when it is not searched."""
    if not collections[name].searched:
        raise LookupError(f"{name} are not searched")
    return collections[name]
