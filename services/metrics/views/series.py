"""One figure over time, day by day or month by month."""

from collections.abc import Iterable

from schemas.documents import Json
from schemas.metrics.definitions import (
    BY_IDENTIFIER,
)
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.metrics.folds.cells import cell_id
from services.metrics.model.periods import every
from services.metrics.reckoning import places, values
from services.metrics.reckoning.questions import as_of, division, must_cover
from services.metrics.reckoning.withholding import Withholding


def series(views: Reads, question: Json, asked: Asked) -> Json:
    must_cover(asked, question["scope"])
    told = {name: question[name] for name in ("scope", "figure", "step")}
    position, place = as_of(views), division(views, question["scope"])
    periods = every(question["step"], question["since"], question["until"])
    points = list(_over_time(views, question, periods, Withholding(views, asked)))
    definition = BY_IDENTIFIER[question["figure"]].shown()
    return {
        **told,
        "name": place["name"],
        "definition": definition,
        "points": points,
        "as_of": position,
    }


def _over_time(
    views: Reads, question: Json, periods: list[str], withholding: Withholding
) -> Iterable[Json]:
    """One figure of each period; only what it needs is read."""
    scope, figure = question["scope"], question["figure"]
    if figure == "active_units":
        active = places.active_units(views, scope, periods).items()
        return [
            {"period": period, "value": len(units), "withheld": False}
            for period, units in active
        ]
    return [_point(views, figure, scope, period, withholding) for period in periods]


def _point(
    views: Reads, figure: str, scope: str, period: str, withholding: Withholding
) -> Json:
    found = values.of_cell(views, cell_id(scope, period))
    withheld = withholding.withholds(figure, found, scope, period)
    if figure in places.FIGURES:
        told = places.grid_coverage if figure in places.OF_GRIDS else places.coverage
        found = told(views, scope, period)
    return {
        "period": period,
        "value": None if withheld else found[figure],
        "withheld": withheld,
    }
