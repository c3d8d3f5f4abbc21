"""What of partners waits for somebody: applications, for the street."""

from services.kit.authority import STREET
from services.kit.entrypoints import Asked
from services.kit.views import Doc, Find, Reads
from services.kit.waiting import Task, in_places
from services.partners.rules.words import name_of


def _applied(asked: Asked) -> list[Find]:
    places = in_places(asked.actor, *STREET)
    return [Find("partners", {"state": "applied", **place}, "waits_since") for place in places]


def _shown(views: Reads, partner: Doc, asked: Asked) -> Doc:
    title = name_of(partner, asked) or partner["kind"]
    return {"title": title, "place": partner["community"], "names": {"partner": partner["id"]}}


TASKS = (Task("partner_to_approve", _applied, _shown, "get_partner", ("approve", "reject")),)
