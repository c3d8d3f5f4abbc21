"""The units, communities and grids behind a figure of places: as many as the scope has, so read whole."""

from schemas.documents import Json
from services.kit.views import Reads
from services.metrics.folds.cells import cell_id
from services.metrics.reckoning import places, values
from services.metrics.reckoning.withholding import Withholding


def of_places(views: Reads, question: Json, withholding: Withholding) -> Json:
    """Units, or communities: as many as the scope has, so read whole."""
    scope, period, figure = (question[name] for name in ("scope", "period", "figure"))
    if figure == "active_units":
        return _slice(
            question,
            [
                _place("unit", unit)
                for unit in places.active_units(views, scope, [period])[period]
            ],
        )
    if figure in places.OF_GRIDS:
        return _of_grids(views, question, withholding)
    covered = places.covered(views, scope, period)
    among = places.communities(views, scope, covered, [period])
    if figure == "communities":
        return _slice(question, [_place("community", id, community=id) for id in among])
    whole = {"whole": 1} if figure == "coverage" else {}
    if withholding.withholds(
        figure, values.of_cell(views, cell_id(scope, period)), scope, period
    ):
        return _slice(
            question,
            [
                _place("community", id, community=id, contribution=None, **whole)
                for id in among
            ],
        )
    if figure == "covered":
        return _slice(
            question, [_place("community", id, community=id) for id in covered]
        )
    return _slice(
        question,
        [
            _place(
                "community", id, community=id, contribution=int(id in covered), **whole
            )
            for id in among
        ],
    )


def _of_grids(views: Reads, question: Json, withholding: Withholding) -> Json:
    scope, period, figure = (question[name] for name in ("scope", "period", "figure"))
    covered, valid = places.grids(views, scope, period)
    told = not withholding.withholds(
        figure, values.of_cell(views, cell_id(scope, period)), scope, period
    )
    among = valid | covered if told else valid
    if told and figure != "grid_coverage":
        return _slice(
            question,
            [
                _place("grid", code)
                for code in (among if figure == "grids" else covered)
            ],
        )
    whole = {"whole": 1} if figure == "grid_coverage" else {}
    return _slice(
        question,
        [
            _place(
                "grid",
                code,
                contribution=int(code in covered) if told else None,
                **whole,
            )
            for code in among
        ],
    )


def _place(kind: str, id: str, **more: str | int | None) -> Json:
    return {"fact": f"{kind}/{id}", "kind": kind, "contribution": 1, **more}


def _slice(question: Json, items: list[Json]) -> Json:
    """The page of a list that is short as a whole."""
    after = question["after"][1] if question["after"] else ""
    following = sorted(
        (item for item in items if item["fact"] > after),
        key=lambda item: str(item["fact"]),
    )
    shown = following[: question["limit"]]
    return {
        "items": shown,
        "next": [0, shown[-1]["fact"]] if len(following) > len(shown) else None,
    }
