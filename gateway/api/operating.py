"""How the services stand, what is parked and what their logs have: for who runs the platform."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, request

from gateway.api.held import SERVICES
from gateway.api.openapi import BEARER, answers, content, path_parameter, problems
from gateway.api.waiting import TITLES, ask_all
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.chapters import Chapter
from gateway.edge.gates import Gate, Gates
from gateway.edge.responses import JSON, of_json
from schemas import operating as schemas
from schemas.documents import Json
from schemas.fields import Schema
from services.kit.actor import Actor
from services.kit.engine.another_log import is_at_another
from services.kit.engine.operating import must_operate
from services.kit.errors import Unknown

ALL, LOG = "/ops", "/ops/<service>/log"
FOLLOWER = "/ops/<service>/followers/<source>"
RETRY, ASIDE = f"{FOLLOWER}/retry", f"{FOLLOWER}/set-aside"
GATES: Gates = {
    **{("GET", API + path): Gate(()) for path in (ALL, LOG)},
    **{("POST", API + path): Gate(()) for path in (RETRY, ASIDE)},
}
MAY = ["district_admin"]
LISTING = schemas.ListLog()


def register(app: Application) -> None:
    chapter = Chapter("operating", "运行情况")
    chapter.add("GET", ALL, _shown(), operation)
    chapter.add("GET", LOG, _listed(), list_log)
    for path, name, schema, summary in COMMANDS:
        view = _commanding(name, schema())
        chapter.add("POST", path, _described(name, schema, summary), view)
    app.open(chapter)


def operation() -> Response:
    return of_json(standings())


def list_log(service: str) -> Response:
    asker = _operator()
    payload = reading.load(LISTING, reading.query(request, LISTING))
    return of_json(_asked(asker, service, "list_log", payload))


def standings(actor: Actor | None = None) -> Json:
    """All services with how far each follower lags, and those that did not answer.

    For whoever sent the request, or for the `actor` they are in the role in use. Raises `Forbidden`.
    """
    answered = ask_all("standing", {}, SERVICES, actor=actor)
    heads = {name: part["head"] for name, part in answered.parts.items()}
    services = [_titled(name, part, heads) for name, part in answered.parts.items()]
    return {"services": services, "missing": answered.missing}


def _titled(service: str, part: Json, heads: dict[str, int]) -> Json:
    followers = list(_lagging(part["followers"], heads))
    about = {"service": service, "name": TITLES[service]}
    return about | part | {"followers": followers}


def _lagging(followers: list[Json], heads: dict[str, int]) -> Iterator[Json]:
    """What was recorded since a head was told of is no lag yet; behind another log nobody can say how far one is."""
    for one in followers:
        head = heads.get(one["source"])
        is_lost = head is None or is_at_another(one.get("parked"))
        yield one | {"lag": None if is_lost else max(0, head - one["position"])}


def must_be_one(service: str) -> str:
    """Raises `Unknown`."""
    if service not in SERVICES:
        raise Unknown("没有这个服务")
    return service


def _commanding(name: str, schema: Schema) -> Callable[..., Response]:
    def command(service: str, source: str) -> Response:
        asker = _operator()  # Before anything is read.
        payload = reading.command(request, schema, {"source": source})
        return of_json(_asked(asker, service, name, payload))

    return command


def _operator() -> Asker:
    """Who runs the platform and sent the request. Raises `Unauthenticated`, `Forbidden`."""
    asker = Asker.of(request)
    asker.must_be_known()
    must_operate(asker.actor)
    return asker


def _asked(asker: Asker, service: str, question: str, payload: Json) -> Any:
    with asker.services.place(must_be_one(service)):
        return asker.ask(service, question, payload)


COMMANDS: tuple[tuple[str, str, type[Schema], str], ...] = (
    (RETRY, "retry_follower", schemas.RetryFollower, "再试停住的事件"),
    (ASIDE, "set_event_aside", schemas.SetEventAside, "搁置停住的事件，要写原因"),
)


def _shown() -> Json:
    return {
        "summary": "各服务的运行情况：落后多少、停在哪里、磁盘、备份和版本",
        "operationId": "operation",
        "security": BEARER,
        "x-roles": MAY,
        "parameters": [],
        "responses": answers(content(schemas.Operation, "答复")),
    }


def _listed() -> Json:
    path = path_parameter(schemas.OfService, "service")
    return {
        "summary": "一个服务的日志，最近的在前；不含内容",
        "operationId": "list_log",
        "security": BEARER,
        "x-roles": MAY,
        "parameters": [path, {"in": "query", "schema": LISTING}],
        "responses": answers(content(schemas.LogPage, "答复")),
    }


def _described(name: str, schema: type[Schema], summary: str) -> Json:
    known = (schemas.OfService, "service"), (schema, "source")
    described: Json = {
        "summary": summary,
        "operationId": name,
        "security": BEARER,
        "x-roles": MAY,
        "parameters": [*(path_parameter(*one) for one in known), "Key"],
        "responses": {200: content(schemas.Tried, "再试以后")} | problems(),
    }
    body = schema(exclude=["source"])
    if body.fields:
        said = {"required": True, "content": {JSON: {"schema": body}}}
        described["requestBody"] = said
    return described
