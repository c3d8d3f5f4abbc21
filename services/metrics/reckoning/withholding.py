"""What of the figures a reader is not shown: those of few people, and what would tell them. `docs/withholding.md`.

Whoever shows figures of cells asks `Withholding(views, asked)`, one for each question: its `told` takes a cell with
its figures and gives `{"figures": …, "withheld": […]}`, with null for what is withheld.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from datetime import timedelta
from functools import partial
from itertools import product

from schemas.documents import Json
from services.district import territory
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.metrics.folds.cells import ACTIVITIES, COUNTED, EXCESS, Cell
from services.metrics.folds.signers import independent
from services.metrics.model.periods import is_quarter, within
from services.metrics.model.withholding.arrangement import (
    Arrangement,
    Column,
    arranged,
)
from services.metrics.model.withholding.families import (
    FAMILIES,
    HELD,
    IN_CARE,
    NEEDED,
    PRESENT,
    Family,
    needed_for,
)
from services.metrics.reckoning.cared import cared_for
from services.metrics.reckoning.looks import STANDS, District, alone_at
from services.metrics.reckoning.places import OF_GRIDS

A_YEAR, A_DAY = len("2026"), len("2026-06-13")
OF_COVERAGE = frozenset({"covered", "coverage"})
NOTHING: frozenset[str] = frozenset()


class Withholding:
    """What one question may be told. `stands`: how old a look at a district it makes do with."""

    def __init__(self, views: Reads, asked: Asked, stands: timedelta = STANDS):
        self._views = views
        self._asked = asked
        self._stands = stands
        self._districts: dict[str, District] = {}
        self._cared_for: dict[tuple[str, str], Column] = {}

    def told(
        self,
        figures: Json,
        scope: str,
        period: str,
        dimension: str = "all",
        value: str = "",
    ) -> Json:
        """`{"figures", "withheld"}` of a cell: null for each figure that is withheld, and their identifiers."""
        return told(figures, self.of(figures, scope, period, dimension, value))

    def of(
        self,
        figures: Json,
        scope: str,
        period: str,
        dimension: str = "all",
        value: str = "",
    ) -> frozenset[str]:
        """The identifiers of a cell's figures that are withheld; `figures` has all that were counted in it."""
        if self.sees_all(scope):
            return NOTHING
        hidden = [IN_CARE.figures] if self._hides_care(scope, period) else []
        if _has_sessions(figures):
            hidden += self._of_people(figures, Cell(scope, period, dimension, value))
        return NOTHING.union(*hidden)

    def _of_people(self, figures: Json, cell: Cell) -> Iterator[frozenset[str]]:
        """What is withheld of a cell in which somebody may have been counted at a session."""
        seen = self._seen(figures, cell)
        for family in FAMILIES:
            if not seen.issuperset(NEEDED[family]):
                yield family.figures
        for places, sees in self._of_places(cell.scope, cell.period):
            if not sees():
                yield places

    def withholds(self, figure: str, figures: Json, scope: str, period: str) -> bool:
        """Whether one figure is withheld; only what that needs is read."""
        if self.sees_all(scope):
            return False
        if figure in IN_CARE.figures:
            return self._hides_care(scope, period)
        if not _has_sessions(figures):
            return False
        for places, sees in self._of_places(scope, period):
            if figure in places:
                return not sees()
        cell = Cell(scope, period)
        alone = self._independent(figures, cell)
        needed = needed_for(figure)
        return not all(self._sees(family, alone, cell) for family in needed)

    def _seen(self, figures: Json, cell: Cell) -> set[Family]:
        """The families of which the cell may be told for their own sake."""
        alone = self._independent(figures, cell)
        return {family for family in FAMILIES if self._sees(family, alone, cell)}

    def _independent(self, figures: Json, cell: Cell) -> Json:
        """A cell's figures with those counted once for whom one signer answers."""
        return independent(figures, self._views.get(EXCESS, cell.id) or {})

    def _sees(self, family: Family, alone: Json, cell: Cell) -> bool:
        if family.of(alone).is_few:
            return False
        district = self._district(cell.scope)
        under_way = family is HELD and alone["person_times"] > alone["attended"]
        if under_way and district.has_few_under_way(*cell):
            return False
        return _shows(district, family, cell)

    def _sees_coverage(self, scope: str, period: str) -> bool:
        if len(period) != A_DAY:
            return True
        return self._district(scope).shown(PRESENT, period[:7]).whole

    def _sees_grids(self, scope: str, period: str) -> bool:
        """Which grids somebody came from is nearly which sessions: not told where these cannot make up for few."""
        if not self._sees_coverage(scope, period):
            return False
        district = self._district(scope)
        months = sorted(_months_of(period))
        return not any(district.shown(PRESENT, month).lone for month in months)

    def _of_places(
        self, scope: str, period: str
    ) -> tuple[tuple[frozenset[str], Callable[[], bool]], ...]:
        """The figures of places that may tell of people, each with whether they are seen."""
        return (
            (OF_COVERAGE, partial(self._sees_coverage, scope, period)),
            (OF_GRIDS, partial(self._sees_grids, scope, period)),
        )

    def _hides_care(self, scope: str, period: str) -> bool:
        """Who is looked in on is told of no day; of months as people at sessions are, by how many they were."""
        district = territory.district_of(scope)
        months = sorted(_months_of(period))
        columns = [self._care_of(district, month) for month in months]
        if len(period) == A_DAY:
            return any(columns)
        cell = Cell(scope, period)
        return any(_hides(arranged(column), cell) for column in columns)

    def _care_of(self, district: str, month: str) -> Column:
        of_month = district, month
        if of_month not in self._cared_for:
            self._cared_for[of_month] = cared_for(self._views, *of_month)
        return self._cared_for[of_month]

    def sees_all(self, scope: str) -> bool:
        """True for who works in the community, or in all communities of the scope."""
        return self._asked.actor.covers("community_worker", scope)

    def shows_sessions(self, scope: str, figure: str, period: str) -> bool:
        """True when a figure of single sessions may be told in the period."""
        if self.sees_all(scope):
            return True
        code = territory.district_of(scope)
        months = {(code, month) for month in _months_of(period)}
        return self._is_whole(needed_for(figure), months)

    def is_of_few(self, figure: str, session: Json) -> bool:
        """True when the figure would tell of few independent people at the session."""
        alone = alone_at(session)
        return any(family.of(alone).is_few for family in needed_for(figure))

    def shows_each(self, figure: str, sessions: list[Json]) -> bool:
        """True when everybody may be told the figure of each of them."""
        return self._is_whole(needed_for(figure), set(map(_month_of, sessions)))

    def _is_whole(
        self, families: Iterable[Family], months: set[tuple[str, str]]
    ) -> bool:
        """True when nothing of the families is withheld of these months of districts."""
        for family, (code, month) in product(families, sorted(months)):
            if not self._district(code).shown(family, month).whole:
                return False
        return True

    def _district(self, scope: str) -> District:
        code = territory.district_of(scope)
        if code not in self._districts:
            self._districts[code] = District(
                self._views, code, self._asked.now, self._stands
            )
        return self._districts[code]


