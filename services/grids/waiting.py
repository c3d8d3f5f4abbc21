"""What of the doorstep waits for somebody: a finding that came back, and a quarrel that is not settled."""

from schemas.documents import Json
from schemas.grids.mediations import QUARRELS
from services.district.waiting import Task, in_places
from services.grids.rules.mediations import concerns
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads


def _returned(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, "community_worker")
    wheres = (place | {"state": "returned"} for place in places)
    return [Find("findings", where, "recorded_at") for where in wheres]


def _finding(views: Reads, finding: Json, asked: Asked) -> Json:
    return _at(finding, "finding") | {"title": finding["kind_text"]}


def _opened(asked: Asked) -> list[Find]:
    wheres = ({"by": id, "state": "open"} for id in asked.ids)
    return [Find("mediations", where, "opened_at") for where in wheres]


def _mediation(views: Reads, mediation: Json, asked: Asked) -> Json:
    """Who and what it is about is read on purpose."""
    return _at(mediation, "mediation") | {"title": QUARRELS[mediation["kind"]]}


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
)
