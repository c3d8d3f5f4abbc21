"""What of partners waits for somebody: applications, for the street."""

from schemas.documents import Json
from services.district.appeals import is_another
from services.district.authority import STREET
from services.district.waiting import Task, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads
from services.partners.rules.rights import rejection
from services.partners.rules.words import appeal_of, name_of


def _applied(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, *STREET)
    return [
        Find("partners", {"state": "applied", **place}, "waits_since")
        for place in places
    ]


def _shown(views: Reads, partner: Json, asked: Asked) -> Json:
    title = name_of(partner, asked) or partner["kind"]
    return {
        "title": title,
        "place": partner["community"],
        "names": {"partner": partner["id"]},
    }


def _appealed(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, *STREET)
    return [
        Find("partners", {"state": "appealed", **place}, "waits_since")
        for place in places
    ]


def _is_anothers_decision(views: Reads, partner: Json, asked: Asked) -> bool:
    return is_another(rejection(partner), asked)


def _appeal(views: Reads, partner: Json, asked: Asked) -> Json:
    words = appeal_of(partner, asked)
    return {
        **_shown(views, partner, asked),
        **({"words": words["appeal"]} if words else {}),
    }


TASKS = (
    Task(
        "partner_appeal",
        _appealed,
        _appeal,
        "get_partner",
        ("decide_partner_appeal",),
        waits=_is_anothers_decision,
    ),
    Task("partner_to_approve", _applied, _shown, "get_partner", ("approve", "reject")),
)
