"""What of units waits for somebody: registrations and appeals, for the street."""

from schemas.documents import Json, if_any
from services.district import own
from services.district.appeals import is_another
from services.district.authority import STREET
from services.district.waiting import Task, found_in, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads


def _registered(asked: Asked) -> list[Find]:
    return _in_state("registered", asked)


def _appealed(asked: Asked) -> list[Find]:
    return _in_state("appealed", asked)


def _in_state(state: str, asked: Asked) -> list[Find]:
    """Those in the state where the actor decides."""
    places = in_places(asked.actor, *STREET)
    return found_in(places, "units", "waits_since", state=state)


def _unit(views: Reads, unit: Json, asked: Asked) -> Json:
    return {
        "title": unit["name"],
        "place": unit["community"],
        "names": {"unit": unit["id"]},
    }


def _appeal(views: Reads, unit: Json, asked: Asked) -> Json:
    words = asked.note(unit["appeal_note"])
    return _unit(views, unit, asked) | if_any(words=words)


def _is_anothers(views: Reads, unit: Json, asked: Asked) -> bool:
    return not own.keeps(f"unit/{unit['id']}", asked)


def _is_anothers_decision(views: Reads, unit: Json, asked: Asked) -> bool:
    return _is_anothers(views, unit, asked) and is_another(unit, asked)


TASKS = (
    Task(
        "unit_to_approve",
        _registered,
        _unit,
        "get_unit",
        ("approve_unit", "reject_unit"),
        waits=_is_anothers,
    ),
    Task(
        "unit_appeal",
        _appealed,
        _appeal,
        "get_unit",
        ("decide_unit_appeal",),
        waits=_is_anothers_decision,
    ),
)
