"""What was answered to everybody a moment ago, given again while nothing new has happened.

Only answers to callers without a token are kept: those are the same for all. What a service records ends what it has
answered before, if the answer is of one stream then only what it records there; and so does a second, or as long as
the answer says, for what rests on another service's facts. Nobody who writes reads from here.
"""

import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from gateway.edge import addresses
from gateway.edge.auth import names_somebody
from gateway.edge.etags import is_known
from gateway.edge.news import News
from gateway.edge.reading import trace_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SERVICE = "xfh.service"  # Where the environ of a request keeps whose answer it was, when it was one for everybody.
STREAM = "xfh.stream"  # And in which stream everything is that the answer tells, where it is in one.
LASTS_S = "xfh.lasts"  # For how long it may be given again, where that is longer than a second.
OF_ONE_ANSWER = {"Traceparent", "RateLimit"}
COOKIES = "xfh"  # In the name of each cookie of ours.
LONGEST_S = 1.0
MOST = 1000
MOST_BYTES = 64 * 1024 * 1024

Address = tuple[str, str]
Headers = list[tuple[str, str]]


def may_keep(
    environ: dict[str, Any], service: str, stream: str = "", lasts_s: float = LONGEST_S
) -> None:
    """The answer to this request is the same for everybody: as long as nothing rings for the `service`.

    Where all it tells is in one `stream`, only what rings for that ends it. It lasts `lasts_s` seconds at most.
    """
    environ |= {SERVICE: service, STREAM: stream, LASTS_S: lasts_s}


class Kept(NamedTuple):
    service: str
    stream: str
    asked: int
    until: float
    status: str
    headers: Headers
    etag: str
    body: bytes


class Memory:
    """The gateway as a WSGI application, with a short memory."""

    def __init__(self, app: "WSGIApplication", news: News):
        self._app = app
        self._kept: dict[Address, Kept] = {}
        self._size = 0
        self._under_way: dict[Address, threading.Event] = {}
        self._news = news

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if not _may_be_remembered(environ):
            return self._app(environ, start_response)
        address = environ["PATH_INFO"], environ["QUERY_STRING"]
        kept = self._good(address) or self._awaited(address)
        if kept is None:
            return self._ask_alone(address, environ, start_response)
        return _give(kept, environ, start_response)

    def _good(self, address: Address) -> Kept | None:
        kept = self._kept.get(address)
        if kept is None or kept.until < time.monotonic():
            return None
        if self._news.is_silent_since(kept.asked, kept.service, kept.stream):
            return kept
        return None

    def _awaited(self, address: Address) -> Kept | None:
        """Where somebody asks just that now: often the answer is for both."""
        under_way = self._under_way.get(address)
        if under_way is None:
            return None
        under_way.wait(LONGEST_S)
        return self._good(address)

    def _ask_alone(
        self,
        address: Address,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        self._under_way[address] = answered = threading.Event()
        try:
            return self._ask(address, environ, start_response)
        finally:
            answered.set()
            if self._under_way.get(address) is answered:
                del self._under_way[address]

    def _ask(
        self,
        address: Address,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        """Keeps the answer. One that was asked for before something rang may not know of it, and is not good then."""
        asked = self._news.heard
        started: list[tuple[str, Headers]] = []

        def start(
            status: str, headers: Headers, *error: object
        ) -> Callable[[bytes], object]:
            started.append((status, headers))
            return start_response(status, headers, *error)  # type: ignore[arg-type]

        body = b"".join(self._app(environ, start))
        status, headers = started[-1]
        if SERVICE in environ and status.startswith("200"):
            self._keep(address, _kept(environ, asked, status, headers, body))
        return [body]

    def _keep(self, address: Address, kept: Kept) -> None:
        """When there would be too many, or too much, all before are forgotten."""
        size = len(kept.body)
        if len(self._kept) >= MOST or self._size + size > MOST_BYTES:
            self._kept.clear()
            self._size = 0
        self._kept[address] = kept
        self._size += size


def _may_be_remembered(environ: "WSGIEnvironment") -> bool:
    """Not for who bears a cookie of ours: it may say who asks, or how they want pages to be shown."""
    if environ["REQUEST_METHOD"] != "GET" or names_somebody(environ):
        return False
    if COOKIES in environ.get("HTTP_COOKIE", ""):
        return False
    return addresses.is_one(environ)


def _kept(
    environ: "WSGIEnvironment", asked: int, status: str, headers: Headers, body: bytes
) -> Kept:
    return Kept(
        environ[SERVICE],
        environ.get(STREAM, ""),
        asked,
        time.monotonic() + environ.get(LASTS_S, LONGEST_S),
        status,
        [header for header in headers if header[0] not in OF_ONE_ANSWER],
        dict(headers).get("ETag", ""),
        body,
    )


def _give(
    kept: Kept, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    headers = [*kept.headers, ("Traceparent", trace_of(environ))]
    if is_known(environ.get("HTTP_IF_NONE_MATCH", ""), kept.etag.strip('"')):
        without_body = [header for header in headers if header[0] != "Content-Length"]
        start_response("304 NOT MODIFIED", without_body)
        return []
    start_response(kept.status, headers)
    return [kept.body]
