"""The load: plain sockets that keep one HTTP/1.1 connection each, in one thread that does as little else as possible.

Threads would wait for each other, and count that as the server's time.
"""

import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import quantiles

Request = bytes
PATIENCE_S = 30


@dataclass
class Result:
    """What came of one run: how many answers of each status, and how long each took."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    latencies_ms: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        good = sum(count for status, count in self.statuses.items() if status < 300)
        return good / self.seconds

    def percentile_ms(self, percent: int) -> float:
        return quantiles(self.latencies_ms, n=100)[percent - 1]

    @property
    def errors(self) -> int:
        return sum(count for status, count in self.statuses.items() if status >= 300)

    def add(self, status: int, seconds: float) -> None:
        self.latencies_ms.append(seconds * 1000)
        self.statuses[status] = self.statuses.get(status, 0) + 1


def post(path: str, body: bytes, headers: dict[str, str]) -> Request:
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: bench",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def get(path: str) -> Request:
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()


def run(
    address: tuple[str, int],
    seconds: float,
    requests: Callable[[int], Iterator[Request]],
    connections: int,
) -> Result:
    """Asks on `connections` at once for `seconds`; `requests(n)` gives the n-th connection's requests."""
    result, start = Result(), time.monotonic()
    asking = [_Asking(address, requests(number)) for number in range(connections)]
    with selectors.DefaultSelector() as selector:
        for one in asking:
            if one.ask():
                selector.register(one.connection, selectors.EVENT_READ, one)
        while selector.get_map():
            for one in _answered(selector):
                if one.hear(result) and not one.ask(start + seconds):
                    selector.unregister(one.connection)
    for one in asking:
        one.connection.close()
    result.seconds = time.monotonic() - start
    return result


def _answered(selector: selectors.BaseSelector) -> Iterator["_Asking"]:
    ready = selector.select(PATIENCE_S)
    if not ready:
        raise TimeoutError(f"nobody has been answered for {PATIENCE_S} s")
    return (key.data for key, _ in ready)


class _Asking:
    """One connection, and what is asked on it, one after the other."""

    def __init__(self, address: tuple[str, int], requests: Iterator[Request]):
        self.connection = socket.create_connection(address, timeout=PATIENCE_S)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = requests
        self._heard = b""
        self._began = 0.0

    def ask(self, end: float = float("inf")) -> bool:
        """Whether there was something more to ask, and time for it."""
        request = next(self._requests, None)
        self._began = time.monotonic()
        if request is None or self._began >= end:
            return False
        self.connection.sendall(request)
        return True

    def hear(self, result: Result) -> bool:
        """Takes what has come, and says whether that was the end of an answer."""
        more = self.connection.recv(65536)
        if not more:
            raise ConnectionError(
                "the server closed the connection in the middle of an answer"
            )
        self._heard += more
        status = _whole(self._heard)
        if status is None:
            return False
        result.add(status, time.monotonic() - self._began)
        self._heard = b""
        return True


def _whole(answer: bytes) -> int | None:
    """Its status, once all of it is there."""
    head, ended, body = answer.partition(b"\r\n\r\n")
    if not ended:
        return None
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    return int(head.split(b" ", 2)[1]) if len(body) >= length else None
