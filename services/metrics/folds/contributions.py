"""What each need and commitment last contributed, and where: the facts a cell of needs opens down to.

A fact is counted by several days: a need by the day it was received, verified and confirmed; a commitment by the day
it is due and the day it was fulfilled. Each of these is a contribution of its own.
"""

from dataclasses import dataclass, field

from schemas.documents import Json
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Overlay
from services.metrics.folds import cells, deeds, late, responses

LEVELS = ("district", "street", "community")
DIMENSIONS = ("need_category", "unit")

COLLECTIONS = (
    Collection(
        "contributions",
        tuple(
            ("counted_by", level, *dimension, "day")
            for level in LEVELS
            for dimension in ((), *((name,) for name in DIMENSIONS))
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Contribution:
    """`counted_by`: which of the fact's days; `minutes`: the response that enters the distribution."""

    counted_by: str
    day: str
    figures: cells.Figures
    minutes: int | None = None
    values: dict[str, str] = field(default_factory=dict)


def contribute(
    docs: Overlay, event: Event, fact: str, community: str, now: Contribution
) -> None:
    """Replaces what the fact contributed under `counted_by`; the same again changes nothing."""
    id = f"{now.counted_by}/{fact}"
    before = docs.get("contributions", id)
    after = {
        "id": id,
        "counted_by": now.counted_by,
        "fact": fact,
        "day": now.day,
        "community": community,
        **territory.placed(community),
        **now.values,
        "figures": {figure: value for figure, value in now.figures.items() if value},
        "minutes": now.minutes,
    }
    if before is None and not after["figures"]:
        return
    if before is None or any(before[name] != value for name, value in after.items()):
        docs.put("contributions", after)
        before = before or {**after, "figures": {}, "minutes": None}
        _move(docs, before, after)
        late.record(docs, late.OF_NEEDS, event, _counted(before), _counted(after))


def _move(docs: Overlay, before: Json, after: Json) -> None:
    old, new = _cells(before), _cells(after)
    cells.replace(docs, cells.NEEDS, (old, before["figures"]), (new, after["figures"]))
    if (old, before["minutes"]) != (new, after["minutes"]):
        responses.count(docs, old, before["minutes"], -1)
        responses.count(docs, new, after["minutes"], 1)
    deeds.mark(docs, before, -1)
    deeds.mark(docs, after, 1)


def _counted(contribution: Json) -> late.Counted:
    return late.Counted(*(contribution[name] for name in late.Counted._fields))


def _cells(contribution: Json) -> tuple[str, ...]:
    values = {name: contribution[name] for name in DIMENSIONS if name in contribution}
    return cells.cells_of(
        contribution["community"], contribution["day"], *cells.dimensions(**values)
    )
