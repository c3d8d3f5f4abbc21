"""What waits for whoever asks: each service's part, put together in one order.

A service that does not answer takes nothing else with it; that it is missing is said.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import marshmallow as ma
from flask import Response, request

from gateway.api import TABLES
from gateway.api.openapi import AFTER, BEARER, answers, content
from gateway.api.routes import Route
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.edge.application import Application, application
from gateway.edge.asker import Asker
from gateway.edge.chapters import Chapter
from gateway.edge.etags import unless_known
from gateway.edge.gates import Gate, Gates
from gateway.edge.responses import of_json
from schemas import waiting as schemas
from schemas.documents import Json
from schemas.token import ROLES
from services.kit.actor import Actor
from services.kit.errors import Unavailable

# The services of which something may wait.
PARTS = ("partners", "cobuild", "branches", "grids", "activities")
TITLES = {table.service: table.title for table in TABLES}
ROUTES: dict[tuple[str, str], Route] = {
    (table.service, route.name): route for table in TABLES for route in table.routes
}
LIST, COUNTS = "/me/waiting", "/me/waiting/counts"
# A place is taken in the room of each service as it is asked, so that a crowd in one keeps nobody from the others.
GATES: Gates = {("GET", API + path): Gate(()) for path in (LIST, COUNTS)}
LISTING, COUNTING = schemas.AskWaiting(), schemas.CountWaiting()
SHOWN = tuple(schemas.Waiting().fields)


Place = tuple[str, str]  # Until when, and whose id.


class WaitingPage(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(schemas.Waiting), required=True)
    next = ma.fields.String(required=True, allow_none=True)
    missing = ma.fields.List(ma.fields.Nested(schemas.Missing), required=True)


class WaitingCounts(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(schemas.Counted), required=True)
    missing = ma.fields.List(ma.fields.Nested(schemas.Missing), required=True)


class Answered(NamedTuple):
    """What the services answered, by name, and those that did not."""

    parts: dict[str, Json]
    missing: list[Json]

    def items(self) -> list[Json]:
        """The items of all lists that were answered, one list after the other."""
        return [item for part in self.parts.values() for item in part["items"]]


def register(app: Application) -> None:
    chapter = Chapter("waiting", "等我办的事")
    chapter.add("GET", LIST, _listed(), waiting)
    chapter.add("GET", COUNTS, _counted(), count_waiting)
    app.open(chapter)


def waiting() -> Response:
    question = reading.load(LISTING, _question())
    answered = ask_all("waiting", question)
    items, place = together(answered.parts, question["limit"])
    following = place and application().cursors.after("waiting", place)
    page = {"items": items, "next": following, "missing": answered.missing}
    return unless_known(of_json(page))


def count_waiting() -> Response:
    question = reading.load(COUNTING, reading.query(request, COUNTING))
    answered = ask_all("count_waiting", question)
    page = {"items": answered.items(), "missing": answered.missing}
    return unless_known(of_json(page))


def _question() -> Json:
    question = reading.query(request, LISTING)
    if "after" in question:
        cursors = application().cursors
        question["after"] = cursors.place("waiting", question["after"])
    return question


def together(parts: dict[str, Json], limit: int) -> tuple[list[Json], list[Any] | None]:
    """The next items of all parts in their order, and after which place the rest begins; None when there is none.

    A part that goes on is known only up to its own `next`: nothing after that is told of yet.
    """
    end = _end(parts)
    items = sorted(_placed(parts, end))
    shown = [_addressed(service, item) for _, service, item in items[:limit]]
    if len(items) > limit:
        last, *_ = items[limit - 1]
        return shown, list(last)
    return shown, list(end) if end else None


def _end(parts: dict[str, Json]) -> Place | None:
    """Up to where all parts are known."""
    nexts = [part["next"] for part in parts.values()]
    ends: Iterator[Place] = map(tuple, filter(None, nexts))
    return min(ends, default=None)


def _placed(
    parts: dict[str, Json], end: Place | None
) -> Iterator[tuple[Place, str, Json]]:
    """(place in the order, service, item) of each up to the `end`."""
    for service, part in parts.items():
        for item in part["items"]:
            place = item["by"], item["id"]
            if end is None or place <= end:
                yield place, service, item


def _addressed(service: str, item: Json) -> Json:
    """The item with the addresses of the thing and of the commands that settle it."""
    names = item["names"]
    thing = ROUTES[service, item["shown_by"]]
    commands = [ROUTES[service, command] for command in item["settled_by"]]
    shown = {name: value for name, value in item.items() if name in SHOWN}
    return shown | {
        "address": _address(thing, names),
        "settled_by": [_settling(command, names) for command in commands],
    }


def _settling(route: Route, names: dict[str, str]) -> Json:
    return {
        "command": route.name,
        "address": _address(route, names),
        "summary": route.summary,
    }


def _address(route: Route, names: dict[str, str]) -> str:
    """With what of the names the path does not hold after a `?`, where it is a question."""
    path = API + route.path
    for name in route.parameters:
        path = path.replace(f"<{name}>", quote(names[name], safe=""))
    if route.method != "GET":
        return path
    asked = _asked_besides(route, names)
    if not asked:
        return path
    return f"{path}?{urlencode(asked, safe='', quote_via=quote)}"


def _asked_besides(route: Route, names: dict[str, str]) -> list[tuple[str, str]]:
    fields = route.schema().fields.keys() - set(route.parameters)
    return [(name, names[name]) for name in sorted(names.keys() & fields)]


def ask_all(
    question: str,
    payload: Json,
    services: tuple[str, ...] = PARTS,
    *,
    actor: Actor | None = None,
) -> Answered:
    """Each in its part of the time, so that one that hangs leaves the others theirs.

    For whoever sent the request, or for the `actor` they are in the role in use.
    """
    asker = Asker.of(request)
    if actor is not None:
        asker = asker._replace(actor=actor)
    asker.must_be_known()
    answered = Answered({}, [])
    part = 1 / len(services)
    for service in services:
        try:
            answered.parts[service] = _ask(asker, service, question, payload, part)
        except Unavailable as error:
            answered.missing.append(_missing(service, error))
    return answered


def _ask(asker: Asker, service: str, question: str, payload: Json, part: float) -> Json:
    with asker.services.place(service, part):
        answer: Json = asker.ask(service, question, payload, part=part)
    return answer


def _missing(service: str, error: Unavailable) -> Json:
    return {
        "service": service,
        "name": TITLES[service],
        "code": error.code,
        "message": error.title,
    }


def _listed() -> Json:
    filters = schemas.AskWaiting(exclude=["after"])
    return {
        "summary": "等我办的事：先到期的在前，没有期限的按等了多久",
        "operationId": "waiting",
        "security": BEARER,
        "x-roles": list(ROLES),
        "parameters": [{"in": "query", "schema": filters}, AFTER, "Known"],
        "responses": answers(content(WaitingPage, "答复")),
    }


def _counted() -> Json:
    return {
        "summary": "等我办的事，每种几件",
        "operationId": "count_waiting",
        "security": BEARER,
        "x-roles": list(ROLES),
        "parameters": [{"in": "query", "schema": COUNTING}, "Known"],
        "responses": answers(content(WaitingCounts, "答复")),
    }
