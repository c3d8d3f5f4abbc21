"""A page for each command of the route tables that a page can ask for, with the thing it is done to above the form.

It is made of the command's line in the tables: its words, its schema's fields, the question that shows the thing. What
one line cannot ask for, as a list of people, needs a page of its own.
"""

from collections.abc import Iterator

from gateway.api import TABLES
from gateway.api.routes import Route, Table
from gateway.web.drawing import drawn, field_at, is_askable
from gateway.web.facts import facts, heading
from gateway.web.filling import FILLED_IN, filled_in, nothing_yet, those_who_came
from gateway.web.page import Form, Visit
from gateway.web.picking import CODES, picker_of, picks_of
from gateway.web.seated import told_of
from schemas import fields
from schemas.documents import Json
from schemas.fields import Schema

DESK, ONE_PERSON, MEETING = "/desk", "/desk/people/{id}", "/desk/meetings/{id}"
ROUTES = {route.name: route for table in TABLES for route in table.routes}


def fields_of(route: Route) -> list[str]:
    """What its page asks for, what it must be told first; what is in the address is known."""
    schema = route.schema()
    known = {*route.parameters, *LEFT_OUT.get(route.name, ()), *told_to(route)}
    names = [name for name in schema.fields if name not in known]
    asked = [path for name in names for path in _asked(route, schema, name)]
    return sorted(asked, key=lambda path: not field_at(schema, path).required)


def _asked(route: Route, schema: Schema, name: str) -> list[str]:
    """The field, or what a part is made of that must be said; nothing where that cannot be asked."""
    field = schema.fields[name]
    if is_askable(field) or is_written(route, name) or picker_of(route, name):
        return [name]
    inside = field.schema.fields if isinstance(field, fields.Part) else {}
    if not field.required or not all(map(is_askable, inside.values())):
        return []
    return [f"{name}/{part}" for part in inside]


def told_to(route: Route) -> tuple[str, ...]:
    """What the page that leads to a command's has said already, in its address."""
    return TOLD.get(route.name, ())


def is_written(route: Route, name: str) -> bool:
    """Whether it is a code that an office gives and who records it reads off."""
    return (route.name, name) in CODES


def has_a_page(route: Route) -> bool:
    """A command on something there is, or one that begins something, that asks for nothing a page cannot ask."""
    needed = _required(route)
    asked = {path.partition("/")[0] for path in fields_of(route)}
    known = {*asked, *route.parameters, *told_to(route)}
    is_of_something = bool(route.parameters) or route.name in BEGIN
    return route.method == "POST" and is_of_something and known.issuperset(needed)


def address_of(route: Route) -> str:
    """Of its page: what begins something has no address of its own yet."""
    return f"{DESK}{route.path}" + ("" if route.parameters else "/new")


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
        page["told"] = {name: visit.query.get(name, "") for name in told_to(route)}
        if shown is not None:
            page |= _thing(visit, service, shown, route)
        if page["told"].get("session"):
            page["facts"] = [*told_of(visit, page["told"]), *page.get("facts", ())]
        return page

    path, then = address_of(route), LEADS_TO.get(route.name, DESK)
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
    if command.name == "record_attendance":
        known = those_who_came(visit)
    before = BEFORE.get(command.name, "").format_map(document)
    return {
        "before": before,
        "heading": heading(document),
        "state_text": document.get("state_text", ""),
        "facts": list(facts(shown.shows(), document, visit.places.name_of)),
        "known": filled_in(known, command.schema()),
    }


# Whose page at that address asks for more than one line can.
OF_THEIR_OWN = ("correct_visit", "set_target")
# Where it leads, when not to the desk.
LEADS_TO = {
    "apply": "/partners/{id}",
    "revoke_api_key": "/me/api-keys",
    "call_meeting": MEETING,
    "contest_hours": "/me/contests",
    "commend": "/desk/commendations?issuer={issuer}&person={person}",
    "establish_branch": "/branches/{id}",
    "freeze_report": "/reports/{scope}/{month}",
    "give_desk_code": "/desk/desk-codes/{id}",
    "invite": "/desk/invitations/{id}",
    "issue_certificate": "/certificates/{id}",
    "register_unit": "/units/{id}",
    "restate_report": "/reports/{scope}/{month}",
    "set_target": "/desk/metrics/targets?scope={scope}",
    **dict.fromkeys(("copy_activity", "draft_from_template"), "/desk/activities/{id}"),
    "save_template": "/desk/templates?owner={owner}",
    **dict.fromkeys(("cancel_meeting", "conclude_meeting"), MEETING),
    **dict.fromkeys(
        ("record_attendance", "record_minutes", "pass_resolution"), MEETING
    ),
    **dict.fromkeys(
        ("begin_link", "give_consent", "grant_role", "open_account"),
        "/desk/people/{person}",
    ),
    **dict.fromkeys(("change_person", "move_person", "reveal_person"), ONE_PERSON),
}
# What is done first, on a page of its own.
BEFORE = {
    "settle_contest": "/desk/activities/{activity}/hours?session={session}&person={person}",
}
# What belongs to something that no page can ask for, or is for what is brought in from before.
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "claim_need": ("starts_at",),
    "publish_offering": ("retired_on",),
    "record_courtyard": ("valid_to",),
    "record_grid": ("courtyard", "valid_to"),
}
# What begins something, of which there is nothing to show before; the rest of such commands have pages of their own.
BEGIN = {
    *("apply", "register_unit", "call_meeting", "declare_campaign"),
    *("issue_certificate", "commend", "set_target", "freeze_report"),
    *("establish_branch", "establish_committee", "establish_home", "record_site"),
    *("record_division", "record_courtyard", "record_grid"),
}
TOLD = {
    "appraise": ("session", "person"),
    "change_roles": ("session",),
    "contest_hours": ("session",),
    "correct_hours": ("session", "person"),
    "report_viewers": ("session",),
    "request_offering": ("session",),
    "withdraw_offering_request": ("session",),
}
