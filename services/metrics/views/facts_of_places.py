"""The units, communities and grids behind a figure of places: as many as the scope has, so read whole."""

from collections.abc import Iterable, Iterator

from schemas.documents import Json, pick
from services.kit.views import Reads
from services.metrics.folds.cells import cell_id
from services.metrics.reckoning import places, values
from services.metrics.reckoning.withholding import Withholding


def of_places(views: Reads, question: Json, withholding: Withholding) -> Json:
    """A page of the units, communities or grids behind the figure."""
    scope = question["scope"]
    period = question["period"]
    if question["figure"] == "active_units":
        units = places.active_units(views, scope, [period])[period]
        return _page(question, [_place("unit", unit) for unit in units])
    if question["figure"] in places.OF_GRIDS:
        return _page(question, _grids(views, question, withholding))
    return _page(question, _communities(views, question, withholding))


def _communities(
    views: Reads, question: Json, withholding: Withholding
) -> Iterator[Json]:
    scope, period, figure = pick(question, "scope", "period", "figure").values()
    covered = places.covered(views, scope, period)
    among = places.communities(views, scope, covered, [period])
    told = figure == "communities" or _is_told(views, question, withholding)
    rate = {"whole": 1} if figure == "coverage" else {}
    for community in covered if figure == "covered" and told else among:
        place = _place("community", community) | {"community": community} | rate
        if not told:
            place["contribution"] = None
        elif figure == "coverage":
            place["contribution"] = int(community in covered)
        yield place


def _grids(views: Reads, question: Json, withholding: Withholding) -> Iterator[Json]:
    scope, period, figure = pick(question, "scope", "period", "figure").values()
    covered, valid = places.grids(views, scope, period)
    told = _is_told(views, question, withholding)
    among = valid | covered if told else valid
    rate = {"whole": 1} if figure == "grid_coverage" else {}
    for grid in covered if figure == "grids_covered" and told else among:
        place = _place("grid", grid) | rate
        if not told:
            place["contribution"] = None
        elif figure == "grid_coverage":
            place["contribution"] = int(grid in covered)
        yield place


def _is_told(views: Reads, question: Json, withholding: Withholding) -> bool:
    scope, period, figure = pick(question, "scope", "period", "figure").values()
    cell = values.of_cell(views, cell_id(scope, period))
    return not withholding.withholds(figure, cell, scope, period)


def _place(kind: str, id: str) -> Json:
    return {
        "fact": f"{kind}/{id}",
        "kind": kind,
        "contribution": 1,
    }


def _page(question: Json, items: Iterable[Json]) -> Json:
    """The page of a list that is short as a whole, in the order of its facts."""
    after = question["after"][1] if question["after"] else ""
    following = [item for item in items if item["fact"] > after]
    following.sort(key=lambda item: str(item["fact"]))
    shown = following[: question["limit"]]
    is_last = len(following) == len(shown)
    return {"items": shown, "next": None if is_last else [0, shown[-1]["fact"]]}
