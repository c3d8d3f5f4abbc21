"""The door: before anything is read or checked, a place among those who ask the same service, or a time to return."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from gateway import errors
from gateway.reading import KEY, trace_of
from gateway.routes import API, Table
from gateway.rpc import Room, Services
from services.kit.errors import Overloaded

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Door:
    """In front of a WSGI application. Whoever is turned away costs a tenth of who is served."""

    def __init__(self, app: "WSGIApplication", services: Services, tables: Sequence[Table]):
        self._app, self._services = app, services
        self._owners = _owners(tables)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        service = self._owners.get(_subject(environ["PATH_INFO"].removeprefix(API)))
        if service is None:
            return self._app(environ, start_response)
        told = _with_limits(service, self._services.room(service), start_response)
        try:
            with self._services.place(service):
                return self._app(environ, told)
        except Overloaded as refusal:
            return _turn_away(refusal, environ, told)


def _with_limits(service: str, room: Room, start_response: "StartResponse") -> "StartResponse":
    """Tells how many may ask the service at once, and for how many more there is a place now.

    In the fields of draft-ietf-httpapi-ratelimit-headers-10; the unit of the quota is requests under way.
    """

    def told(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
        policy = ("RateLimit-Policy", f'"{service}";q={room.places};qu="concurrent-requests"')
        return start_response(status, [*headers, policy, ("RateLimit", f'"{service}";r={max(0, room.left)}')], *error)

    return told


def _turn_away(refusal: Overloaded, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    response = errors.on_problem(refusal)
    response.headers["Traceparent"] = trace_of(environ)
    response.headers["X-Content-Type-Options"] = "nosniff"
    key = environ.get("HTTP_IDEMPOTENCY_KEY", "")
    if KEY.fullmatch(key):
        response.headers["Idempotency-Key"] = key
    return response(environ, start_response)


def _owners(tables: Sequence[Table]) -> dict[str, str]:
    """The service each address belongs to, by what it is about."""
    owners: dict[str, str] = {}
    for table in tables:
        for route in table.routes:
            if owners.setdefault(_subject(route.path), table.service) != table.service:
                raise TypeError(f"{route.path} begins as an address of {owners[_subject(route.path)]} does")
    return owners


def _subject(path: str) -> str:
    """The first word; after `me`, which says only whose it is, the next."""
    first, _, rest = path[1:].partition("/")
    return rest.partition("/")[0] if first == "me" else first
