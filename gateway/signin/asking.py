"""What the ways in ask of people, as the platform; and what a browser sends them that is not signed in yet."""

from typing import Any

import orjson
from flask import Response, request
from ulid import ULID

from gateway.edge import reading
from gateway.edge.errors import TRACE
from gateway.edge.rpc import Services
from gateway.signin.access import SERVICE
from schemas.documents import Json
from schemas.fields import Schema
from services.kit.actor import SYSTEM


def do(services: Services, name: str, payload: Json) -> Json:
    """What came of a command of people's."""
    trace = request.environ[TRACE]
    with services.place(SERVICE):
        answer: Json = services.ask(
            SERVICE, name, payload, actor=SYSTEM, key=str(ULID()), trace=trace
        )
    return answer


def ask(services: Services, name: str, question: Json) -> Any:
    with services.place(SERVICE):
        return services.ask(SERVICE, name, question, actor=SYSTEM)


def read(schema: Schema) -> Json:
    """The body of the request."""
    reading.receive(request.environ)
    return reading.command(request, schema, {})


def json(said: Json) -> Response:
    return Response(orjson.dumps(said), content_type="application/json")


def address() -> str:
    """Whence somebody asks."""
    return str(request.environ.get("REMOTE_ADDR", ""))
