"""What all services hold of whoever asks, in one answer; a service that does not answer is said to be missing."""

from flask import Response, request

from gateway.api import TABLES
from gateway.api.openapi import BEARER, answers, content
from gateway.api.waiting import TITLES, ask_all
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.chapters import Chapter
from gateway.edge.etags import unless_known
from gateway.edge.gates import Gate, Gates
from gateway.edge.responses import of_json
from schemas import held as schemas
from schemas.documents import Json
from schemas.token import ROLES

PATH = "/me/data"
SERVICES = tuple(dict.fromkeys(table.service for table in TABLES))
GATES: Gates = {("GET", API + PATH): Gate(())}


def register(app: Application) -> None:
    chapter = Chapter("held", "我的数据")
    chapter.add("GET", PATH, _described(), my_data)
    app.open(chapter)


def my_data() -> Response:
    return unless_known(of_json(collected()))


def collected() -> Json:
    """Of whoever sends the request. Raises `Unauthenticated` for nobody in particular."""
    person = Asker.of(request).actor.id
    answered = ask_all("held", {}, SERVICES)
    services = [_titled(name, part) for name, part in answered.parts.items()]
    return {"person": person, "services": services, "missing": answered.missing}


def _titled(service: str, part: Json) -> Json:
    documents = [
        one | {"title": schemas.TITLES.get(one["collection"], one["collection"])}
        for one in part["documents"]
    ]
    about = {"service": service, "title": TITLES[service]}
    return about | {"documents": documents, "words": part["words"]}


def _described() -> Json:
    return {
        "summary": "我的数据：各服务存着的关于我的一切",
        "operationId": "my_data",
        "security": BEARER,
        "x-roles": list(ROLES),
        "parameters": ["Known"],
        "responses": answers(content(schemas.MyData, "答复")),
    }
