"""The door: who asks what is looked at, what they send is heard out, and only then a place is taken.

No place is held while somebody sends or is sent to. Whoever finds none is told when to return.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, MapAdapter, Rule

from gateway.edge import addresses, errors, reading, request_log
from gateway.edge.admission import Admission
from gateway.edge.auth import (
    BEARING,
    BY_COOKIE,
    Believe,
    BelieveToken,
    actor_of,
)
from gateway.edge.gates import Gate, Gates
from gateway.edge.rpc import Room, Services
from services.kit.bearers.tokens import Verifier
from services.kit.errors import Problem

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOUND = "xfh.found"  # Where the environ of a request keeps what its address leads to.


class Door:
    """In front of a WSGI application. Whoever is turned away costs a small part of who is served."""

    def __init__(
        self,
        app: "WSGIApplication",
        services: Services,
        admission: Admission,
        verifier: Verifier,
        paths: Map,
        gates: Gates,
        by_cookie: Believe,
        by_token: BelieveToken,
    ):
        self._app, self._services = app, services
        self._admission = admission
        self._verifier, self._gates = verifier, gates
        self._paths = paths.bind("")
        self._by_cookie, self._by_token = by_cookie, by_token

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        environ[BY_COOKIE], environ[BEARING] = self._by_cookie, self._by_token
        try:
            addresses.must_be_one(environ)
        except Problem as refusal:
            return self._refused(refusal, environ, start_response)
        gate = self._gate(environ)
        if gate is None:
            return self._app(environ, start_response)
        environ[request_log.PRIVATE if gate.is_secret else request_log.ASKS] = True
        return self._through(gate, environ, self._limited(gate, start_response))

    def _through(
        self, gate: Gate, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            if gate.commands:
                self._hear_out(gate, environ)
            return self._inside(gate.rooms, environ, start_response)
        except Problem as refusal:
            return self._refused(refusal, environ, start_response)

    def _limited(self, gate: Gate, start_response: "StartResponse") -> "StartResponse":
        if not gate.rooms:
            return start_response
        first = gate.rooms[0]
        return _with_limits(first, self._services.room(first), start_response)

    def _gate(self, environ: "WSGIEnvironment") -> Gate | None:
        """None for what asks no service, and for what the application will not find."""
        asked = environ["REQUEST_METHOD"]
        method = "GET" if asked == "HEAD" else asked
        path = reading.path_of(environ)
        try:
            rule, values = self._paths.match(path, method, return_rule=True)
        except HTTPException:
            return None
        environ[FOUND] = Found(self._paths, path, rule, values)
        return self._gates.get((method, rule.rule))

    def _hear_out(self, gate: Gate, environ: "WSGIEnvironment") -> None:
        """Who asks, then with which key, then what: nothing is read of a body that cannot become anything."""
        self._admission.admit(gate, actor_of(environ, self._verifier))
        environ[request_log.KEY] = reading.key_of(environ)
        reading.receive(environ)

    def _inside(
        self,
        rooms: tuple[str, ...],
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        if not rooms:
            return self._app(environ, start_response)
        with self._services.place(rooms[0]):
            return self._inside(rooms[1:], environ, start_response)

    def _refused(
        self,
        refusal: Problem,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        """Told by the application where a page tells it."""
        if errors.is_told_by_a_page(environ):
            environ[errors.REFUSED] = refusal
            return self._app(environ, start_response)
        response = errors.on_problem(refusal, environ["SCRIPT_NAME"])
        return request_log.with_headers(response, environ)(environ, start_response)


class Found(MapAdapter):
    """An address that has been found is not looked for again."""

    def __init__(
        self, paths: MapAdapter, path: str, rule: Rule, values: Mapping[str, Any]
    ):
        self.__dict__.update(paths.__dict__)
        self._paths, self._path = paths, path
        self._found = rule, values

    def match(self, *_: Any, **__: Any) -> Any:
        """What stands there, whatever is asked: Flask asks for the address of the request alone."""
        return self._found

    def allowed_methods(self, path_info: str | None = None) -> Iterable[str]:
        """Those of the address, for who asks which they are (`OPTIONS`)."""
        return self._paths.allowed_methods(self._path)


def _with_limits(
    name: str, room: Room, start_response: "StartResponse"
) -> "StartResponse":
    """Tells how many may be in the room at once, and for how many more there is a place now.

    In the fields of draft-ietf-httpapi-ratelimit-headers-10; the unit of the quota is requests under way.
    """

    def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        quota = f'"{name}";q={room.places};qu="concurrent-requests"'
        left = f'"{name}";r={max(0, room.left)}'
        limits = [("RateLimit-Policy", quota), ("RateLimit", left)]
        return start_response(status, headers + limits, *error)

    return start
