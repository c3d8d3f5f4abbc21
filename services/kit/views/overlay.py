"""The overlay in which a batch of events is folded first, before any of it is written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views.queries import Find, Key
from services.kit.views.reading import Reads
from services.kit.views.sums import Sums

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
        """That of the documents beneath."""
        return self._under.generation

    @property
    def changed(self) -> dict[Key, Json]:
        """What is to be written, by collection and id. Adds up what is still to be added."""
        self._settle_all()
        return {
            (collection, id): doc
            for collection, docs in self._changed.items()
            for id, doc in docs.items()
        }

    def get(self, collection: str, id: str) -> Json | None:
        """As changed here, with its sums added up; else as it is beneath."""
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
        """What is here and what is under here, in one order: a document changed here is found as it is here."""
        own = self._own(query.collection)
        if not own:
            return self._under.find(query)
        under = self._not_in(own, query)
        matching = filter(query.matches, own.values())
        docs = [*under, *matching]
        docs.sort(key=query.place, reverse=query.newest_first)
        return docs[: query.limit]

    def _not_in(self, own: Mapping[str, Json], query: Find) -> list[Json]:
        """The first of those under here that are not changed here."""
        under = self._under.find(query)
        unchanged = [doc for doc in under if doc["id"] not in own]
        if len(unchanged) < len(under) == query.limit:
            more = replace(query, limit=query.limit + len(own))
            under = self._under.find(more)
            return [doc for doc in under if doc["id"] not in own]
        return unchanged

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
