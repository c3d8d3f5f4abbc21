"""A period beside the one before and the one a year ago: like with like.

One that is still under way stands beside the same days so far of the others. What can be added up day by day is added
up, and withheld when it is on any of these days; people, who may come on several, are not compared then.
"""

from collections import Counter
from typing import NamedTuple

from schemas.documents import Json
from schemas.metrics.definitions import COUNTED_OF_ACTIVITIES, COUNTED_OF_NEEDS
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.metrics.folds.cells import ACTIVITIES, NEEDS, cell_id
from services.metrics.model.periods import (
    a_year_before,
    before,
    days_of,
    pieces,
    same_day,
)
from services.metrics.reckoning import places, values
from services.metrics.reckoning.values import ALL, Part
from services.metrics.reckoning.withholding import Withholding

NOT_ADDED = "unique_participants"


class Compared(NamedTuple):
    """What is beside: figures null where nothing was counted at all, or they are withheld."""

    period: str
    figures: Json
    withheld: list[str]
    is_absent: bool


def earlier(period: str) -> dict[str, str]:
    return {"previous": before(period), "last_year": a_year_before(period)}


def so_far(period: str, asked: Asked) -> str | None:
    """The last day so far of a period that is under way; None of one that is over, or has not begun."""
    (first, last), today = days_of(period), local_day(asked.now)
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
    added_up = (
        _added_up(views, scope, parts)
        if of == ALL
        else _of_part(views, scope, parts, of)
    )
    return _told(views, withholding, scope, parts, added_up, of)


def compared(
    views: Reads, withholding: Withholding, scope: str, period: str, until: str | None
) -> Compared:
    """A period, or its days up to `until`."""
    if until is None:
        figures = values.of_scope(views, scope, period)
        told = withholding.told(figures, scope, period)
    else:
        parts = pieces(days_of(period)[0], until)
        figures = _added_up(views, scope, parts)
        told = _told(views, withholding, scope, parts, figures)
    if values.is_absent(figures):
        return Compared(period, dict.fromkeys(figures), [], True)
    return Compared(period, told["figures"], told["withheld"], False)


def until_same_day(period: str, until: str | None, than: str) -> str | None:
    return None if until is None else same_day(period, until, than)


def _of_part(views: Reads, scope: str, parts: list[str], of: Part) -> Json:
    cells = (views.get(ACTIVITIES, cell_id(scope, part, *of)) for part in parts)
    counted = _sum([cell for cell in cells if cell], COUNTED[ACTIVITIES])
    return {**values.activities(counted), NOT_ADDED: None}


def _added_up(views: Reads, scope: str, parts: list[str]) -> Json:
    """The figures of several periods together, all but people."""
    ids = [cell_id(scope, part) for part in parts]
    counted = {
        collection: _sum(
            [cell for id in ids if (cell := views.get(collection, id))], names
        )
        for collection, names in COUNTED.items()
    }
    minutes: Counter[int] = Counter()
    for id in ids:
        minutes.update(values.times(views, id))
    return {
        **values.activities(counted[ACTIVITIES]),
        NOT_ADDED: None,
        **values.needs(counted[NEEDS], minutes),
        **places.together(views, scope, parts),
    }


COUNTED = {
    ACTIVITIES: tuple(one.identifier for one in COUNTED_OF_ACTIVITIES),
    NEEDS: tuple(one.identifier for one in COUNTED_OF_NEEDS),
}


def _sum(cells: list[Json], names: tuple[str, ...]) -> Json:
    return {name: sum(cell[name] for cell in cells) for name in names}


def _told(
    views: Reads,
    withholding: Withholding,
    scope: str,
    parts: list[str],
    figures: Json,
    of: Part = ALL,
) -> Json:
    withheld: set[str] = set()
    for part in parts:
        found = values.of_cell(views, cell_id(scope, part, *of))
        withheld |= withholding.of(found, scope, part, *of)
    withheld.discard(NOT_ADDED)
    shown = {
        name: None if name in withheld else figure for name, figure in figures.items()
    }
    return {
        "figures": shown,
        "withheld": [name for name in figures if name in withheld],
    }
