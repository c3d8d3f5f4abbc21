"""Doors, to who goes there: in the order of the walk, each with what to ask and what to tell."""

from collections.abc import Iterator

from schemas.documents import Json, if_any, pick
from schemas.grids.doors import MOST_SHOWN
from services.district import territory
from services.grids.model.ids import asked_in
from services.grids.rules.rights import DOORS, NOT_YOURS, walks
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.lists.paging import page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads

NOTHING_ASKED: Json = {"answers": []}


def list_doors(views: Reads, question: Json, asked: Asked) -> Json:
    if not walks(views, question, asked):
        raise Forbidden(f"这个微网格{NOT_YOURS}", code="not_your_grid", path="grid")
    here = pick(question, "grid") | {"state": "open"}
    return shown(
        views, page(views, question, Find("doors", here, "walk")), asked, _door
    )


def get_door(views: Reads, question: Json, asked: Asked) -> Json:
    door = DOORS.found(views, question["door"], asked, sees=walks)
    cares = [care["id"] for care in _cares(views, door)]
    about = {"rounds": list(_rounds(views, door)), "cares": cares}
    return _door(views, door, asked) | about


def _door(views: Reads, door: Json, asked: Asked) -> Json:
    return door | if_any(label=asked.note(door["note"]))


def _rounds(views: Reads, door: Json) -> Iterator[Json]:
    """Those under way at the door, each with what was answered last; not one that asks once, and has met somebody."""
    places = {"door": door["id"], "grid": door["grid"]}
    for division in territory.lies_in(door["community"]).values():
        where = {"division": division, "state": "open"}
        for round in views.find(Find("rounds", where, "since", limit=MOST_SHOWN)):
            id = asked_in(round["id"], places[round["per"]])
            asked_at = views.get("asked_at", id) or NOTHING_ASKED
            outcome = if_any(outcome=asked_at.get("outcome"))
            if round["once"] and outcome == {"outcome": "met"}:
                continue
            about = {"round": round["id"]} | pick(round, "title")
            yield about | outcome | pick(asked_at, "answers")


def _cares(views: Reads, door: Json) -> list[Json]:
    cares = views.find(Find("cares", {"door": door["id"]}, "id", limit=MOST_SHOWN))
    return [care for care in cares if care["state"] == "active"]
