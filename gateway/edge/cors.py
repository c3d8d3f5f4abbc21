"""Which other origins' pages may ask the API from a browser: none unless the operator names them.

Tokens travel in a header that no page sends by itself, never in cookies, so credentials are not allowed.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ANYBODY = "*"
ASKED = [
    ("Access-Control-Allow-Methods", "GET, POST"),
    (
        "Access-Control-Allow-Headers",
        "Authorization, Content-Type, Idempotency-Key, If-None-Match, Traceparent",
    ),
    ("Access-Control-Max-Age", "600"),
]
TOLD = "Content-Disposition, ETag, Idempotency-Key, Location, RateLimit, RateLimit-Policy, Retry-After, Traceparent"

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
        if (
            allowed
            and environ["REQUEST_METHOD"] == "OPTIONS"
            and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ
        ):
            start_response("204 NO CONTENT", [*allowed, *ASKED, ("Vary", "Origin")])
            return []
        return self._app(environ, _telling(allowed, start_response))

    def _allowed(self, origin: str) -> Headers:
        if ANYBODY in self._origins:
            return [("Access-Control-Allow-Origin", ANYBODY)]
        return (
            [("Access-Control-Allow-Origin", origin)] if origin in self._origins else []
        )


def _telling(allowed: Headers, start_response: "StartResponse") -> "StartResponse":
    more = [*allowed, ("Access-Control-Expose-Headers", TOLD)] if allowed else []

    def told(status: str, headers: Headers, *error: Any) -> Any:
        return start_response(status, [*headers, *more, ("Vary", "Origin")], *error)

    return told
