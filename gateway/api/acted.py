"""What others did for somebody, in every service in which one may act for another; the latest first."""

from operator import itemgetter

import marshmallow as ma
from flask import Response, request

from gateway.api.openapi import BEARER, answers, content, path_parameter
from gateway.api.waiting import ask_all
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.chapters import Chapter
from gateway.edge.etags import unless_known
from gateway.edge.gates import Gate, Gates
from gateway.edge.responses import of_json
from schemas import acting as schemas
from schemas.documents import Json, pick
from schemas.token import ROLES
from schemas.waiting import Missing

PARTS = ("activities", "cobuild")
ACTED = "/people/<person>/acted"
GATES: Gates = {("GET", API + ACTED): Gate(())}
ASKED, SHOWN = schemas.ListActed(), tuple(schemas.Acted().fields)


class ActedPage(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(schemas.Acted), required=True)
    missing = ma.fields.List(ma.fields.Nested(Missing), required=True)


def register(app: Application) -> None:
    chapter = Chapter("acted", "代办记录")
    chapter.add("GET", ACTED, _described(), list_acted)
    app.open(chapter)


def list_acted(person: str) -> Response:
    asked = reading.query(request, ASKED)
    asked = reading.with_path(asked, {"person": person}, ASKED)
    question = reading.load(ASKED, asked)
    answered = ask_all("list_acted", question, PARTS)
    acts = sorted(answered.items(), key=itemgetter("at", "id"), reverse=True)
    items = [pick(act, *SHOWN) for act in acts]
    return unless_known(of_json({"items": items, "missing": answered.missing}))


def _described() -> Json:
    return {
        "summary": "谁替他办过什么，最近的在前",
        "operationId": "list_acted",
        "security": BEARER,
        "x-roles": list(ROLES),
        "parameters": [path_parameter(schemas.ListActed, "person"), "Known"],
        "responses": answers(content(ActedPage, "答复")),
    }
