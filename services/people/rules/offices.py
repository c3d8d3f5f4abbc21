"""Roles that are facts of another service: followed from there, not granted a second time."""

from schemas.documents import Json, pick
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.views import Find, Reads
from services.people.model.lifecycles import GRANT
from services.people.rules.roles import OPEN

SECRETARY = "branch_secretary"


def follow_secretary(docs: Reads, event: Event, asked: Asked) -> Fact:
    content = _secretary_of(event) | pick(event.data, "person", "since", "until")
    content |= {"by": asked.actor.id}
    return GRANT.fact("office_followed.v1", asked.new_id, content)


def end_secretary(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    office = _secretary_of(event)
    if not _is_held(docs, office):
        return None
    content = office | pick(event.data, "on")
    return Fact("office_ended.v1", office["scope"], content)


def _secretary_of(event: Event) -> Json:
    return {"role": SECRETARY, "scope": f"branch/{event.data['branch']}"}


def _is_held(docs: Reads, office: Json) -> bool:
    """Now, or by somebody who is to begin."""
    finds = (Find("grants", office | {"state": state}, "id", limit=1) for state in OPEN)
    return any(docs.find(find) for find in finds)
