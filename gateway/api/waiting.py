"""What waits for whoever asks: each service's part, put together in one order.

A service that does not answer takes nothing else with it; that it is missing is said.
"""

from typing import Any, NamedTuple
from urllib.parse import quote

import marshmallow as ma
import orjson
from flask import Response, request
from flask_smorest import Blueprint

from gateway.api import TABLES
from gateway.api.openapi import AFTER, ONLY_OF_COMMANDS, PROBLEMS
from gateway.api.routes import API, PARAMETER, Route
from gateway.edge import reading
from gateway.edge.auth import actor_of
from gateway.edge.errors import TRACE
from gateway.edge.etags import unless_known
from gateway.edge.gates import Gate, Gates
from gateway.edge.paging import Cursors
from gateway.edge.rpc import Services
from schemas import waiting as schemas
from schemas.documents import Json
from schemas.token import ROLES
from services.kit.actor import ANONYMOUS, Actor
from services.kit.errors import Unauthenticated, Unavailable
from services.kit.tokens import Verifier

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
QUESTION, COUNTING = schemas.AskWaiting(), schemas.CountWaiting()
SHOWN = frozenset(schemas.Waiting().fields)


class WaitingPage(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(schemas.Waiting), required=True)
    next = ma.fields.String(required=True, allow_none=True)
    missing = ma.fields.List(ma.fields.Nested(schemas.Missing), required=True)


class WaitingCounts(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(schemas.Counted), required=True)
    missing = ma.fields.List(ma.fields.Nested(schemas.Missing), required=True)


class Answered(NamedTuple):
    """What the services said, by name, and those that said nothing."""

    parts: dict[str, Json]
    missing: list[Json]


def blueprint(services: Services, verifier: Verifier, cursors: Cursors) -> Blueprint:
    routes = Blueprint("waiting", "waiting", url_prefix=API, description="等我办的事")

    def waiting() -> Response:
        question = reading.load(QUESTION, _asked(cursors))
        answered = ask_all(services, _who(verifier), "waiting", question)
        items, place = together(answered.parts, question["limit"])
        following = place and cursors.after("waiting", place)
        return _sent({"items": items, "next": following, "missing": answered.missing})

    def count_waiting() -> Response:
        question = reading.load(COUNTING, reading.query(request, COUNTING))
        answered = ask_all(services, _who(verifier), "count_waiting", question)
        items = [count for part in answered.parts.values() for count in part["items"]]
        return _sent({"items": items, "missing": answered.missing})

    listed = _described(
        "waiting", "等我办的事：先到期的在前，没有期限的按等了多久", WaitingPage
    )
    counted = _described("count_waiting", "等我办的事，每种几件", WaitingCounts)
    routes.route(LIST, methods=["GET"])(routes.doc(**listed)(waiting))
    routes.route(COUNTS, methods=["GET"])(routes.doc(**counted)(count_waiting))
    return routes


def together(parts: dict[str, Json], limit: int) -> tuple[list[Json], list[Any] | None]:
    """The next items of all parts in their order, and after which place the rest begins; None when there is none.

    A part that goes on is known only up to its own `next`: nothing after that is told of yet.
    """
    ends = [
        (by, id) for part in parts.values() if part["next"] for by, id in [part["next"]]
    ]
    known = min(ends, default=None)
    items = [
        (_place(item), service, item)
        for service, part in parts.items()
        for item in part["items"]
    ]
    told = sorted(item for item in items if known is None or item[0] <= known)
    shown = [_addressed(service, item) for _, service, item in told[:limit]]
    if len(told) > limit:
        return shown, list(told[limit - 1][0])
    return shown, known and list(known)


def _place(item: Json) -> tuple[str, str]:
    return item["by"], item["id"]


def _addressed(service: str, item: Json) -> Json:
    """The item with the addresses of the thing and of the commands that settle it."""
    names = item["names"]
    settled_by = [
        _settling(ROUTES[service, command], names) for command in item["settled_by"]
    ]
    address = _address(ROUTES[service, item["shown_by"]], names)
    known = {name: value for name, value in item.items() if name in SHOWN}
    return {**known, "address": address, "settled_by": settled_by}


def _settling(route: Route, names: dict[str, str]) -> Json:
    return {
        "command": route.name,
        "address": _address(route, names),
        "summary": route.summary,
    }


def _address(route: Route, names: dict[str, str]) -> str:
    """With what of the names the path does not hold after a `?`, where it is a question."""
    path = PARAMETER.sub(lambda found: quote(names[found[1]], safe=""), route.path)
    asked = {name for name in names if name in route.schema().fields} - set(
        route.parameters
    )
    rest = "&".join(f"{name}={quote(names[name], safe='')}" for name in sorted(asked))
    return f"{API}{path}?{rest}" if rest and route.method == "GET" else f"{API}{path}"


def ask_all(services: Services, actor: Actor, question: str, payload: Json) -> Answered:
    """Each in its part of the time, so that one that hangs leaves the others theirs."""
    answered, part, trace = Answered({}, []), 1 / len(PARTS), request.environ[TRACE]
    for service in PARTS:
        try:
            with services.place(service, part):
                said = services.ask(
                    service, question, payload, actor=actor, trace=trace, part=part
                )
            answered.parts[service] = said
        except Unavailable as error:
            about = {
                "service": service,
                "name": TITLES[service],
                "code": error.code,
                "message": error.title,
            }
            answered.missing.append(about)
    return answered


def _who(verifier: Verifier) -> Actor:
    actor = actor_of(request.environ, verifier)
    if actor is ANONYMOUS:
        raise Unauthenticated("请先登录再进行这项操作")
    return actor


def _asked(cursors: Cursors) -> Json:
    said = reading.query(request, QUESTION)
    return (
        {**said, "after": cursors.place("waiting", said["after"])}
        if "after" in said
        else said
    )


def _sent(said: Json) -> Response:
    return unless_known(Response(orjson.dumps(said), content_type="application/json"))


def _described(name: str, summary: str, shown: type[ma.Schema]) -> Json:
    asked = schemas.AskWaiting(exclude=["after"]) if name == "waiting" else COUNTING
    parameters = [
        {"in": "query", "schema": asked},
        *([AFTER] if name == "waiting" else []),
        "Known",
    ]
    problems = {
        status: f"Problem{status}"
        for status in PROBLEMS
        if status not in ONLY_OF_COMMANDS
    }
    answer = {"description": "答复", "content": {"application/json": {"schema": shown}}}
    return {
        "summary": summary,
        "operationId": name,
        "security": [{"bearer": []}],
        "x-roles": list(ROLES),
        "parameters": parameters,
        "responses": {200: answer, 304: {"description": "没有变化"}, **problems},
    }
