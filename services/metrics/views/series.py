"""One figure over time, day by day or month by month."""

from collections.abc import Iterator

from schemas.documents import Json, pick
from schemas.metrics.definitions import (
    BY_IDENTIFIER,
)
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.metrics.folds.cells import cell_id
from services.metrics.model.periods import every
from services.metrics.reckoning import doors, places, values
from services.metrics.reckoning.questions import as_of, division, must_cover
from services.metrics.reckoning.withholding import Withholding


def series(views: Reads, question: Json, asked: Asked) -> Json:
    """The figure with `points`: `{"period", "value", "withheld"}` of each day or month asked for, in order."""
    must_cover(asked, question["scope"])
    position = as_of(views)
    place = division(views, question["scope"])
    periods = every(question["step"], question["since"], question["until"])
    points = _points(views, question, periods, Withholding(views, asked))
    return pick(question, "scope", "figure", "step") | {
        "name": place["name"],
        "definition": BY_IDENTIFIER[question["figure"]].shown(),
        "points": list(points),
        "as_of": position,
    }


def _points(
    views: Reads, question: Json, periods: list[str], withholding: Withholding
) -> Iterator[Json]:
    """One figure of each period; only what it needs is read."""
    scope = question["scope"]
    figure = question["figure"]
    if figure == "active_units":
        for period, units in places.active_units(views, scope, periods).items():
            yield _point(period, len(units), withheld=False)
        return
    for period in periods:
        cell = values.of_cell(views, cell_id(scope, period))
        withheld = withholding.withholds(figure, cell, scope, period)
        figures = cell | _of_places(views, figure, scope, period)
        if figure in doors.FIGURES:
            figures = values.with_doors(views, cell, scope, period)
        yield _point(period, figures[figure], withheld)


def _of_places(views: Reads, figure: str, scope: str, period: str) -> Json:
    if figure in places.OF_GRIDS:
        return places.grid_coverage(views, scope, period)
    if figure in places.FIGURES:
        return places.coverage(views, scope, period)
    return {}


def _point(period: str, value: float | None, withheld: bool) -> Json:
    return {
        "period": period,
        "value": None if withheld else value,
        "withheld": withheld,
    }
