"""A period beside the one before and the one a year ago: like with like.

One that is still under way stands beside the same days so far of the others. What can be added up day by day is added
up, and withheld when it is on any of these days; people, who may come on several, are not compared then.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from schemas.documents import Json, pick
from schemas.metrics.definitions import (
    COUNTED_OF_ACTIVITIES,
    COUNTED_OF_DOORSTEP,
    COUNTED_OF_NEEDS,
)
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.metrics.folds.cells import ACTIVITIES, DOORSTEP, NEEDS, cell_id
from services.metrics.model.counts import summed
from services.metrics.model.periods import (
    a_year_before,
    before,
    days_of,
    pieces,
    same_day,
)
from services.metrics.reckoning import places, values
from services.metrics.reckoning.values import ALL, Part
from services.metrics.reckoning.withholding import Withholding, told

NOT_ADDED = "unique_participants"


class Compared(NamedTuple):
    """What is beside: figures null where nothing was counted at all, or they are withheld."""

    period: str
    figures: Json
    withheld: list[str]
    is_absent: bool


def earlier(period: str) -> dict[str, str]:
    """The period before, and the one a year before."""
    return {"previous": before(period), "last_year": a_year_before(period)}


def so_far(period: str, asked: Asked) -> str | None:
    """The last day so far of a period that is under way; None of one that is over, or has not begun."""
    first, last = days_of(period)
    today = local_day(asked.now)
    return today if first <= today < last else None


def span(
    views: Reads,
    withholding: Withholding,
    scope: str,
    first: str,
    last: str,
    of: Part = ALL,
) -> Json:
    """`{"figures", "withheld"}` of any days: what can be added up; people are null.

    Of one value of a dimension these are the figures of activities.
    """
    parts = pieces(first, last)
    figures = _added_up(views, scope, parts, of)
    return told(figures, _withheld(views, withholding, scope, parts, of))


def compared(
    views: Reads, withholding: Withholding, scope: str, period: str, until: str | None
) -> Compared:
    """A period, or its days up to `until`."""
    if until is None:
        figures = values.of_scope(views, scope, period)
        shown = withholding.told(figures, scope, period)
    else:
        parts = pieces(days_of(period)[0], until)
        figures = _added_up(views, scope, parts)
        shown = told(figures, _withheld(views, withholding, scope, parts))
    if values.is_absent(figures):
        return Compared(period, dict.fromkeys(figures), [], True)
    return Compared(period, shown["figures"], shown["withheld"], False)


def until_same_day(period: str, until: str | None, than: str) -> str | None:
    return None if until is None else same_day(period, until, than)


def _added_up(views: Reads, scope: str, parts: list[str], of: Part = ALL) -> Json:
    """The figures of several periods together, all but people."""
    ids = [cell_id(scope, part, *of) for part in parts]
    of_activities = values.activities(_sum(views, ACTIVITIES, ids))
    of_activities |= {NOT_ADDED: None}
    if of != ALL:
        return of_activities
    times = _together(values.times(views, id) for id in ids)
    of_needs = values.needs(_sum(views, NEEDS, ids), times)
    days = _together(values.days_taken(views, id) for id in ids)
    of_doorstep = values.doorstep(_sum(views, DOORSTEP, ids), days)
    figures = of_activities | of_needs | of_doorstep
    figures |= places.together(views, scope, parts)
    return values.with_doors(views, figures, scope, parts[-1])


def _together(several: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """`{minutes or days: how many took so long}`"""
    sums: dict[int, int] = {}
    for took in several:
        for time, number in took.items():
            sums[time] = sums.get(time, 0) + number
    return sums


COUNTED = {
    ACTIVITIES: values.identifiers(COUNTED_OF_ACTIVITIES),
    NEEDS: values.identifiers(COUNTED_OF_NEEDS),
    DOORSTEP: values.identifiers(COUNTED_OF_DOORSTEP),
}


def _sum(views: Reads, collection: str, ids: list[str]) -> Json:
    """What was counted in these cells together."""
    total = dict.fromkeys(COUNTED[collection], 0)
    for id in ids:
        cell = views.get(collection, id)
        if cell:
            total = summed(total, pick(cell, *total))
    return total


def _withheld(
    views: Reads,
    withholding: Withholding,
    scope: str,
    parts: list[str],
    of: Part = ALL,
) -> set[str]:
    """What is withheld of any of the parts; people are not added up."""
    withheld: set[str] = set()
    for part in parts:
        figures = values.of_cell(views, cell_id(scope, part, *of))
        withheld |= withholding.of(figures, scope, part, *of)
    return withheld - {NOT_ADDED}
