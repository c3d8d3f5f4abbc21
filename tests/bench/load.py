"""The load: plain sockets that keep one HTTP/1.1 connection each and do as little else as possible."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import quantiles

Request = bytes


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
    results = [Result() for _ in range(connections)]
    start = time.monotonic()
    threads = [
        threading.Thread(
            target=_ask, args=(address, start + seconds, requests(number), result)
        )
        for number, result in enumerate(results)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Result(seconds=time.monotonic() - start)
    for result in results:
        whole.latencies_ms += result.latencies_ms
        for status, count in result.statuses.items():
            whole.statuses[status] = whole.statuses.get(status, 0) + count
    return whole


def _ask(
    address: tuple[str, int], end: float, requests: Iterator[Request], result: Result
) -> None:
    with socket.create_connection(address, timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for request in requests:
            began = time.monotonic()
            if began >= end:
                return
            connection.sendall(request)
            status = _answer(connection)
            result.latencies_ms.append((time.monotonic() - began) * 1000)
            result.statuses[status] = result.statuses.get(status, 0) + 1


def _answer(connection: socket.socket) -> int:
    """Reads one whole answer and returns its status."""
    data = connection.recv(65536)
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    while len(body) < length:
        body += _more(connection)
    return int(head.split(b" ", 2)[1])


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionError(
            "the server closed the connection in the middle of an answer"
        )
    return data
