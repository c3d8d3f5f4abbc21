"""Grids with a visit in the thirty days up to each day: how many there are, kept day by day for every scope."""

from collections.abc import Iterator
from itertools import groupby

from schemas.documents import Json
from services.district import territory
from services.district.calendar import day_of
from services.kit.views import Collection, Overlay
from services.metrics.folds.tallies import tally
from services.metrics.model import counts
from services.metrics.model.periods import days_after, days_before, every, month_of

ACTIVE_FOR_DAYS = 30
# By month:community:grid, the visits of each day; by scope:month, the active grids of each day.
WALKED, ACTIVE = "walked", "active_grids"
COLLECTIONS = (Collection(WALKED, (("id",),)), Collection(ACTIVE, (("id",),)))


def walk(docs: Overlay, visit: Json, change: int) -> None:
    """A visit more or less in its grid on its day; only the first and the last of a day make a difference."""
    day = day_of(visit["at"])
    place = f"{visit['community']}:{visit['grid']}"
    id = f"{day[:7]}:{place}"
    before = docs.get(WALKED, id) or {"id": id, "days": {}}
    days = counts.tallied(before["days"], {day: change})
    docs.put(WALKED, before | {"days": days})
    if (day in days) != (day in before["days"]):
        alone = _active_by(docs, place, day)
        _count(docs, visit["community"], alone, change)


def _active_by(docs: Overlay, place: str, day: str) -> list[str]:
    """The days on which the grid is active for a visit on this day alone."""
    others = [other for other in _walked_near(docs, place, day) if other != day]
    covered = {active for other in others for active in _active_after(other)}
    return [active for active in _active_after(day) if active not in covered]


def _active_after(day: str) -> list[str]:
    return every("day", day, days_after(day, ACTIVE_FOR_DAYS - 1))


def _walked_near(docs: Overlay, place: str, day: str) -> Iterator[str]:
    first = days_before(day, ACTIVE_FOR_DAYS)
    last = days_after(day, ACTIVE_FOR_DAYS)
    for month in every("month", first, last):
        walked = docs.get(WALKED, f"{month}:{place}")
        yield from walked["days"] if walked else ()


def _count(docs: Overlay, community: str, days: list[str], change: int) -> None:
    """A grid more or less is active on these days; a document has those of one month."""
    for month, of_month in groupby(days, key=month_of):
        more = dict.fromkeys(of_month, change)
        for scope in territory.scopes_of(community):
            tally(docs, ACTIVE, {"id": f"{scope}:{month}"}, "days", more)
