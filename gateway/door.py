"""The door: who asks what is looked at, what they send is heard out, and only then a place is taken.

No place is held while somebody sends or is sent to. Whoever finds none is told when to return.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from gateway import addresses, errors, reading, trail
from gateway.admission import Admission
from gateway.auth import actor_of
from gateway.gates import Gate, Gates
from gateway.rpc import Room, Services
from services.kit.errors import Problem
from services.kit.tokens import Verifier

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Door:
    """In front of a WSGI application. Whoever is turned away costs a tenth of who is served."""

    def __init__(self, app: "WSGIApplication", services: Services, verifier: Verifier, paths: Map, gates: Gates):
        self._app, self._services, self._verifier, self._gates = app, services, verifier, gates
        self._paths = paths.bind("")
        self._admission = Admission(services)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        told = start_response
        try:
            addresses.must_be_one(environ)
            gate = self._gate(environ)
            if gate is None:
                return self._app(environ, start_response)
            environ[trail.PRIVATE if gate.is_secret else trail.ASKS] = True
            told = _with_limits(gate.rooms[0], self._services.room(gate.rooms[0]), start_response)
            if gate.commands:
                self._hear_out(gate, environ)
            with ExitStack() as places:
                for room in gate.rooms:
                    places.enter_context(self._services.place(room))
                return self._app(environ, told)
        except Problem as refusal:
            return trail.left(errors.on_problem(refusal), environ)(environ, told)

    def _gate(self, environ: "WSGIEnvironment") -> Gate | None:
        """None for what asks no service, and for what the application will not find."""
        method = "GET" if environ["REQUEST_METHOD"] == "HEAD" else environ["REQUEST_METHOD"]
        try:
            rule, _ = self._paths.match(reading.path_of(environ), method, return_rule=True)
        except HTTPException:
            return None
        return self._gates.get((method, rule.rule))

    def _hear_out(self, gate: Gate, environ: "WSGIEnvironment") -> None:
        """Who asks, then with which key, then what: nothing is read of a body that cannot become anything."""
        self._admission.admit(gate, actor_of(environ, self._verifier))
        environ[trail.KEY] = reading.key_of(environ)
        reading.receive(environ)


def _with_limits(name: str, room: Room, start_response: "StartResponse") -> "StartResponse":
    """Tells how many may be in the room at once, and for how many more there is a place now.

    In the fields of draft-ietf-httpapi-ratelimit-headers-10; the unit of the quota is requests under way.
    """

    def told(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        policy = ("RateLimit-Policy", f'"{name}";q={room.places};qu="concurrent-requests"')
        return start_response(status, [*headers, policy, ("RateLimit", f'"{name}";r={max(0, room.left)}')], *error)

    return told
