"""What of the figures a reader is not shown: those of few people, and what would tell them. `docs/withholding.md`.

Whoever shows figures of cells asks `Withholding(views, asked)`, one for each question: its `told` takes a cell with
its figures and gives `{"figures": …, "withheld": […]}`, with null for what is withheld.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from schemas.documents import Json
from services.district import territory
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.metrics.folds.cells import ACTIVITIES, COUNTED, EXCESS, cell_id
from services.metrics.folds.signers import independent
from services.metrics.model.periods import within
from services.metrics.model.withholding.families import (
    FAMILIES,
    HELD,
    NEEDED,
    PRESENT,
    Family,
    needed_for,
)
from services.metrics.reckoning.looks import STANDS, District, alone_at
from services.metrics.reckoning.places import OF_GRIDS

A_YEAR, A_DAY = len("2026"), len("2026-06-13")
OF_COVERAGE = frozenset({"covered", "coverage"})
NOTHING: frozenset[str] = frozenset()


class Withholding:
    """What one question may be told. `stands`: how old a look at a district it makes do with."""

    def __init__(self, views: Reads, asked: Asked, stands: timedelta = STANDS):
        self._views, self._asked, self._stands = views, asked, stands
        self._districts: dict[str, District] = {}

    def told(
        self,
        figures: Json,
        scope: str,
        period: str,
        dimension: str = "all",
        value: str = "",
    ) -> Json:
        """`{"figures", "withheld"}` of a cell: null for each figure that is withheld, and their identifiers."""
        withheld = self.of(figures, scope, period, dimension, value)
        shown = {
            name: None if name in withheld else figure
            for name, figure in figures.items()
        }
        return {
            "figures": shown,
            "withheld": [name for name in figures if name in withheld],
        }

    def of(
        self,
        figures: Json,
        scope: str,
        period: str,
        dimension: str = "all",
        value: str = "",
    ) -> frozenset[str]:
        """The identifiers of a cell's figures that are withheld; `figures` has all that were counted in it."""
        if self.sees_all(scope) or not _has_sessions(figures):
            return NOTHING
        alone = self._independent(figures, scope, period, dimension, value)
        seen = {
            family
            for family in FAMILIES
            if self._sees(family, alone, scope, period, dimension, value)
        }
        hidden = (
            family.figures for family in FAMILIES if not seen.issuperset(NEEDED[family])
        )
        of_places = (
            places for places, sees in self._of_places(scope, period) if not sees()
        )
        return NOTHING.union(*hidden, *of_places)

    def withholds(self, figure: str, figures: Json, scope: str, period: str) -> bool:
        """Whether one figure is withheld; only what that needs is read."""
        if self.sees_all(scope) or not _has_sessions(figures):
            return False
        for places, sees in self._of_places(scope, period):
            if figure in places:
                return not sees()
        alone = self._independent(figures, scope, period, "all", "")
        return not all(
            self._sees(family, alone, scope, period, "all", "")
            for family in needed_for(figure)
        )

    def _independent(
        self, figures: Json, scope: str, period: str, dimension: str, value: str
    ) -> Json:
        """A cell's figures with those counted once for whom one signer answers."""
        excess = self._views.get(EXCESS, cell_id(scope, period, dimension, value)) or {}
        return independent(figures, excess)

    def _sees(
        self,
        family: Family,
        figures: Json,
        scope: str,
        period: str,
        dimension: str,
        value: str,
    ) -> bool:
        if family.of(figures).is_few:
            return False
        district = self._district(scope)
        under_way = family is HELD and figures["person_times"] > figures["attended"]
        if under_way and district.has_few_under_way(scope, period, dimension, value):
            return False
        return _shows(district, family, scope, period, dimension, value)

    def _sees_coverage(self, scope: str, period: str) -> bool:
        return (
            len(period) != A_DAY
            or self._district(scope).shown(PRESENT, period[:7]).whole
        )

    def _sees_grids(self, scope: str, period: str) -> bool:
        """Which grids somebody came from is nearly which sessions: not told where these cannot make up for few."""
        if not self._sees_coverage(scope, period):
            return False
        shown = (
            self._district(scope).shown(PRESENT, month)
            for month in sorted(_months_of(period))
        )
        return all(not month.lone for month in shown)

    def _of_places(
        self, scope: str, period: str
    ) -> tuple[tuple[frozenset[str], Callable[[], bool]], ...]:
        return (
            (OF_COVERAGE, partial(self._sees_coverage, scope, period)),
            (OF_GRIDS, partial(self._sees_grids, scope, period)),
        )

    def sees_all(self, scope: str) -> bool:
        """True for who works in the community, or in all communities of the scope."""
        return self._asked.actor.covers("community_worker", scope)

    def shows_sessions(self, question: Json, period: str) -> bool:
        """True when a figure of single sessions may be told in the period."""
        scope, needed = question["scope"], needed_for(question["figure"])
        return self.sees_all(scope) or all(
            self._district(scope).shown(family, month).whole
            for family in needed
            for month in _months_of(period)
        )

    def is_of_few(self, figure: str, session: Json) -> bool:
        """True when the figure would tell of few independent people at the session."""
        alone = alone_at(session)
        return any(family.of(alone).is_few for family in needed_for(figure))

    def shows_each(self, figure: str, sessions: list[Json]) -> bool:
        """True when everybody may be told the figure of each of them."""
        months = sorted(
            {
                (territory.district_of(one["community"]), one["day"][:7])
                for one in sessions
            }
        )
        return all(
            self._district(code).shown(family, month).whole
            for family in needed_for(figure)
            for code, month in months
        )

    def _district(self, scope: str) -> District:
        code = territory.district_of(scope)
        return self._districts.setdefault(
            code, District(self._views, code, self._asked.now, self._stands)
        )


def _has_sessions(figures: Json) -> bool:
    """True when there was a session of which somebody may have been counted."""
    return any(figures.get(name) for name in COUNTED[ACTIVITIES])


def _shows(
    district: District,
    family: Family,
    scope: str,
    period: str,
    dimension: str,
    value: str,
) -> bool:
    months = _months_of(period)
    arranged = [district.arrangement(family, month) for month in sorted(months)]
    if any(
        scope in one.bound if _is_longer(period) else one.withholds(scope)
        for one in arranged
    ):
        return False
    if dimension == "all":
        return (
            len(period) != A_DAY
            or period not in district.shown(family, period[:7]).days[len(scope)]
        )
    shown = (district.shown(family, month) for month in sorted(months))
    if dimension == "category" and len(period) != A_DAY:
        return all(value not in month.categories[len(scope)] for month in shown)
    return all(month.whole for month in shown)


def _months_of(period: str) -> frozenset[str]:
    """The months a period is made of, or lies in."""
    return frozenset(within(period) if _is_longer(period) else {period[:7]})


def _is_longer(period: str) -> bool:
    """True of quarters and years."""
    return len(period) == A_YEAR or "Q" in period
