"""Servers of other people, on this machine, that answer as theirs do."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)


Answer = Callable[[Request], Any]
"""JSON to be answered with status 200, or `(status, bytes)`."""


@dataclass
class Other:
    """`asked` is all that came; what a path answers may be changed while it serves."""

    answers: dict[str, Answer]
    url: str = ""
    asked: list[Request] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    def answer(self, request: Request) -> tuple[int, bytes]:
        self.asked.append(request)
        answer = self.answers.get(request.path, _nothing)
        found = answer(request)
        return found if isinstance(found, tuple) else (200, orjson.dumps(found))


def _nothing(request: Request) -> Any:
    return 404, b"{}"


@contextmanager
def other(**answers: Answer) -> Iterator[Other]:
    """Answers by path: `cgi_bin__gettoken` is `/cgi-bin/gettoken`."""
    paths = {
        "/" + name.replace("__", "/").replace("_", "-"): answer
        for name, answer in answers.items()
    }
    server = Other(paths)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            at = urlsplit(self.path)
            query = {name: said[0] for name, said in parse_qs(at.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = dict(self.headers.items())
            request = Request(self.command, at.path, query, headers, body)
            status, said = server.answer(request)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", said.decode())
                said = b""
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()
