"""What a form has in it when it is opened: what the thing says already, in the words of the command's schema."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gateway.web.drawing import Drawn
from gateway.web.forms import typed
from gateway.web.named import Listed, all_of
from gateway.web.page import Visit
from gateway.web.words import local
from schemas import fields
from schemas.cobuild.meetings import ListAttendance
from schemas.documents import Json
from schemas.fields import Schema
from services.kit.errors import Refused


def nothing_yet(document: Json) -> Json:
    return {}


def all_of_it(document: Json) -> Json:
    """For what is said wholly anew."""
    return document


def all_that_is_seen(person: Json) -> Json:
    """What is left out is not kept, so nobody changes what they do not see. Raises `Refused`."""
    if not person["plain"]:
        raise Refused("masked", "资料遮住了一部分：请先“查看完整资料”，再修改")
    return person


def where_it_is(unit: Json) -> Json:
    return {"community": unit["community"]}


def urgency_as_said(need: Json) -> Json:
    return {"urgency": need["urgency"]}


def due_when_it_closes(need: Json) -> Json:
    """The day the need should be met by."""
    if "close_by" not in need:
        return {}
    return {"due": str(local(need["close_by"]).date())}


def due_as_agreed(commitment: Json) -> Json:
    return {"due": commitment["due"]}


def walk_as_it_is(door: Json) -> Json:
    return {"walk": door["walk"]}


def time_as_proposed(commitment: Json) -> Json:
    return {"starts_at": commitment.get("proposed_at")}


def title_as_it_was(activity: Json) -> Json:
    return {"title": activity["title"]}


def those_who_came(visit: Visit) -> Json:
    """Whom the list has so far: one that is left out is taken off it."""
    came = all_of(visit, ATTENDANCE, meeting=visit.path["meeting"])
    return {"units": [one["unit"] for one in came]}


ATTENDANCE = Listed("cobuild", "list_attendance", ListAttendance, "unit_name")
# From what the thing says.
FILLED_IN: dict[str, Callable[[Json], Json]] = {
    "agree_time": time_as_proposed,
    "change_person": all_that_is_seen,
    "claim_need": due_when_it_closes,
    "copy_activity": title_as_it_was,
    "dispatch_need": due_when_it_closes,
    "postpone_commitment": due_as_agreed,
    "publish_offering": where_it_is,
    "renumber_door": walk_as_it_is,
    "revise_activity": all_of_it,
    "revise_offering": all_of_it,
    "reapply": all_of_it,
    "update_profile": all_of_it,
    "update_unit": all_of_it,
    "verify_need": urgency_as_said,
}


def filled_in(known: Json, schema: Schema) -> Json:
    """What the schema knows of it, by path, moments as the browser's own field has them."""
    asked = {
        name: _as_asked(known[name], field)
        for name, field in schema.fields.items()
        if known.get(name) is not None
    }
    return typed(asked)


def _as_asked(value: Any, field: Any) -> Any:
    if isinstance(field, fields.Instant):
        return f"{local(value):%Y-%m-%dT%H:%M}"
    return value


def unchosen(asked: Drawn) -> Drawn:
    """With nothing chosen yet, where the first of all would be sent by who does not look."""
    groups = [("", [("", "请选择")]), *asked.groups] if asked.groups else []
    return replace(asked, groups=groups)
