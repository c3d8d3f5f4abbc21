"""Which units are active, which communities and grids are covered: the halves of both logs joined."""

from collections.abc import Iterable
from typing import NamedTuple
from weakref import WeakKeyDictionary

from schemas.metrics.definitions import OF_PLACES
from services.kit import territory
from services.kit.log import Data
from services.kit.views import Find, Reads
from services.metrics.folds.deeds import ATTENDING, ATTENDING_GRIDS, CLOSING, CLOSING_GRIDS, FULFILLING, HOSTING
from services.metrics.periods import days_before, days_of
from services.metrics.views.found import starting

ACTIVE_FOR_DAYS = 90
MOST_COMMUNITIES = 10_000
MOST_GRIDS = 100_000
FOR_EVER = "9999-12-31"
OF_GRIDS = frozenset({"grids_covered", "grids", "grid_coverage"})
FIGURES = frozenset(definition.identifier for definition in OF_PLACES)


class Lies(NamedTuple):
    """A grid in a community from one day to another, the last included."""

    community: str
    grid: str
    since: str
    until: str


_LYING: WeakKeyDictionary[Reads, dict[str, tuple[int, list[Lies]]]] = WeakKeyDictionary()


def figures(views: Reads, scope: str, period: str) -> Data:
    """The figures of the places and units of a scope."""
    return {
        "active_units": len(active_units(views, scope, [period])[period]),
        **reach(views, scope, period),
    }


def reach(views: Reads, scope: str, period: str) -> Data:
    return {**coverage(views, scope, period), **grid_coverage(views, scope, period)}


def coverage(views: Reads, scope: str, period: str) -> Data:
    reached = covered(views, scope, period)
    of, among = len(reached), len(communities(views, scope, reached))
    return {"covered": of, "communities": among, "coverage": round(of / among, 4) if among else None}


def grid_coverage(views: Reads, scope: str, period: str) -> Data:
    reached, valid = grids(views, scope, period)
    among = valid | reached
    rate = round(len(reached) / len(among), 4) if among else None
    return {"grids_covered": len(reached), "grids": len(among), "grid_coverage": rate}


def active_units(views: Reads, scope: str, periods: list[str]) -> dict[str, set[str]]:
    """By period the units with a deed in the days up to its end; each half is read once for all of them."""
    ends = {period: days_of(period)[1] for period in periods}
    since = {period: days_before(end, ACTIVE_FOR_DAYS - 1) for period, end in ends.items()}
    active: dict[str, set[str]] = {period: set() for period in periods}
    for unit, days in _deeds(views, scope, min(since.values()), max(ends.values())):
        for period in periods:
            if any(since[period] <= day <= ends[period] for day in days):
                active[period].add(unit)
    return active


def _deeds(views: Reads, scope: str, since: str, until: str) -> Iterable[tuple[str, list[str]]]:
    """(unit, the days of its deeds) by month, from the month of one day to that of another."""
    for deed in (FULFILLING, HOSTING):
        for month in starting(views, deed, f"{scope}:{since[:7]}:", f"{scope}:{until[:7]}:"):
            yield month["unit"], [day for day, number in month["days"].items() if number > 0]


def covered(views: Reads, scope: str, period: str) -> set[str]:
    """The communities of a scope with an attendance or a closure in the period."""
    first, beyond = f"{period}:{scope}", f"{period}:{scope};"
    found: set[str] = set()
    for deed in (ATTENDING, CLOSING):
        docs = views.find(Find(deed, {}, "id", since=first, until=beyond, limit=MOST_COMMUNITIES))
        found |= {doc["community"] for doc in docs if doc["deeds"] > 0}
    return found


def communities(views: Reads, scope: str, reached: set[str]) -> set[str]:
    """Those of a scope; one that is recorded no longer but was reached then was one of it then."""
    of_scope = Find("divisions", {"level": "community"}, "id", since=scope, until=f"{scope};", limit=MOST_COMMUNITIES)
    return {division["id"] for division in views.find(of_scope)} | reached


def lying(views: Reads, scope: str) -> list[Lies]:
    """Where the grids of a scope lie, and did. Thousands, which seldom change: read again after news of divisions."""
    known, position = _LYING.setdefault(views, {}), views.cursor(territory.SOURCE)
    if scope not in known or known[scope][0] != position:
        known[scope] = position, _lying(views, scope)
    return known[scope][1]


def _lying(views: Reads, scope: str) -> list[Lies]:
    of_scope = Find(territory.GRID_ROLLS.name, {}, "id", since=scope, until=f"{scope};", limit=MOST_COMMUNITIES)
    return [
        Lies(roll["id"], grid, since, until or FOR_EVER)
        for roll in views.find(of_scope)
        for grid, periods in roll["codes"].items()
        for since, until in periods.items()
    ]


def grids(views: Reads, scope: str, period: str) -> tuple[set[str], set[str]]:
    """The grids of a scope with an attendance or a closure in the period, and those valid in it.

    One that lay in the fact's community before the period and no longer does, is still the place the fact had. A code
    nobody had recorded there by the end of the period is none.
    """
    first, last = days_of(period)
    begun = [lies for lies in lying(views, scope) if lies.since <= last]
    known = {(lies.community, lies.grid) for lies in begun}
    valid = {lies.grid for lies in begun if first <= lies.until}
    since, until = f"{period}:{scope}", f"{period}:{scope};"
    reached = {
        deed["grid"]
        for kind in (ATTENDING_GRIDS, CLOSING_GRIDS)
        for deed in views.find(Find(kind, {}, "id", since=since, until=until, limit=MOST_GRIDS))
        if deed["deeds"] > 0 and (deed["community"], deed["grid"]) in known
    }
    return reached, valid
