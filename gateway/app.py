"""The Flask application: each line of the route tables becomes an address."""

import hashlib
from collections.abc import Callable
from typing import Any

import marshmallow as ma
from flask import Flask, Response, request, send_from_directory

from gateway import errors, health, openapi, reading
from gateway.api import TABLES
from gateway.auth import actor_of
from gateway.paging import from_cursor, to_cursor
from gateway.routes import API, Route, Table
from gateway.rpc import Services
from services.kit.tokens import Verifier

JSON = "application/json"
View = Callable[..., Response]


def create(services: Services, verifier: Verifier) -> Flask:
    """The gateway over `services`, believing the tokens `verifier` believes."""
    app = Flask(__name__, static_folder=None)
    app.url_map.strict_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = reading.MOST_BYTES
    health.watch(app, services)
    api = openapi.api_of(app)
    errors.handle(app)  # After flask-smorest, which brings handlers of its own.
    for table in TABLES:
        routes = openapi.blueprint(table)
        for route in table.routes:
            view = _view(table, route, services, verifier)
            view.__name__ = route.name
            routes.route(route.path, methods=[route.method])(routes.doc(**openapi.described(route))(view))
        api.register_blueprint(routes)
    _add_pages(app)
    return app


def _view(table: Table, route: Route, services: Services, verifier: Verifier) -> View:
    make = _commanding if route.method == "POST" else _asking
    return make(table.service, route, services, verifier)


def _commanding(service: str, route: Route, services: Services, verifier: Verifier) -> View:
    schema = route.schema()

    def command(**path: str) -> Response:
        trace = _begin()
        actor = actor_of(request.environ, verifier)
        key = reading.key_of(request.environ)
        payload = reading.command(request, schema, path)
        answer = services.ask(service, route.name, payload, actor=actor, key=key, trace=trace)
        headers = {"Idempotency-Key": key}
        if route.location:
            headers["Location"] = route.location.format(id=answer["document"]["id"])
        return Response(errors.to_json(answer), route.status, headers, content_type=JSON)

    return command


def _asking(service: str, route: Route, services: Services, verifier: Verifier) -> View:
    schema = route.schema()

    def ask(**path: str) -> Response:
        trace = _begin()
        actor = actor_of(request.environ, verifier)
        question = _question(route, schema, path)
        answer = services.ask(service, route.name, question, actor=actor, trace=trace)
        if route.listed:
            following = answer["next"]
            answer = {"items": answer["items"], "next": following and to_cursor(route.name, following)}
        return _unless_known(errors.to_json(answer))

    return ask


def _question(route: Route, schema: ma.Schema, path: dict[str, str]) -> dict[str, Any]:
    said = reading.query(request, schema)
    if "after" in said:
        said["after"] = from_cursor(route.name, said["after"])
    return reading.load(schema, {**said, **path})


def _begin() -> str:
    """Gives the request its trace, for the services and for the report of a defect."""
    trace = reading.trace_of(request.environ)
    request.environ["xfh.trace"] = trace
    return trace


def _unless_known(body: bytes) -> Response:
    """The body with its ETag, or 304 when the caller has just that."""
    response = Response(body, content_type=JSON)
    response.set_etag(hashlib.blake2b(body, digest_size=16).hexdigest())
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _add_pages(app: Flask) -> None:
    @app.get("/api/docs")
    @app.get(f"{API}/")
    def docs() -> Response:
        return send_from_directory("pages", "docs.html")

    @app.get("/static/<name>")
    def static(name: str) -> Response:
        return send_from_directory("static", name)
