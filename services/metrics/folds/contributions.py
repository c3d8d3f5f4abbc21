"""What each need and commitment last contributed, and where: the facts a cell of needs opens down to.

A fact is counted by several days: a need by the day it was received, verified and confirmed; a commitment by the day
it is due and the day it was fulfilled. Each of these is a contribution of its own.
"""

from dataclasses import dataclass, field
from itertools import product

from schemas.documents import Json, pick, pick_present
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Overlay
from services.metrics.folds import cells, deeds, late, responses
from services.metrics.model import counts
from services.metrics.model.counts import Figures

LEVELS = ("district", "street", "community")
DIMENSIONS = ("need_category", "unit")

IN_ALL = [("counted_by", level, "day") for level in LEVELS]
BY_VALUE = [("counted_by", *of, "day") for of in product(LEVELS, DIMENSIONS)]
COLLECTIONS = (Collection("contributions", (*IN_ALL, *BY_VALUE)),)
NOTHING: Json = {"figures": {}, "minutes": None}


@dataclass(frozen=True, slots=True)
class Contribution:
    """`counted_by`: which of the fact's days; `minutes`: the response that enters the distribution."""

    counted_by: str
    day: str
    figures: Figures
    minutes: int | None = None
    values: dict[str, str] = field(default_factory=dict)


def contribute(
    docs: Overlay, event: Event, fact: str, community: str, now: Contribution
) -> None:
    """Replaces what the fact contributed under `counted_by`; the same again changes nothing."""
    after = _contribution(fact, community, now)
    before = docs.get("contributions", after["id"])
    if before is None and not after["figures"]:
        return
    if before is not None and pick_present(before, *after) == after:
        return
    docs.put("contributions", after)
    before = before or after | NOTHING
    _move(docs, before, after)
    late.record(docs, late.OF_NEEDS, event, _counted(before), _counted(after))


def _contribution(fact: str, community: str, now: Contribution) -> Json:
    about = {
        "id": f"{now.counted_by}/{fact}",
        "counted_by": now.counted_by,
        "fact": fact,
        "day": now.day,
        "community": community,
        "figures": counts.nonzero(now.figures),
        "minutes": now.minutes,
    }
    return about | territory.placed(community) | now.values


def _move(docs: Overlay, before: Json, after: Json) -> None:
    old = _cells(before)
    new = _cells(after)
    was = old, before["figures"]
    now = new, after["figures"]
    cells.replace(docs, cells.NEEDS, was, now)
    if (old, before["minutes"]) != (new, after["minutes"]):
        responses.count(docs, old, before["minutes"], -1)
        responses.count(docs, new, after["minutes"], 1)
    deeds.mark(docs, before, -1)
    deeds.mark(docs, after, 1)


def _counted(contribution: Json) -> late.Counted:
    return late.Counted(**pick(contribution, *late.Counted._fields))


def _cells(contribution: Json) -> tuple[str, ...]:
    values = cells.dimensions(**pick_present(contribution, *DIMENSIONS))
    return cells.cells_of(contribution["community"], contribution["day"], *values)
