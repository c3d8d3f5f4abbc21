"""What every request leaves behind: its trace, its key and who may keep it in the headers, and a line in the log."""

import logging
import time
from typing import Any

from flask import Flask, Response, request

from gateway.edge.auth import names_somebody
from gateway.edge.errors import TRACE
from gateway.edge.reading import KEY as SAYABLE
from gateway.edge.reading import trace_of
from services.kit.errors import StoreFull

SLOW_MS = 1000
BEGAN, KEY = "xfh.began", "xfh.key"
# In the environ of a request whose answer depends on who asks,
ASKS = "xfh.asks"
# and of one whose address is a secret: whoever has it is answered.
PRIVATE = "xfh.private"
# and of one that is answered the same whoever asks.
SAME_FOR_ALL = "xfh.same_for_all"
READS = {"GET", "HEAD", "OPTIONS"}

log = logging.getLogger(__name__)


def register(app: Flask) -> None:
    """Each request begins with its trace, and ends with a line and with the headers all have."""
    app.before_request(_begin)
    app.after_request(_end)


# What browsers are told of every answer; a page says more of what it loads.
UNLESS_SAID = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
}


def _begin() -> None:
    request.environ[BEGAN] = time.monotonic()
    request.environ[TRACE] = trace_of(request.environ)


def _end(response: Response) -> Response:
    environ = request.environ
    took_ms = (time.monotonic() - environ[BEGAN]) * 1000
    level = _level(response.status_code, took_ms)
    if log.isEnabledFor(level):
        log.log(level, "request", extra={"about": _line(response, took_ms)})
    return with_headers(response, environ)


def _level(status: int, took_ms: float) -> int:
    """Where a store is full nothing is recorded until somebody makes room."""
    if status == StoreFull.status:
        return logging.ERROR
    return logging.INFO if status >= 500 or took_ms >= SLOW_MS else logging.DEBUG


def with_headers(response: Response, environ: dict[str, Any]) -> Response:
    """The response with what every one has. It says which key was used, so that it can be used again."""
    headers = response.headers
    headers.add("Traceparent", environ.get(TRACE) or trace_of(environ))
    headers.add("X-Content-Type-Options", "nosniff")
    for name, says in UNLESS_SAID.items():
        headers.setdefault(name, says)
    key = environ.get(KEY) or environ.get("HTTP_IDEMPOTENCY_KEY", "")
    if environ["REQUEST_METHOD"] == "POST" and SAYABLE.fullmatch(key):
        headers.add("Idempotency-Key", key)
    if ASKS in environ:
        vary = filter(None, (headers.get("Vary"), "Authorization, Cookie"))
        headers["Vary"] = ", ".join(vary)
    headers["Cache-Control"] = _caching(response, environ)
    return response


def _caching(response: Response, environ: dict[str, Any]) -> str:
    """Nobody keeps what is personal: what a token or a secret shows, what was done, and what went wrong."""
    if PRIVATE in environ:
        return "private, no-store"
    if SAME_FOR_ALL in environ:
        return str(response.headers["Cache-Control"])
    if names_somebody(environ) or environ["REQUEST_METHOD"] not in READS:
        return "no-store"
    if response.status_code >= 400:
        return "no-store"
    return response.headers.get("Cache-Control", "no-store")


def _line(response: Response, took_ms: float) -> dict[str, Any]:
    """Names the route, not the address: what a caller typed there is nobody's business."""
    return {
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else "",
        "status": response.status_code,
        "ms": round(took_ms, 1),
        "trace": request.environ[TRACE],
    }