def told(figures: Json, withheld: Set[str]) -> Json:
    """`{"figures", "withheld"}`: null for each figure that is withheld, and their identifiers."""
    hidden = [figure for figure in figures if figure in withheld]
    return {"figures": figures | dict.fromkeys(hidden), "withheld": hidden}


def _has_sessions(figures: Json) -> bool:
    """True when there was a session of which somebody may have been counted."""
    return any(figures.get(name) for name in COUNTED[ACTIVITIES])


def _month_of(session: Json) -> tuple[str, str]:
    return territory.district_of(session["community"]), session["day"][:7]


def _shows(district: District, family: Family, cell: Cell) -> bool:
    """True unless how its months are withheld withholds the cell."""
    scope, period, dimension, value = cell
    months = sorted(_months_of(period))
    if any(_hides(district.arrangement(family, month), cell) for month in months):
        return False
    if dimension == "all" and len(period) != A_DAY:
        return True
    if dimension == "all":
        return period not in district.shown(family, period[:7]).days[len(scope)]
    shown = (district.shown(family, month) for month in months)
    if dimension == "category" and len(period) != A_DAY:
        return all(value not in month.categories[len(scope)] for month in shown)
    return all(month.whole for month in shown)


def _hides(arrangement: Arrangement, cell: Cell) -> bool:
    if _is_longer(cell.period):
        return cell.scope in arrangement.bound
    return arrangement.withholds(cell.scope)


def _months_of(period: str) -> frozenset[str]:
    """The months a period is made of, or lies in."""
    return frozenset(within(period) if _is_longer(period) else {period[:7]})


def _is_longer(period: str) -> bool:
    """True of quarters and years."""
    return len(period) == A_YEAR or is_quarter(period)
