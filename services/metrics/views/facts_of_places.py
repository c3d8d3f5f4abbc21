"""The units, communities and grids behind a figure of places: as many as the scope has, so read whole.

Who is looked in on at home is told by the communities they live in, a period at a time, and no further.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from operator import itemgetter

from schemas.documents import Json, pick
from schemas.metrics.definitions import BY_IDENTIFIER
from services.kit.views import Reads
from services.metrics.folds.cells import cell_id
from services.metrics.model.withholding.families import IN_CARE
from services.metrics.reckoning import doors, places, values
from services.metrics.reckoning.divisions import communities
from services.metrics.reckoning.withholding import Withholding

OF_WHAT_THERE_IS = places.FIGURES | doors.FIGURES | IN_CARE.figures


def of_places(views: Reads, question: Json, withholding: Withholding) -> Json:
    """A page of the units, communities or grids behind the figure."""
    scope = question["scope"]
    period = question["period"]
    figure = question["figure"]
    if figure == "active_units":
        units = places.active_units(views, scope, [period])[period]
        return _page(question, [_place("unit", unit) for unit in units])
    if figure in ("doors", "asks_per_door"):
        return _page(question, _doors(views, question))
    if figure == "grids_active":
        return _page(question, _active_grids(views, scope, period))
    if figure in IN_CARE.figures:
        return _page(question, _cares(views, question, withholding))
    if figure in places.OF_GRIDS:
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


def _doors(views: Reads, question: Json) -> Iterator[Json]:
    """How many stand in each community, and what was asked there of all of them together."""
    period = question["period"]
    for id in (place["id"] for place in communities(views, question["scope"])):
        standing = doors.standing(views, id, [period])[period]
        parts = {"contribution": standing}
        if question["figure"] == "asks_per_door":
            asks = values.of_cell(views, cell_id(id, period))["asks"]
            parts = {"contribution": asks, "whole": standing}
        if any(parts.values()):
            yield _place("community", id) | {"community": id} | parts


def _active_grids(views: Reads, scope: str, period: str) -> Iterator[Json]:
    """One that moved meanwhile is counted in each of its communities."""
    walked = doors.active_grids(views, scope, period)
    grids = Counter(id.partition(":")[2] for id in walked)
    for grid, how_often in grids.items():
        yield _place("grid", grid) | {"contribution": how_often}


def _cares(views: Reads, question: Json, withholding: Withholding) -> Iterator[Json]:
    """Where it is not told, each community is listed: that it is there must not tell anything."""
    figure = question["figure"]
    period = question["period"]
    definition = BY_IDENTIFIER[figure]
    for id in (place["id"] for place in communities(views, question["scope"])):
        figures = values.of_cell(views, cell_id(id, period))
        parts = {"contribution": figures[definition.part or figure]}
        if definition.whole:
            parts["whole"] = figures[definition.whole]
        if withholding.withholds(figure, figures, id, period):
            parts = dict.fromkeys(parts)
        if any(part != 0 for part in parts.values()):
            yield _place("community", id) | {"community": id} | parts


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
    following.sort(key=itemgetter("fact"))
    shown = following[: question["limit"]]
    is_last = len(following) == len(shown)
    return {"items": shown, "next": None if is_last else [0, shown[-1]["fact"]]}
