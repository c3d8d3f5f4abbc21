"""Which units are active, which communities and grids are covered: the halves of both logs joined."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from schemas.documents import Json
from schemas.metrics.definitions import OF_PLACES
from services.district import territory
from services.kit.views import Find, Reads
from services.metrics.folds.deeds import (
    ATTENDING,
    ATTENDING_GRIDS,
    CLOSING,
    CLOSING_GRIDS,
    FULFILLING,
    HOSTING,
)
from services.metrics.model.periods import days_before, days_of
from services.metrics.reckoning.ranges import starting

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


class Lying:
    """Where the grids of a scope lie, and did, `at` a generation of the views and position of the log of divisions."""

    def __init__(self, at: tuple[int, int], lies: Iterable[Lies]):
        self.at = at
        self._lies = tuple(lies)
        self._begins = sorted(one.since for one in self._lies)
        self._ends = sorted(one.until for one in self._lies)
        self._since: dict[tuple[str, str], str] = {}
        for one in self._lies:
            place = one.community, one.grid
            self._since[place] = min(one.since, self._since.get(place, FOR_EVER))
        self._last_valid: tuple[tuple[int, int], frozenset[str]] = ((0, 0), frozenset())

    def was_recorded(self, community: str, grid: str, last: str) -> bool:
        """True when the grid lay in the community on a day up to `last`."""
        return self._since.get((community, grid), FOR_EVER) <= last

    def valid(self, first: str, last: str) -> frozenset[str]:
        """The grids of a period: the same ones until one begins or ends, so that those of the last period are kept."""
        asked = bisect_right(self._begins, last), bisect_left(self._ends, first)
        known, grids = self._last_valid
        if known != asked:
            grids = frozenset(
                one.grid
                for one in self._lies
                if one.since <= last and first <= one.until
            )
            self._last_valid = asked, grids
        return grids


_LYING: WeakKeyDictionary[Reads, dict[str, Lying]] = WeakKeyDictionary()


def figures(views: Reads, scope: str, period: str) -> Json:
    """The figures of the places and units of a scope."""
    return {
        "active_units": len(active_units(views, scope, [period])[period]),
        **reach(views, scope, period),
    }


def reach(views: Reads, scope: str, period: str) -> Json:
    return {**coverage(views, scope, period), **grid_coverage(views, scope, period)}


def coverage(views: Reads, scope: str, period: str) -> Json:
    reached = covered(views, scope, period)
    return _covered(len(reached), len(communities(views, scope, reached, [period])))


def _covered(of: int, among: int) -> Json:
    return {
        "covered": of,
        "communities": among,
        "coverage": round(of / among, 4) if among else None,
    }


def grid_coverage(views: Reads, scope: str, period: str) -> Json:
    reached, valid = grids(views, scope, period)
    return _grids(len(reached), len(valid) + len(reached - valid))


def _grids(of: int, among: int) -> Json:
    return {
        "grids_covered": of,
        "grids": among,
        "grid_coverage": round(of / among, 4) if among else None,
    }


def together(views: Reads, scope: str, periods: list[str]) -> Json:
    """The figures of places in periods that follow one another, as if they were one."""
    reached = set[str]().union(*(covered(views, scope, period) for period in periods))
    halves = [grids(views, scope, period) for period in periods]
    met, valid = (
        set[str]().union(*(one for one, _ in halves)),
        frozenset[str]().union(*(one for _, one in halves)),
    )
    return {
        "active_units": len(active_units(views, scope, periods[-1:])[periods[-1]]),
        **_covered(len(reached), len(communities(views, scope, reached, periods))),
        **_grids(len(met), len(valid | met)),
    }


def active_units(views: Reads, scope: str, periods: list[str]) -> dict[str, set[str]]:
    """By period the units with a deed in the days up to its end; each half is read once for all of them."""
    ends = {period: days_of(period)[1] for period in periods}
    since = {
        period: days_before(end, ACTIVE_FOR_DAYS - 1) for period, end in ends.items()
    }
    active: dict[str, set[str]] = {period: set() for period in periods}
    for unit, days in _deeds(views, scope, min(since.values()), max(ends.values())):
        for period in periods:
            if any(since[period] <= day <= ends[period] for day in days):
                active[period].add(unit)
    return active


def _deeds(
    views: Reads, scope: str, since: str, until: str
) -> Iterable[tuple[str, list[str]]]:
    """(unit, the days of its deeds) by month, from the month of one day to that of another."""
    for deed in (FULFILLING, HOSTING):
        for month in starting(
            views, deed, f"{scope}:{since[:7]}:", f"{scope}:{until[:7]}:"
        ):
            yield (
                month["unit"],
                [day for day, number in month["days"].items() if number > 0],
            )


def covered(views: Reads, scope: str, period: str) -> set[str]:
    """The communities of a scope with an attendance or a closure in the period."""
    first, beyond = f"{period}:{scope}", f"{period}:{scope};"
    found: set[str] = set()
    for deed in (ATTENDING, CLOSING):
        docs = views.find(
            Find(deed, {}, "id", since=first, until=beyond, limit=MOST_COMMUNITIES)
        )
        found |= {doc["community"] for doc in docs if doc["deeds"] > 0}
    return found


def communities(
    views: Reads, scope: str, reached: set[str], periods: Sequence[str]
) -> set[str]:
    """Those of a scope that are valid in the periods, one after another; what was reached then was one of it then."""
    first, last = days_of(periods[0])[0], days_of(periods[-1])[1]
    of_scope = Find(
        "divisions",
        {"level": "community"},
        "id",
        since=scope,
        until=f"{scope};",
        limit=MOST_COMMUNITIES,
    )
    valid = {
        one["id"]
        for one in views.find(of_scope)
        if territory.is_valid(one, first, last)
    }
    return valid | reached


def lying(views: Reads, scope: str) -> Lying:
    """Where the grids of a scope lie. Thousands, which seldom change: read again after news of divisions."""
    known, at = (
        _LYING.setdefault(views, {}),
        (views.generation, views.cursor(territory.SOURCE)),
    )
    if scope not in known or known[scope].at != at:
        known[scope] = Lying(at, _lies(views, scope))
    return known[scope]


def _lies(views: Reads, scope: str) -> Iterable[Lies]:
    of_scope = Find(
        territory.GRID_ROLLS.name,
        {},
        "id",
        since=scope,
        until=f"{scope};",
        limit=MOST_COMMUNITIES,
    )
    for roll in views.find(of_scope):
        for grid, periods in roll["codes"].items():
            for since, until in periods.items():
                yield Lies(roll["id"], grid, since, until or FOR_EVER)


def grids(views: Reads, scope: str, period: str) -> tuple[set[str], frozenset[str]]:
    """The grids of a scope with an attendance or a closure in the period, and those valid in it.

    One that lay in the fact's community before the period and no longer does, is still the place the fact had. A code
    nobody had recorded there by the end of the period is none.
    """
    first, last = days_of(period)
    lies = lying(views, scope)
    since, until = f"{period}:{scope}", f"{period}:{scope};"
    reached = {
        deed["grid"]
        for kind in (ATTENDING_GRIDS, CLOSING_GRIDS)
        for deed in views.find(
            Find(kind, {}, "id", since=since, until=until, limit=MOST_GRIDS)
        )
        if deed["deeds"] > 0
        and lies.was_recorded(deed["community"], deed["grid"], last)
    }
    return reached, lies.valid(first, last)
