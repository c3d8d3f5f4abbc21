"""Roles that are facts of another service: followed from there, not granted a second time."""

from schemas.documents import Json, pick
from services.district.calendar import day_of
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.views import Find, Reads
from services.people.model.lifecycles import GRANT
from services.people.rules.roles import OPEN

SECRETARY, MEMBER = "branch_secretary", "grid_member"


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


def follow_member(docs: Reads, event: Event, asked: Asked) -> Fact:
    """Their grids are the roster's to say, day by day; the role is for the community of the grid."""
    content = {
        "role": MEMBER,
        "scope": event.data["community"],
        "entry": event.data["member"],
        "person": event.data["person"],
        "since": day_of(event.time),
        "by": asked.actor.id,
    }
    return GRANT.fact("roster_followed.v1", asked.new_id, content)


def end_member(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """None where the role went before its entry did."""
    entry: dict[str, str | int] = {"entry": event.data["member"], "state": "held"}
    held = docs.find(Find("grants", entry, "id", limit=1))
    return GRANT.fact("roster_left.v1", held[0]["id"]) if held else None


def _secretary_of(event: Event) -> Json:
    return {"role": SECRETARY, "scope": f"branch/{event.data['branch']}"}


def _is_held(docs: Reads, office: Json) -> bool:
    """Now, or by somebody who is to begin."""
    finds = (Find("grants", office | {"state": state}, "id", limit=1) for state in OPEN)
    return any(docs.find(find) for find in finds)
