"""Cells: one scope in one period, for everything or for one value of a dimension, with what was counted in it.

Those of activities, of needs and of the doorstep are kept apart: each is folded from one log. One kind more has of the
people in cells of activities those who are not independent (`signers.py`).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from itertools import product
from typing import NamedTuple

from schemas.documents import Json
from schemas.metrics.definitions import (
    COUNTED_OF_ACTIVITIES,
    COUNTED_OF_DOORSTEP,
    COUNTED_OF_NEEDS,
)
from services.district import territory
from services.kit.views import Collection, Overlay
from services.metrics.model import counts
from services.metrics.model.counts import Figures
from services.metrics.model.periods import periods_of

ACTIVITIES, NEEDS, EXCESS = "cells", "need_cells", "excess_cells"
DOORSTEP = "visit_cells"
COUNTED = {
    EXCESS: (
        "person_times", "participant_times", "helper_times", "attended", "turned_up", "confirmed", "no_shows",
        "ratings", "satisfied", "unique_participants",
    ),
    ACTIVITIES: tuple(definition.identifier for definition in COUNTED_OF_ACTIVITIES),
    NEEDS: tuple(definition.identifier for definition in COUNTED_OF_NEEDS),
    DOORSTEP: tuple(definition.identifier for definition in COUNTED_OF_DOORSTEP),
}  # fmt: skip
# An id is scope:period:dimension:value, so those of a dimension stand together.
COLLECTIONS = (
    Collection(ACTIVITIES, (("id",),)),
    Collection(NEEDS, (("id",),)),
    Collection(EXCESS, (("id",),)),
    Collection(DOORSTEP, (("id",),)),
)


class Cell(NamedTuple):
    """A scope in a period: all there is, or one value of a dimension."""

    scope: str
    period: str
    dimension: str = "all"
    value: str = ""

    @property
    def id(self) -> str:
        return ":".join(self)


def cell_id(scope: str, period: str, dimension: str = "all", value: str = "") -> str:
    return Cell(scope, period, dimension, value).id


@lru_cache(20_000)
def cells_of(community: str, day: str, *values: str) -> tuple[str, ...]:
    """The ids of the cells that a day, a community and `dimension:value`s belong to; a street is in no community."""
    scopes = dict.fromkeys(territory.scopes_of(community))
    keys = product(scopes, periods_of(day), ("all:", *values))
    return tuple(map(":".join, keys))


def _empty(collection: str, cell: str) -> Json:
    """A cell in which nothing was counted. A campaign is called as people like, with colons as well."""
    keys = Cell(*cell.split(":", 3))._asdict()
    return {"id": cell} | keys | dict.fromkeys(COUNTED[collection], 0)


EMPTY = {collection: partial(_empty, collection) for collection in COUNTED}


def add(
    docs: Overlay, collection: str, cells: tuple[str, ...], figures: Mapping[str, int]
) -> None:
    """Adds to the cells; what is zero is not written."""
    changes = counts.nonzero(figures)
    if changes:
        docs.add(collection, cells, changes, EMPTY[collection])


def replace(
    docs: Overlay,
    collection: str,
    before: tuple[tuple[str, ...], Figures],
    after: tuple[tuple[str, ...], Figures],
) -> None:
    """Takes back what a fact contributed to its cells, and adds what it contributes now: new − old."""
    (old_cells, old), (new_cells, new) = before, after
    if old_cells == new_cells:
        add(docs, collection, new_cells, counts.difference(old, new))
        return
    add(docs, collection, old_cells, counts.difference(old, {}))
    add(docs, collection, new_cells, new)


def dimensions(**values: str | Iterable[str]) -> tuple[str, ...]:
    """`dimension:value` for each value of each dimension."""
    named: list[str] = []
    for dimension, of_one in values.items():
        several = [of_one] if isinstance(of_one, str) else of_one
        named += (f"{dimension}:{value}" for value in several)
    return tuple(named)
