"""A page for each command of the route tables that a page can ask for, with the thing it is done to above the form.

It is made of the command's line in the tables: its words, its schema's fields, the question that shows the thing. What
one line cannot ask for, as a list of people, needs a page of its own.
"""

from collections.abc import Callable, Iterator
from typing import Any

from gateway.api import TABLES
from gateway.api.routes import Route, Table
from gateway.web.drawing import drawn, is_askable
from gateway.web.facts import facts, heading
from gateway.web.forms import typed
from gateway.web.page import Form, Visit
from gateway.web.picking import picker_of, picks_of
from gateway.web.words import local
from schemas import fields
from schemas.documents import Json
from schemas.fields import Schema

DESK = "/desk"
ROUTES = {route.name: route for table in TABLES for route in table.routes}


def fields_of(route: Route) -> list[str]:
    """What its page asks for, what it must be told first; what is in the address is known."""
    known, of_all = route.schema().fields, LEFT_OUT.get(route.name, ())
    names = [name for name in known if name not in route.parameters]
    asked = [name for name in names if _can_be_asked(route, name, of_all)]
    return sorted(asked, key=lambda name: not known[name].required)


def _can_be_asked(route: Route, name: str, left_out: tuple[str, ...]) -> bool:
    if name in left_out:
        return False
    field = route.schema().fields[name]
    return is_askable(field) or picker_of(route, name) is not None


def has_a_page(route: Route) -> bool:
    """A command on something there is, that asks for nothing a page cannot ask."""
    needed = _required(route)
    known = {*fields_of(route), *route.parameters}
    return (
        route.method == "POST" and bool(route.parameters) and known.issuperset(needed)
    )


def _required(route: Route) -> list[str]:
    return [name for name, field in route.schema().fields.items() if field.required]


def is_one_tap(route: Route) -> bool:
    return not any(route.schema().fields[name].required for name in fields_of(route))


def pages() -> Iterator[Form]:
    for table in TABLES:
        for route in table.routes:
            if has_a_page(route):
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

    path = DESK + route.path
    return Form(
        path, "command.html", service, route.name, route.schema, DESK, more=more
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


def time_as_proposed(commitment: Json) -> Json:
    return {"starts_at": commitment.get("proposed_at")}


def title_as_it_was(activity: Json) -> Json:
    return {"title": activity["title"]}


# What a form has in it when it is opened, from what the thing says.
FILLED_IN: dict[str, Callable[[Json], Json]] = {
    "agree_time": time_as_proposed,
    "claim_need": due_when_it_closes,
    "copy_activity": title_as_it_was,
    "dispatch_need": due_when_it_closes,
    "postpone_commitment": due_as_agreed,
    "publish_offering": where_it_is,
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
