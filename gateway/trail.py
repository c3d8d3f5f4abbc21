"""What every request leaves behind: its trace and its key in the headers of the answer, and a line in the log."""

import logging
import time
from typing import Any

from flask import Flask, Response, request

from gateway.errors import TRACE
from gateway.reading import trace_of

SLOW_MS = 1000
BEGAN, KEY = "xfh.began", "xfh.key"

log = logging.getLogger(__name__)


def follow(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    request.environ[BEGAN] = time.monotonic()
    request.environ[TRACE] = trace_of(request.environ)


def _end(response: Response) -> Response:
    """Says which key the request had, so that even one that failed can be sent again with it."""
    environ = request.environ
    response.headers["Traceparent"] = environ[TRACE]
    response.headers["X-Content-Type-Options"] = "nosniff"
    if KEY in environ:
        response.headers["Idempotency-Key"] = environ[KEY]
    took_ms = (time.monotonic() - environ[BEGAN]) * 1000
    level = logging.INFO if response.status_code >= 500 or took_ms >= SLOW_MS else logging.DEBUG
    if log.isEnabledFor(level):
        log.log(level, "request", extra={"about": _line(response, took_ms)})
    return response


def _line(response: Response, took_ms: float) -> dict[str, Any]:
    """Names the route, not the address: what a caller typed there is nobody's business."""
    return {
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else "",
        "status": response.status_code,
        "ms": round(took_ms, 1),
        "trace": request.environ[TRACE],
    }
