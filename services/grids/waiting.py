"""What of the doorstep waits for somebody: a finding that came back, a quarrel not settled, doors of no grid."""

from collections.abc import Iterator

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.grids.mediations import QUARRELS
from services.district import grid_names
from services.district.waiting import Task, Where, found_in, in_places
from services.grids.rules.mediations import concerns
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads


def _returned(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, "community_worker")
    return found_in(places, "findings", "recorded_at", state="returned")


def _finding(views: Reads, finding: Json, asked: Asked) -> Json:
    return _at(finding, "finding") | {"title": finding["kind_text"]}


def _opened(asked: Asked) -> list[Find]:
    mine: Iterator[Where] = ({"by": id} for id in asked.ids)
    return found_in(mine, "mediations", "opened_at", state="open")


def _mediation(views: Reads, mediation: Json, asked: Asked) -> Json:
    """Who and what it is about is read on purpose."""
    return _at(mediation, "mediation") | {"title": QUARRELS[mediation["kind"]]}


def _ended(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, "community_worker")
    return found_in(places, "grid_ends", "ends_at", until=instant(asked.now))


def _has_doors(views: Reads, ended: Json, asked: Asked) -> bool:
    return bool(_first_door(views, ended))


def _first_door(views: Reads, ended: Json) -> list[Json]:
    standing = pick(ended, "community", "grid") | {"state": "open"}
    return views.find(Find("doors", standing, "walk", limit=1))


def _redraw(views: Reads, ended: Json, asked: Asked) -> Json:
    """One door after another."""
    (door,) = _first_door(views, ended)
    names = pick(ended, "community", "grid") | {"door": door["id"]}
    title = grid_names.called(views, ended["grid"])
    return {"place": ended["community"], "names": names, "title": title}


def _at(doc: Json, kind: str) -> Json:
    return {"place": doc["community"], "names": {kind: doc["id"]}}


TASKS = (
    Task(
        "finding_to_route",
        _returned,
        _finding,
        "get_finding",
        ("route_finding",),
    ),
    Task(
        "mediation_to_end",
        _opened,
        _mediation,
        "get_mediation",
        ("end_mediation",),
        waits=concerns,
    ),
    Task(
        "grid_to_redraw",
        _ended,
        _redraw,
        "list_doors",
        ("move_door", "close_door"),
        waits=_has_doors,
    ),
)
