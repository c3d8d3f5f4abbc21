"""Which other origins' pages may ask the API from a browser: none unless the operator names them.

Tokens travel in a header that no page sends by itself, never in cookies, so credentials are not allowed.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ANYBODY = "*"
PREFLIGHT = [
    ("Access-Control-Allow-Methods", "GET, POST"),
    (
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, Idempotency-Key, If-None-Match, Traceparent",
    ),
    ("Access-Control-Max-Age", "600"),
]
EXPOSED = "Content-Disposition, ETag, Idempotency-Key, Location, RateLimit, RateLimit-Policy, Retry-After, Traceparent"

Headers = list[tuple[str, str]]


class Cors:
    """In front of a WSGI application, and of what it remembers: what one origin is told is no answer for another."""

    def __init__(self, app: "WSGIApplication", origins: Sequence[str]):
        self._app, self._origins = app, frozenset(origins)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if not self._origins:
            return self._app(environ, start_response)
        allowed = self._allowed(environ.get("HTTP_ORIGIN", ""))
        if allowed and _asks_beforehand(environ):
            start_response("204 NO CONTENT", [*allowed, *PREFLIGHT, ("Vary", "Origin")])
            return []
        return self._app(environ, _telling(allowed, start_response))

    def _allowed(self, origin: str) -> Headers:
        if ANYBODY in self._origins:
            return [("Access-Control-Allow-Origin", ANYBODY)]
        if origin in self._origins:
            return [("Access-Control-Allow-Origin", origin)]
        return []


def _asks_beforehand(environ: "WSGIEnvironment") -> bool:
    """A browser that asks whether it may ask (preflight)."""
    if environ["REQUEST_METHOD"] != "OPTIONS":
        return False
    return "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ


def _telling(allowed: Headers, start_response: "StartResponse") -> "StartResponse":
    more = [*allowed, ("Access-Control-Expose-Headers", EXPOSED)] if allowed else []

    def start(status: str, headers: Headers, *error: Any) -> Any:
        return start_response(status, [*headers, *more, ("Vary", "Origin")], *error)

    return start
