"""Which units are active, which communities and grids are covered: the halves of both logs joined."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
from services.metrics.model.counts import share
from services.metrics.model.periods import days_before, days_of
from services.metrics.reckoning import divisions
from services.metrics.reckoning.ranges import starting

ACTIVE_FOR_DAYS = 90
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

    def is_valid(self, first: str, last: str) -> bool:
        """True on a day from one to another."""
        return self.since <= last and first <= self.until


class Lying:
    """Where the grids of a scope lie, and did, `at` a generation of the views and position of the log of divisions."""

    def __init__(self, at: tuple[int, int], lies: Iterable[Lies]):
        self.at = at
        self._lies = tuple(lies)
        self._begins = sorted(grid.since for grid in self._lies)
        self._ends = sorted(grid.until for grid in self._lies)
        self._since = _first_days(self._lies)
        self._last_valid: tuple[tuple[int, int], frozenset[str]] = ((0, 0), frozenset())

    def was_recorded(self, community: str, grid: str, last: str) -> bool:
        """True when the grid lay in the community on a day up to `last`."""
        return self._since.get((community, grid), FOR_EVER) <= last

    def valid(self, first: str, last: str) -> frozenset[str]:
        """The grids of a period: the same ones until one begins or ends, so that those of the last period are kept."""
        asked = bisect_right(self._begins, last), bisect_left(self._ends, first)
        known, grids = self._last_valid
        if known != asked:
            there = (grid for grid in self._lies if grid.is_valid(first, last))
            grids = frozenset(grid.grid for grid in there)
            self._last_valid = asked, grids
        return grids


def _first_days(lies: Iterable[Lies]) -> dict[tuple[str, str], str]:
    """Since when each (community, grid) has been one."""
    since: dict[tuple[str, str], str] = {}
    for grid in lies:
        place = grid.community, grid.grid
        known = since.get(place, FOR_EVER)
        since[place] = min(grid.since, known)
    return since


_LYING: WeakKeyDictionary[Reads, dict[str, Lying]] = WeakKeyDictionary()


def figures(views: Reads, scope: str, period: str) -> Json:
    """The figures of the places and units of a scope."""
    active = active_units(views, scope, [period])[period]
    return {"active_units": len(active)} | reach(views, scope, period)


def reach(views: Reads, scope: str, period: str) -> Json:
    """The figures of places, without units."""
    return coverage(views, scope, period) | grid_coverage(views, scope, period)


def coverage(views: Reads, scope: str, period: str) -> Json:
    """How many of its communities somebody reached."""
    reached = covered(views, scope, period)
    return _covered(len(reached), len(communities(views, scope, reached, [period])))


def _covered(of: int, among: int) -> Json:
    return {
        "covered": of,
        "communities": among,
        "coverage": share(of, among),
    }


def grid_coverage(views: Reads, scope: str, period: str) -> Json:
    """How many of its grids somebody reached."""
    reached, valid = grids(views, scope, period)
    return _grids(len(reached), len(valid | reached))


def _grids(of: int, among: int) -> Json:
    return {
        "grids_covered": of,
        "grids": among,
        "grid_coverage": share(of, among),
    }


def together(views: Reads, scope: str, periods: list[str]) -> Json:
    """The figures of places in periods that follow one another, as if they were one."""
    reached = set[str]()
    met = set[str]()
    valid = frozenset[str]()
    for period in periods:
        reached |= covered(views, scope, period)
        met_then, valid_then = grids(views, scope, period)
        met |= met_then
        valid |= valid_then
    among = communities(views, scope, reached, periods)
    last = periods[-1]
    active = active_units(views, scope, [last])[last]
    figures = {"active_units": len(active)}
    figures |= _covered(len(reached), len(among))
    return figures | _grids(len(met), len(valid | met))


def active_units(views: Reads, scope: str, periods: list[str]) -> dict[str, set[str]]:
    """By period the units with a deed in the days up to its end; each half is read once for all of them."""
    spans = {period: _active_span(period) for period in periods}
    first = min(since for since, _ in spans.values())
    last = max(until for _, until in spans.values())
    active: dict[str, set[str]] = {period: set() for period in periods}
    for unit, days in _deeds(views, scope, first, last):
        for period, (since, until) in spans.items():
            if any(since <= day <= until for day in days):
                active[period].add(unit)
    return active


def _active_span(period: str) -> tuple[str, str]:
    """The days whose deeds make a unit active at the end of a period."""
    end = days_of(period)[1]
    return days_before(end, ACTIVE_FOR_DAYS - 1), end


def _deeds(
    views: Reads, scope: str, since: str, until: str
) -> Iterator[tuple[str, list[str]]]:
    """(unit, the days of its deeds) by month, from the month of one day to that of another."""
    first = f"{scope}:{since[:7]}:"
    last = f"{scope}:{until[:7]}:"
    for deed in (FULFILLING, HOSTING):
        for month in starting(views, deed, first, last):
            days = [day for day, number in month["days"].items() if number > 0]
            yield month["unit"], days


def covered(views: Reads, scope: str, period: str) -> set[str]:
    """The communities of a scope with an attendance or a closure in the period."""
    deeds = _deeds_in(views, (ATTENDING, CLOSING), scope, period)
    return {deed["community"] for deed in deeds}


def communities(
    views: Reads, scope: str, reached: set[str], periods: Sequence[str]
) -> set[str]:
    """Those of a scope that are valid in the periods, one after another; what was reached then was one of it then."""
    first, _ = days_of(periods[0])
    _, last = days_of(periods[-1])
    known = divisions.communities(views, scope)
    valid = {place["id"] for place in known if territory.is_valid(place, first, last)}
    return valid | reached


def lying(views: Reads, scope: str) -> Lying:
    """Where the grids of a scope lie. Thousands, which seldom change: read again after news of divisions."""
    known = _LYING.setdefault(views, {})
    at = views.generation, views.cursor(territory.SOURCE)
    if scope not in known or known[scope].at != at:
        known[scope] = Lying(at, _lies(views, scope))
    return known[scope]


def _lies(views: Reads, scope: str) -> Iterator[Lies]:
    of_scope = Find(
        territory.GRID_ROLLS.name,
        {},
        "id",
        since=scope,
        until=f"{scope};",
        limit=divisions.MOST_COMMUNITIES,
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
    deeds = _deeds_in(views, (ATTENDING_GRIDS, CLOSING_GRIDS), scope, period)
    reached = {
        deed["grid"]
        for deed in deeds
        if lies.was_recorded(deed["community"], deed["grid"], last)
    }
    return reached, lies.valid(first, last)


def _deeds_in(
    views: Reads, kinds: tuple[str, ...], scope: str, period: str
) -> Iterator[Json]:
    """Those of the places of a scope in a period that have not been taken back."""
    since = f"{period}:{scope}"
    for kind in kinds:
        there = Find(
            kind,
            {},
            "id",
            since=since,
            until=f"{since};",
            limit=MOST_GRIDS,
        )
        yield from (deed for deed in views.find(there) if deed["deeds"] > 0)
