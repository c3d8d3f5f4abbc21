"""The gateway: its areas, each with its addresses, behind one door."""

from functools import reduce
from operator import or_
from secrets import token_bytes

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from gateway.api import acted, held, operating, tokens, views, waiting
from gateway.edge import errors, gates, health, request_log
from gateway.edge.application import Application, Area
from gateway.edge.cursors import KEY_BYTES, Cursors
from gateway.edge.door import Door
from gateway.edge.gates import Gates
from gateway.edge.home import Doorstep, Home
from gateway.edge.rpc import Services
from gateway.files import routes as files
from gateway.files.calendars import routes as calendars
from gateway.files.uploads import routes as uploads
from gateway.pages.activities import page as activities
from gateway.pages.certificates import page as certificates
from gateway.pages.docs import page as docs
from gateway.pages.reports import facts
from gateway.pages.reports import page as reports
from gateway.signin import codes, foreign, offered
from gateway.signin import routes as signing
from gateway.signin.bearing import by_token
from gateway.signin.believing import by_cookie
from gateway.web import serve as web
from services.kit.bearers.tokens import Verifier
from services.kit.clock import Clock, system
from services.kit.config import LISTENS_AT
from services.kit.ways.configured import NO_WAYS, Ways

AREAS: tuple[Area, ...] = (
    views,
    files,
    calendars,
    uploads,
    waiting,
    acted,
    held,
    operating,
    certificates,
    reports,
    facts,
    activities,
    signing,
    tokens,
    codes,
    foreign,
    offered,
    web,
)
GATES: Gates = reduce(or_, (area.GATES for area in AREAS))


def create(
    services: Services,
    verifier: Verifier,
    public_url: str = f"http://{LISTENS_AT}",
    cursor_key: bytes = b"",
    now: Clock = system,
    proxies: int = 0,
    ways: Ways = NO_WAYS,
) -> Flask:
    """The gateway over `services`, believing the tokens `verifier` believes. `public_url` is where it is found.

    Raises `BadSetting` for one whose path is an address of the gateway's own.
    `cursor_key` is for gateways that answer for each other; one by itself makes its own.
    `proxies` are the operator's own in front: what they say of who asks is believed, and nothing else they say.
    `ways` are the ways in that the operator has set up.
    """
    home = Home(public_url)
    cursors = Cursors(cursor_key or token_bytes(KEY_BYTES))
    app = Application(services, verifier, home, cursors, now, ways)
    request_log.register(app)
    health.watch(app, services)
    errors.register(app)
    for area in AREAS:
        area.register(app)
    docs.register(app)
    gates.must_be_complete(GATES, app.url_map)
    home.must_hide_nothing(app.url_map)
    known = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)
    who = by_cookie(app), by_token(app)
    door = Door(known, services, app.admission, verifier, app.url_map, GATES, *who)
    app.wsgi_app = Doorstep(door, home)  # type: ignore[method-assign]
    return app
