"""Figures still to be added to documents: a thousand events add at little more than the cost of one."""

from collections import Counter
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from schemas.documents import Json

New = Callable[[str], Json]


@dataclass(slots=True)
class Sum:
    """What is still to be added to some documents; `new` makes one of them where there is none."""

    new: New
    known: AbstractSet[str]
    seq: int = 0
    figures: Counter[str] = field(default_factory=Counter)

    def added_to(self, doc: Json) -> Json:
        """`doc` with it, stamped with the later `seq` of the two."""
        after = dict(doc)
        for name, change in self.figures.items():
            after[name] += change
        after["seq"] = max(self.seq, doc.get("seq", 0))
        return after


class Sums:
    """Those of one collection, by the ids of the documents that get the same."""

    def __init__(self, collection: str):
        self._collection = collection
        self._sums: dict[tuple[str, ...], Sum] = {}

    def add(
        self, ids: tuple[str, ...], figures: Mapping[str, int], new: New, seq: int
    ) -> None:
        """Raises `KeyError` for a figure that a document made by `new` has not."""
        sum = self._sums.get(ids) or self._begun(ids, new)
        if unknown := figures.keys() - sum.known:
            raise KeyError(f"{self._collection} have no {sorted(unknown)}")
        sum.seq = seq
        for figure, change in figures.items():
            sum.figures[figure] += change

    def settle(self, docs: dict[str, Json], read: Callable[[str], Json | None]) -> None:
        """Adds all to `docs`, of which those that are not there yet are read, or made."""
        for ids, sum in self._sums.items():
            for id in ids:
                docs[id] = sum.added_to(docs.get(id) or read(id) or sum.new(id))

    def _begun(self, ids: tuple[str, ...], new: New) -> Sum:
        self._sums[ids] = begun = Sum(new, new(ids[0]).keys())
        return begun
