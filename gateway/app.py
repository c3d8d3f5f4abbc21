"""The Flask application: each line of the route tables becomes an address."""

from collections.abc import Callable
from secrets import token_bytes

import marshmallow as ma
import orjson
from flask import Flask, Response, current_app, request

from gateway.api import TABLES, docs, openapi, waiting
from gateway.api.description.roles import Described
from gateway.api.routes import API, Route, Table
from gateway.edge import answers, errors, gates, health, reading, trail
from gateway.edge.auth import actor_of
from gateway.edge.door import Application, Door
from gateway.edge.etags import unless_known
from gateway.edge.home import Doorstep, Home, here
from gateway.edge.paging import KEY_BYTES, Cursors
from gateway.edge.rpc import Services
from gateway.files import routes as exchange
from gateway.files.calendars import routes as calendars
from gateway.files.checkins import routes as checkins
from gateway.pages import activities, certificates
from gateway.pages.reports import page as reports
from gateway.signin import routes as signing
from gateway.signin.access import Access
from gateway.signin.believing import SignedIn
from gateway.signin.cookies import Cookies
from gateway.signin.throttle import Throttle
from gateway.web import serve as web
from schemas.documents import Json
from services.kit.actor import ANONYMOUS
from services.kit.clock import Clock, system
from services.kit.config import LISTENS_AT
from services.kit.tokens import Verifier

JSON = "application/json"
CURSORS = "cursors"
THROTTLE, ACCESS = "throttle", "access"
GATES = {
    **gates.of_tables(TABLES),
    **exchange.GATES,
    **calendars.GATES,
    **checkins.GATES,
    **certificates.GATES,
    **reports.GATES,
    **activities.GATES,
    **waiting.GATES,
    **web.GATES,
    **signing.GATES,
}
View = Callable[..., Response]
Shown = Callable[[Json], Json]


def create(
    services: Services,
    verifier: Verifier,
    public_url: str = f"http://{LISTENS_AT}",
    cursor_key: bytes = b"",
    now: Clock = system,
) -> Flask:
    """The gateway over `services`, believing the tokens `verifier` believes. `public_url` is where it is found.

    Raises `BadSetting` for one whose path is an address of the gateway's own.
    `cursor_key` is for gateways that answer for each other; one by itself makes its own.
    """
    home = Home(public_url)
    app = Application(__name__, static_folder="static", template_folder="pages")
    app.context_processor(lambda: {"home": here()})
    app.extensions[CURSORS] = cursors = Cursors(cursor_key or token_bytes(KEY_BYTES))
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = (
        reading.MOST_BYTES + 1
    )  # One more, to tell a body that is just too long.
    trail.follow(app)
    health.watch(app, services)
    api = openapi.api_of(app, home.url)
    errors.handle(app)  # After flask-smorest, which brings handlers of its own.
    for table in TABLES:
        routes = openapi.blueprint(table)
        for route in table.routes:
            view = _view(table, route, services, verifier, home)
            view.__name__ = route.name
            routes.route(route.path, methods=[route.method])(
                routes.doc(**openapi.described(route))(view)
            )
        api.register_blueprint(routes)
    api.register_blueprint(exchange.blueprint(services, verifier))
    api.register_blueprint(calendars.blueprint(services, home))
    api.register_blueprint(checkins.blueprint(services, verifier))
    api.register_blueprint(waiting.blueprint(services, verifier, cursors))
    certificates.add(app, services, verifier, public_url)
    reports.add(app, services, verifier)
    activities.add(app, services, verifier)
    app.extensions[ACCESS] = access = Access(services)
    signed_in = SignedIn(access, Cookies(public_url))
    app.extensions[THROTTLE] = throttle = Throttle()
    entering = signing.add(app, services, signed_in, throttle)
    around = web.Around(services, verifier, cursors, now, signed_in, entering)
    web.register(app, around)
    _describe(app, Described(openapi.finished(api.spec.to_dict()), services))
    gates.must_be_complete(GATES, app.url_map)
    home.must_hide_nothing(app.url_map)
    door = Door(app.wsgi_app, services, verifier, app.url_map, GATES, signed_in.actor)
    app.wsgi_app = Doorstep(door, home)  # type: ignore[method-assign]
    return app


def _describe(app: Flask, described: Described) -> None:
    @app.get(f"{API}/openapi.json")
    def openapi_json() -> Response:
        return unless_known(
            Response(described.written(errors.to_json), content_type=JSON)
        )

    docs.add(app, described)


def _view(
    table: Table, route: Route, services: Services, verifier: Verifier, home: Home
) -> View:
    make = _commanding if route.method == "POST" else _asking
    return make(table.service, route, services, verifier, _shown_by(route, home))


def _commanding(
    service: str, route: Route, services: Services, verifier: Verifier, shown: Shown
) -> View:
    schema = route.schema()

    def command(**path: str) -> Response:
        key = request.environ[trail.KEY]
        actor = actor_of(request.environ, verifier)
        payload = reading.command(request, schema, path)
        trace = request.environ[errors.TRACE]
        answer = services.ask(
            service, route.name, payload, actor=actor, key=key, trace=trace
        )
        document = shown(answer["document"])
        headers = (
            {"Location": here() + route.location.format(id=document["id"])}
            if route.location
            else {}
        )
        body = {"event": answer["event"], "document": document}
        return Response(orjson.dumps(body), route.status, headers, content_type=JSON)

    return command


def _asking(
    service: str, route: Route, services: Services, verifier: Verifier, shown: Shown
) -> View:
    schema = route.schema()

    def ask(**path: str) -> Response:
        actor = actor_of(request.environ, verifier)
        question = _question(route, schema, path)
        if actor is ANONYMOUS and not route.secret:
            request.environ |= {
                answers.SERVICE: service,
                answers.STREAM: route.stream(question),
            }
        answer = services.ask(
            service,
            route.name,
            question,
            actor=actor,
            trace=request.environ[errors.TRACE],
        )
        if not route.listed:
            return unless_known(
                Response(orjson.dumps(shown(answer)), content_type=JSON)
            )
        following = answer["next"] and _cursors().after(route.name, answer["next"])
        page = {
            "items": [shown(document) for document in answer["items"]],
            "next": following,
        }
        return unless_known(Response(orjson.dumps(page), content_type=JSON))

    return ask


def _shown_by(route: Route, home: Home) -> Shown:
    """Keeps what the route's schema declares, and says where it leads: a document also holds what its service needs."""
    declared = frozenset(route.shows().fields)

    def shown(document: Json) -> Json:
        kept = {name: value for name, value in document.items() if name in declared}
        return home.with_addresses(route.shows, kept)

    return shown


def _question(route: Route, schema: ma.Schema, path: dict[str, str]) -> Json:
    said = (
        reading.known(request, schema)
        if route.secret
        else reading.query(request, schema)
    )
    if "after" in said and "after" in schema.fields:
        said["after"] = _cursors().place(route.name, said["after"])
    return reading.load(schema, reading.with_path(said, path, schema))


def _cursors() -> Cursors:
    cursors: Cursors = current_app.extensions[CURSORS]
    return cursors
