"""A page for each command of the route tables that a page can ask for, with the thing it is done to above the form.

It is made of the command's line in the tables: its words, its schema's fields, the question that shows the thing. What
one line cannot ask for, as a list of people, needs a page of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

from gateway.api import TABLES
from gateway.api.routes import Route, Table
from gateway.web.drawing import drawn, field_at, is_askable
from gateway.web.facts import facts, heading
from gateway.web.forms import typed
from gateway.web.page import Form, Visit
from gateway.web.picking import picker_of, picks_of
from gateway.web.words import local
from schemas import fields
from schemas.documents import Json
from schemas.fields import Schema
from services.kit.errors import Refused

DESK, ONE_PERSON = "/desk", "/desk/people/{id}"
ROUTES = {route.name: route for table in TABLES for route in table.routes}


def fields_of(route: Route) -> list[str]:
    """What its page asks for, what it must be told first; what is in the address is known."""
    schema, known = route.schema(), {*route.parameters, *LEFT_OUT.get(route.name, ())}
    names = [name for name in schema.fields if name not in known]
    asked = [path for name in names for path in _asked(route, schema, name)]
    return sorted(asked, key=lambda path: not field_at(schema, path).required)


def _asked(route: Route, schema: Schema, name: str) -> list[str]:
    """The field, or what a part is made of that must be said; nothing where that cannot be asked."""
    field = schema.fields[name]
    if is_askable(field) or picker_of(route, name) is not None:
        return [name]
    inside = field.schema.fields if isinstance(field, fields.Part) else {}
    if not field.required or not all(map(is_askable, inside.values())):
        return []
    return [f"{name}/{part}" for part in inside]


def has_a_page(route: Route) -> bool:
    """A command on something there is, that asks for nothing a page cannot ask."""
    needed = _required(route)
    asked = {path.partition("/")[0] for path in fields_of(route)}
    known = {*asked, *route.parameters}
    return (
        route.method == "POST" and bool(route.parameters) and known.issuperset(needed)
    )


def _required(route: Route) -> list[str]:
    return [name for name, field in route.schema().fields.items() if field.required]


def is_one_tap(route: Route) -> bool:
    schema = route.schema()
    return not any(field_at(schema, path).required for path in fields_of(route))


def pages() -> Iterator[Form]:
    for table in TABLES:
        for route in table.routes:
            if has_a_page(route) and route.name not in OF_THEIR_OWN:
                yield page_of(table, route)


def page_of(table: Table, route: Route) -> Form:
    service, shown = table.service, shown_by(table, route)

    names = fields_of(route)

    def more(visit: Visit) -> Json:
        asked = drawn(route.schema(), *names, picks=picks_of(route, names, visit))
        page: Json = {"summary": route.summary, "fields": asked}
        if shown is not None:
            page |= _thing(visit, service, shown, route)
        return page

    path, then = DESK + route.path, LEADS_TO.get(route.name, DESK)
    return Form(
        path, "command.html", service, route.name, route.schema, then, more=more
    )


def shown_by(table: Table, route: Route) -> Route | None:
    """The question about the thing a command is done to: its address is the longest that the command's begins with."""
    about = [
        one
        for one in table.routes
        if one.method == "GET"
        and not one.listed
        and one.parameters
        and f"{route.path}/".startswith(f"{one.path}/")
    ]
    return max(about, key=lambda one: len(one.path), default=None)


def _thing(visit: Visit, service: str, shown: Route, command: Route) -> Json:
    about = {name: visit.path[name] for name in shown.parameters}
    document = visit.ask(service, shown.name, shown.schema, **about)
    known = FILLED_IN.get(command.name, nothing_yet)(document)
    return {
        "heading": heading(document),
        "state_text": document.get("state_text", ""),
        "facts": list(facts(shown.shows(), document, visit.places.name_of)),
        "known": filled_in(known, command.schema()),
    }


# Whose page at that address asks for more than one line can.
OF_THEIR_OWN = ("correct_visit",)
# Where it leads, when not to the desk.
LEADS_TO = {
    "give_desk_code": "/desk/desk-codes/{id}",
    "invite": "/desk/invitations/{id}",
    **dict.fromkeys(
        ("begin_link", "give_consent", "grant_role", "open_account"),
        "/desk/people/{person}",
    ),
    **dict.fromkeys(("change_person", "move_person", "reveal_person"), ONE_PERSON),
}
# What belongs to something that no page can ask for.
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "claim_need": ("starts_at",),
    "publish_offering": ("retired_on",),  # For what is brought in from before.
}


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


# What a form has in it when it is opened, from what the thing says.
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
