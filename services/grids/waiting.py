"""What of the doorstep waits for somebody: a finding that came back, and a quarrel that is not settled."""

from collections.abc import Iterator

from schemas.documents import Json
from schemas.grids.mediations import QUARRELS
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
