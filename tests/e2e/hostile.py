"""Two hundred connections that mean no good, in a process of their own: `… -m tests.e2e.hostile PORT TOKEN SECONDS`.

Writes how many of each kind were answered, by status. None of them floods: they try what they can hold, and what small
thing costs much, and leave the machine to others.
"""

import json
import random
import re
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable

from tests.e2e.bombs import BOMBS

PACE_S = 1.0
STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Attack = Callable[["Hostile"], None]


class Hostile:
    """One of them: asks `again` as long as it may, on a new connection whenever the old one is closed."""

    def __init__(self, port: int, token: str, end: float):
        self._port, self._end = port, end
        self.authorization = f"Authorization: Bearer {token}\r\n"
        self.statuses: Counter[str] = Counter()

    def keep_at_it(self, attack: Attack) -> None:
        while time.monotonic() < self._end:
            try:
                with socket.create_connection(
                    ("127.0.0.1", self._port), timeout=2
                ) as self.connection:
                    attack(self)
            except OSError:
                self.statuses["ended"] += 1
            time.sleep(PACE_S * (1 + random.random()))

    def send(self, sent: bytes) -> None:
        self.connection.sendall(sent)

    def trickle(self, sent: bytes) -> None:
        """A byte at a time, until it is enough for the other side."""
        for byte in sent:
            if time.monotonic() > self._end:
                return
            self.send(bytes([byte]))
            time.sleep(PACE_S * random.random())

    def hear(self) -> None:
        heard = self.connection.recv(1_000_000)
        self.statuses.update(found.decode() for found in STATUS.findall(heard))


def post(
    path: str, length: int | None, more: str = "", kind: str = "application/json"
) -> bytes:
    framing = (
        "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    )
    return f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n{more}{framing}\r\n\r\n".encode()


def slow_head(one: Hostile) -> None:
    one.trickle(b"GET /api/v1/activities HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 1000)


def silence(one: Hostile) -> None:
    one.send(b"GET /api/v1/activities HTTP/1.1\r\nHost: x\r\n")
    one.connection.settimeout(60)
    one.hear()


def slow_body_of_nobody(one: Hostile) -> None:
    one.send(post("/api/v1/activities/A1/signups", 100_000))
    one.hear()
    one.trickle(b"{" + b" " * 100_000)


def slow_body(one: Hostile) -> None:
    one.send(post("/api/v1/activities/A1/signups", 100_000, one.authorization))
    one.trickle(b"{" + b" " * 100_000)


def chunks_without_end(one: Hostile) -> None:
    one.send(post("/api/v1/activities/A1/signups", None, one.authorization))
    for _ in range(1000):
        one.send(b"1\r\n \r\n" * 50)
        time.sleep(PACE_S)


def pipelining(one: Hostile) -> None:
    one.send(b"GET /api/v1/divisions HTTP/1.1\r\nHost: x\r\n\r\n" * 10)
    one.hear()


def hidden_request(one: Hostile) -> None:
    hidden = b"GET /api/v1/activities HTTP/1.1\r\nHost: x\r\n\r\n" * 20
    one.send(post("/api/v1/needs", len(hidden)) + hidden)
    one.hear()


def other_spellings(one: Hostile) -> None:
    for path in (
        "//api/v1/activities",
        "/api//v1/sessions",
        "/api/v1/./activities",
        "/api/v1%2Factivities",
    ):
        one.send(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        one.hear()


def huge(one: Hostile) -> None:
    one.send(post("/api/v1/imports/needs", 30_000_000, one.authorization, XLSX))
    for _ in range(50):
        one.send(b"PK" * 20_000)
    one.hear()


def bomb(one: Hostile) -> None:
    sent = random.choice(BOMBS)
    one.send(post("/api/v1/imports/needs", len(sent), one.authorization, XLSX) + sent)
    one.hear()


def never_reading(one: Hostile) -> None:
    one.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.send(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
    time.sleep(60)


CROWD: dict[Attack, int] = {
    slow_head: 40, silence: 20, slow_body_of_nobody: 20, slow_body: 40, chunks_without_end: 20, pipelining: 10,
    hidden_request: 10, other_spellings: 10, huge: 10, bomb: 10, never_reading: 10,
}  # fmt: skip


def main(port: int, token: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    crowd = [
        (attack, Hostile(port, token, end))
        for attack, many in CROWD.items()
        for _ in range(many)
    ]
    threads = [
        threading.Thread(target=one.keep_at_it, args=(attack,), daemon=True)
        for attack, one in crowd
    ]
    for thread in threads:
        thread.start()
        time.sleep(PACE_S / len(threads))
    for thread in threads:
        thread.join(max(0.0, end + 1 - time.monotonic()))
    told: dict[str, Counter[str]] = {attack.__name__: Counter() for attack in CROWD}
    for attack, one in crowd:
        told[attack.__name__].update(one.statuses)
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
