"""The desk: what waits for somebody, and a page for each command that may settle it.

A command's page is made of its line in the route tables: its words, its schema's fields. What one line cannot ask for,
a list or somebody's id, needs a page of its own.
"""

from collections.abc import Iterator

from gateway.api import TABLES, waiting
from gateway.api.routes import Route
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.web import door
from gateway.web.forms import drawn, is_askable
from gateway.web.page import Button, Form, Page, Visit
from schemas.documents import Json

DESK = "/desk"
MOST_SHOWN = 50


def fields_of(route: Route) -> list[str]:
    """What its page asks for; what is in the address is known."""
    asked = [name for name in route.schema().fields if name not in route.parameters]
    known = route.schema().fields
    return [name for name in asked if is_askable(known[name])]


def has_a_page(route: Route) -> bool:
    """A command on something there is, that asks for nothing a page cannot ask."""
    schema = route.schema()
    needed = [name for name, field in schema.fields.items() if field.required]
    known = {*fields_of(route), *route.parameters}
    return (
        route.method == "POST" and bool(route.parameters) and known.issuperset(needed)
    )


def is_one_tap(route: Route) -> bool:
    return not any(route.schema().fields[name].required for name in fields_of(route))


def page_of(service: str, route: Route) -> Form:
    def more(visit: Visit) -> Json:
        asked = drawn(route.schema(), *fields_of(route))
        return {"summary": route.summary, "fields": asked}

    path = DESK + route.path
    return Form(
        path, "command.html", service, route.name, route.schema, DESK, more=more
    )


def pages() -> Iterator[Form]:
    for table in TABLES:
        for route in table.routes:
            if has_a_page(route):
                yield page_of(table.service, route)


ROUTES = {route.name: route for table in TABLES for route in table.routes}


def what_waits(visit: Visit) -> Json:
    """What is due first, with the pages of what settles it; a service that did not answer is named."""
    schema = waiting.LISTING
    question = reading.load(schema, {"limit": MOST_SHOWN})
    answered = waiting.ask_all("waiting", question)
    items, following = waiting.together(answered.parts, MOST_SHOWN)
    shown = [item | {"acts": list(_acts(item))} for item in items]
    return {
        "items": shown,
        "is_more": bool(following),
        "missing": answered.missing,
        "at_hand": door.sessions_at_hand(visit),
        "serves": visit.actor.has("community_worker"),
    }


def _acts(item: Json) -> Iterator[Json]:
    for act in item["settled_by"]:
        route = ROUTES[act["command"]]
        if has_a_page(route):
            page = DESK + act["address"].partition(API)[2]
            yield act | {"page": page, "one_tap": is_one_tap(route)}


PAGES: tuple[Page | Form | Button, ...] = (
    Page(DESK, "desk.html", more=what_waits, for_all=False),
    *door.PAGES,
    *pages(),
)
