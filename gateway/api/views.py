"""Each line of the route tables becomes an address: a command for each `POST`, a question for each `GET`."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import marshmallow as ma
from flask import Response, request

from gateway.api import TABLES, openapi
from gateway.api.routes import Route, Secret, Table
from gateway.edge import memory, reading
from gateway.edge.addresses import API
from gateway.edge.application import Application, application
from gateway.edge.asker import Asker
from gateway.edge.chapters import Chapter
from gateway.edge.etags import unless_known
from gateway.edge.gates import Gate, Gates, asking, commanding
from gateway.edge.home import here
from gateway.edge.request_log import KEY
from gateway.edge.responses import of_json
from schemas.documents import Json
from services.kit.actor import ANONYMOUS

View = Callable[..., Response]
NO_SECRET = Secret({}, lambda document: {})


class Line(NamedTuple):
    """An address, what the description tells of it, and what answers there."""

    method: str
    path: str
    about: Json
    view: View


def register(app: Application) -> None:
    lines = _lines()
    for table in TABLES:
        chapter = Chapter(table.service, table.title)
        for line in lines[table.service]:
            chapter.add(*line)
        app.open(chapter)


@cache
def _lines() -> dict[str, list[Line]]:
    """Of each service. Every gateway of a process has the same: there are many schemas in them to be made."""
    return {
        table.service: [_line(table.service, route) for route in table.routes]
        for table in TABLES
    }


def _line(service: str, route: Route) -> Line:
    about, view = openapi.described(route), _view(service, route)
    return Line(route.method, route.path, about, view)


def _gate(table: Table, route: Route) -> Gate:
    if route.method == "POST":
        return commanding(table.service, route.name)
    return asking(table.service, is_secret=route.secret)


GATES: Gates = {
    (route.method, API + route.path): _gate(table, route)
    for table in TABLES
    for route in table.routes
}


def _view(service: str, route: Route) -> View:
    if route.records:
        return _commanding(service, route)
    return _listing(service, route) if route.listed else _showing(service, route)


def _commanding(service: str, route: Route) -> View:
    schema = route.spoken

    def command(**path: str) -> Response:
        asker = Asker.of(request)
        secret = route.made.make() if route.made else NO_SECRET
        payload = reading.command(request, schema, path) | secret.payload
        key = request.environ[KEY]
        answer = asker.ask(service, route.name, payload, key=key)
        document = answer["document"]
        shown = _shown(route, document)
        body = {"event": answer["event"], "document": shown}
        body |= secret.shown(document)
        return of_json(body, route.status, _location(route, shown))

    return command


def _location(route: Route, document: Json) -> dict[str, str]:
    if not route.location:
        return {}
    return {"Location": here() + route.location.format(id=document["id"])}


def _showing(service: str, route: Route) -> View:
    schema = route.schema()

    def show(**path: str) -> Response:
        answer = _answer(service, route, schema, path)
        return unless_known(of_json(_shown(route, answer)))

    return show


def _listing(service: str, route: Route) -> View:
    schema = route.schema()

    def listed(**path: str) -> Response:
        answer = _answer(service, route, schema, path)
        items = [_shown(route, document) for document in answer["items"]]
        following = _following(route, answer["next"])
        page = of_json({"items": items, "next": following})
        return page if route.method == "POST" else unless_known(page)

    return listed


def _following(route: Route, place: list[Any] | None) -> str | None:
    """The cursor of the next page; None where there is none."""
    return application().cursors.after(route.name, place) if place else None


def _answer(service: str, route: Route, schema: ma.Schema, path: Json) -> Json:
    asker = Asker.of(request)
    question = _question(route, schema, path)
    if asker.actor is ANONYMOUS and not route.secret:
        memory.may_keep(request.environ, service, route.stream(question))
    answer: Json = asker.ask(service, route.name, question)
    return answer


def _question(route: Route, schema: ma.Schema, path: Json) -> Json:
    if route.method == "POST":
        return reading.command(request, schema, path)
    read = reading.known if route.secret else reading.query
    question = read(request, schema)
    after = question.get("after")
    if after is not None and "after" in schema.fields:
        question["after"] = application().cursors.place(route.name, after)
    whole = reading.with_path(question, path, schema)
    return reading.load(schema, whole)


def _shown(route: Route, document: Json) -> Json:
    """What the route's schema declares, and where it leads: a document also holds what its service needs."""
    declared = _declared(route.shows)
    kept = {name: value for name, value in document.items() if name in declared}
    return application().home.with_addresses(route.shows, kept)


@cache
def _declared(shows: type[ma.Schema]) -> frozenset[str]:
    return frozenset(shows().fields)
