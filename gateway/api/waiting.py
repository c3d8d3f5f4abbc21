"""What waits for whoever asks: each service's part, put together in one order.

A service that does not answer takes nothing else with it; that it is missing is said.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import marshmallow as ma
from flask import Response, request
from flask_smorest import Blueprint

from gateway.api import TABLES
from gateway.api.openapi import AFTER, BEARER, answers, content
from gateway.api.routes import PARAMETER, Route
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.edge.application import Application, application
from gateway.edge.asker import Asker
from gateway.edge.etags import unless_known
from gateway.edge.gates import Gate, Gates
from gateway.edge.responses import of_json
from schemas import waiting as schemas
from schemas.documents import Json
from schemas.token import ROLES
from services.kit.errors import Unavailable

PARTS = (
    "partners",
    "cobuild",
    "branches",
    "activities",
)  # The services of which something may wait.
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


def register(app: Application) -> None:
    routes = Blueprint("waiting", "waiting", url_prefix=API, description="等我办的事")
    listing = {"in": "query", "schema": schemas.AskWaiting(exclude=["after"])}
    listed = _described(
        "waiting",
        "等我办的事：先到期的在前，没有期限的按等了多久",
        [listing, AFTER],
        WaitingPage,
    )
    counted = _described(
        "count_waiting",
        "等我办的事，每种几件",
        [{"in": "query", "schema": COUNTING}],
        WaitingCounts,
    )
    routes.route(LIST, methods=["GET"])(routes.doc(**listed)(waiting))
    routes.route(COUNTS, methods=["GET"])(routes.doc(**counted)(count_waiting))
    app.api.register_blueprint(routes)


def waiting() -> Response:
    question = reading.load(LISTING, _question())
    answered = _ask_all("waiting", question)
    items, place = together(answered.parts, question["limit"])
    following = place and application().cursors.after("waiting", place)
    page = {"items": items, "next": following, "missing": answered.missing}
    return unless_known(of_json(page))


def count_waiting() -> Response:
    question = reading.load(COUNTING, reading.query(request, COUNTING))
    answered = _ask_all("count_waiting", question)
    items = [count for part in answered.parts.values() for count in part["items"]]
    return unless_known(of_json({"items": items, "missing": answered.missing}))


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
    ends: list[Place] = [tuple(part["next"]) for part in parts.values() if part["next"]]
    known = min(ends, default=None)
    items = [item for item in _placed(parts) if known is None or item[0] <= known]
    items.sort()
    shown = [_addressed(service, item) for _, service, item in items[:limit]]
    if len(items) > limit:
        return shown, list(items[limit - 1][0])
    return shown, list(known) if known else None


def _placed(parts: dict[str, Json]) -> Iterator[tuple[Place, str, Json]]:
    """(place in the order, service, item) of each."""
    for service, part in parts.items():
        for item in part["items"]:
            yield (item["by"], item["id"]), service, item


def _addressed(service: str, item: Json) -> Json:
    """The item with the addresses of the thing and of the commands that settle it."""
    names = item["names"]
    commands = [ROUTES[service, command] for command in item["settled_by"]]
    kept = {name: value for name, value in item.items() if name in SHOWN}
    return kept | {
        "address": _address(ROUTES[service, item["shown_by"]], names),
        "settled_by": [_settling(route, names) for route in commands],
    }


def _settling(route: Route, names: dict[str, str]) -> Json:
    return {
        "command": route.name,
        "address": _address(route, names),
        "summary": route.summary,
    }


def _address(route: Route, names: dict[str, str]) -> str:
    """With what of the names the path does not hold after a `?`, where it is a question."""
    quoted = {name: quote(value, safe="") for name, value in names.items()}
    path = PARAMETER.sub(lambda found: quoted[found[1]], f"{API}{route.path}")
    asked = names.keys() & route.schema().fields.keys() - set(route.parameters)
    if route.method != "GET" or not asked:
        return path
    return f"{path}?{'&'.join(f'{name}={quoted[name]}' for name in sorted(asked))}"


def _ask_all(question: str, payload: Json) -> Answered:
    """Each in its part of the time, so that one that hangs leaves the others theirs."""
    asker = Asker.of(request)
    asker.must_be_known()
    answered = Answered({}, [])
    for service in PARTS:
        try:
            answered.parts[service] = _ask(asker, service, question, payload)
        except Unavailable as error:
            answered.missing.append(_missing(service, error))
    return answered


def _ask(asker: Asker, service: str, question: str, payload: Json) -> Json:
    part = 1 / len(PARTS)
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


def _described(
    name: str, summary: str, parameters: list[Json], shown: type[ma.Schema]
) -> Json:
    return {
        "summary": summary,
        "operationId": name,
        "security": BEARER,
        "x-roles": list(ROLES),
        "parameters": [*parameters, "Known"],
        "responses": answers(content(shown, "答复")),
    }
