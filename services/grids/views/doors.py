"""Doors, to who goes there: in the order of the walk, each with what to ask and what to tell."""

from collections.abc import Iterator

from schemas.documents import Json, if_any, pick, pick_present
from schemas.grids.doors import MOST_OPEN_FINDINGS, MOST_SHOWN
from services.district import grid_names, territory
from services.grids.model.ids import asked_in, grid_of
from services.grids.rules.rights import DOORS, NOT_YOURS, walks
from services.grids.views.kept import words_of
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.lists.paging import page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads

OF_A_FINDING = ("kind", "kind_text", "state", "state_text", "recorded_at")
NOTHING_ASKED: Json = {"answers": []}


def list_doors(views: Reads, question: Json, asked: Asked) -> Json:
    return shown(views, _walk(views, question, asked), asked, _door)


def list_day(views: Reads, question: Json, asked: Asked) -> Json:
    return shown(views, _walk(views, question, asked), asked, _today)


def _walk(views: Reads, question: Json, asked: Asked) -> Json:
    if not walks(views, question, asked):
        raise Forbidden(f"这个微网格{NOT_YOURS}", code="not_your_grid", path="grid")
    here = pick(question, "community", "grid") | {"state": "open"}
    return page(views, question, Find("doors", here, "walk"))


def get_door(views: Reads, question: Json, asked: Asked) -> Json:
    door = DOORS.found(views, question["door"], asked, sees=walks)
    return _today(views, door, asked)


def _today(views: Reads, door: Json, asked: Asked) -> Json:
    """The door, with what is asked there, who is looked in on and what was found."""
    cares = _cares(views, door)
    about: Json = {"rounds": list(_rounds(views, door))}
    about["cares"] = [care["id"] for care in cares]
    about["calls"] = [_call(care) for care in cares]
    about["findings"] = list(_findings(views, door, asked))
    return _door(views, door, asked) | about


def _door(views: Reads, door: Json, asked: Asked) -> Json:
    return door | if_any(label=asked.note(door["note"]))


def at_its_door(views: Reads, of: Json, asked: Asked) -> Json:
    """A visit, finding or care, with what its grid and its door are called, and where that stands on the walk."""
    door = views.the("doors", of["door"])
    which = pick(door, "walk") | if_any(label=asked.note(door["note"]))
    return grid_names.named(views, of) | which


def _rounds(views: Reads, door: Json) -> Iterator[Json]:
    """Those under way at the door, each with what was answered last; not one that asks once, and has met somebody."""
    places = {"door": door["id"], "grid": grid_of(door)}
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
    here = {"door": door["id"], "state": "active"}
    return views.find(Find("cares", here, "id", limit=MOST_SHOWN))


def _call(care: Json) -> Json:
    return {"care": care["id"]} | pick(care, "next_at", "missed")


def _findings(views: Reads, door: Json, asked: Asked) -> Iterator[Json]:
    """The latest that are of use there: not done, not told there, or a quarrel in which nobody mediates."""
    here = {"door": door["id"], "is_of_use": 1}
    most = MOST_OPEN_FINDINGS
    find = Find("findings", here, "recorded_at", limit=most, newest_first=True)
    for finding in views.find(find):
        about = pick(finding, *OF_A_FINDING) | pick_present(finding, "mediation")
        yield (
            {"finding": finding["id"]} | about | if_any(words=words_of(finding, asked))
        )
