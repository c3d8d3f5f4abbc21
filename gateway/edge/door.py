"""The door: who asks what is looked at, what they send is heard out, and only then a place is taken.

No place is held while somebody sends or is sent to. Whoever finds none is told when to return.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, MapAdapter, Rule

from gateway.edge import addresses, errors, reading, trail
from gateway.edge.admission import Admission
from gateway.edge.auth import BY_COOKIE, Believe, actor_of
from gateway.edge.gates import Gate, Gates
from gateway.edge.rpc import Room, Services
from services.kit.errors import Problem
from services.kit.tokens import Verifier

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOUND = "xfh.found"  # Where the environ of a request keeps what its address leads to.


class Door:
    """In front of a WSGI application. Whoever is turned away costs a small part of who is served."""

    def __init__(
        self,
        app: "WSGIApplication",
        services: Services,
        verifier: Verifier,
        paths: Map,
        gates: Gates,
        by_cookie: Believe,
    ):
        self._app, self._services, self._verifier, self._gates = (
            app,
            services,
            verifier,
            gates,
        )
        self._paths = paths.bind("")
        self._by_cookie = by_cookie
        self._admission = Admission(services)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        told = start_response
        environ[BY_COOKIE] = self._by_cookie
        try:
            addresses.must_be_one(environ)
            gate = self._gate(environ)
            if gate is None:
                return self._app(environ, start_response)
            environ[trail.PRIVATE if gate.is_secret else trail.ASKS] = True
            if gate.rooms:
                told = _with_limits(
                    gate.rooms[0], self._services.room(gate.rooms[0]), start_response
                )
            if gate.commands:
                self._hear_out(gate, environ)
            return self._inside(gate.rooms, environ, told)
        except Problem as refusal:
            return trail.left(
                errors.on_problem(refusal, environ["SCRIPT_NAME"]), environ
            )(environ, told)

    def _gate(self, environ: "WSGIEnvironment") -> Gate | None:
        """None for what asks no service, and for what the application will not find."""
        method = (
            "GET" if environ["REQUEST_METHOD"] == "HEAD" else environ["REQUEST_METHOD"]
        )
        try:
            rule, values = self._paths.match(
                reading.path_of(environ), method, return_rule=True
            )
        except HTTPException:
            return None
        environ[FOUND] = Found(self._paths, rule, values)
        return self._gates.get((method, rule.rule))

    def _hear_out(self, gate: Gate, environ: "WSGIEnvironment") -> None:
        """Who asks, then with which key, then what: nothing is read of a body that cannot become anything."""
        self._admission.admit(gate, actor_of(environ, self._verifier))
        environ[trail.KEY] = reading.key_of(environ)
        reading.receive(environ)

    def _inside(
        self, rooms: tuple[str, ...], environ: "WSGIEnvironment", told: "StartResponse"
    ) -> Iterable[bytes]:
        if not rooms:
            return self._app(environ, told)
        with self._services.place(rooms[0]):
            return self._inside(rooms[1:], environ, told)


class Found(MapAdapter):
    """An address that has been found is not looked for again."""

    def __init__(self, paths: MapAdapter, rule: Rule, values: Mapping[str, Any]):
        self.__dict__.update(paths.__dict__)
        self._found = rule, values

    def match(self, *_: Any, **__: Any) -> Any:
        """What stands there, whatever is asked: Flask asks for the address of the request alone."""
        return self._found


class Application(Flask):
    """Flask, which takes an address as the door has read it."""

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        found: MapAdapter | None = request.environ.get(FOUND) if request else None
        return found or super().create_url_adapter(request)


def _with_limits(
    name: str, room: Room, start_response: "StartResponse"
) -> "StartResponse":
    """Tells how many may be in the room at once, and for how many more there is a place now.

    In the fields of draft-ietf-httpapi-ratelimit-headers-10; the unit of the quota is requests under way.
    """

    def told(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        policy = (
            "RateLimit-Policy",
            f'"{name}";q={room.places};qu="concurrent-requests"',
        )
        return start_response(
            status,
            [*headers, policy, ("RateLimit", f'"{name}";r={max(0, room.left)}')],
            *error,
        )

    return told
