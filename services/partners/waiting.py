"""What of partners waits for somebody: applications and appeals, for the street."""

from schemas.documents import Json, if_any
from services.district import own
from services.district.appeals import is_another
from services.district.authority import STREET
from services.district.waiting import Task, found_in, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads
from services.partners.rules.rights import rejection
from services.partners.rules.words import appeal_of, name_of


def _applied(asked: Asked) -> list[Find]:
    return _in_state("applied", asked)


def _appealed(asked: Asked) -> list[Find]:
    return _in_state("appealed", asked)


def _in_state(state: str, asked: Asked) -> list[Find]:
    """Those in the state where the actor decides."""
    places = in_places(asked.actor, *STREET)
    return found_in(places, "partners", "waits_since", state=state)


def _application(views: Reads, partner: Json, asked: Asked) -> Json:
    return {
        "title": name_of(partner, asked) or partner["kind"],
        "place": partner["community"],
        "names": {"partner": partner["id"]},
    }


def _appeal(views: Reads, partner: Json, asked: Asked) -> Json:
    words = appeal_of(partner, asked).get("appeal")
    return _application(views, partner, asked) | if_any(words=words)


def _is_anothers(views: Reads, partner: Json, asked: Asked) -> bool:
    return not own.keeps(f"partner/{partner['id']}", asked)


def _is_anothers_decision(views: Reads, partner: Json, asked: Asked) -> bool:
    return _is_anothers(views, partner, asked) and is_another(rejection(partner), asked)


TASKS = (
    Task(
        "partner_appeal",
        _appealed,
        _appeal,
        "get_partner",
        ("decide_partner_appeal",),
        waits=_is_anothers_decision,
    ),
    Task(
        "partner_to_approve",
        _applied,
        _application,
        "get_partner",
        ("approve", "reject"),
        waits=_is_anothers,
    ),
)
