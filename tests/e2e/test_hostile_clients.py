"""Two hundred hostile connections beside somebody who signs people up: these notice little of it, in both modes."""

import itertools
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import quantiles

import pytest

from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.xfh.commands import divisions
from tests import servers
from tests.bench.signups import Signups
from tests.clocks import HUNG_S, pacing

CALM_S, ATTACKED_S = 2.0, 6.0
BOUND_S = 0.5  # On a quiet machine; so many times as long as everything else takes longer here and now.
SLOWER = 6  # Times as slow as alone, a moment before or after.
LEFT = re.compile(rb'\r\nRateLimit: "activities";r=(\d+)\r\n')
PLACES = re.compile(rb'\r\nRateLimit-Policy: "activities";q=(\d+);')


class WellBehaved:
    """Asks one thing after the other on one connection: a sign-up, the list of sessions, and what is open to all."""

    def __init__(self, platform: servers.Platform):
        self._signups = Signups(platform)
        self._activity = self._signups.activity()
        self._connection = socket.create_connection(platform.address, timeout=HUNG_S)
        self._questions = itertools.cycle(
            ["/api/v1/sessions", "/api/v1/divisions", "/healthz"]
        )
        self.taken: list[int] = []

    def asks(self, seconds: float) -> list[float]:
        """How long each answer took. Everything is answered, and nothing refused."""
        took: list[float] = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            _, request = self._signups.next_request(self._activity)
            took += [
                self._ask(request),
                self._ask(
                    f"GET {next(self._questions)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
                ),
            ]
            time.sleep(0.01)
        return took

    def close(self) -> None:
        self._signups.close()
        self._connection.close()

    def _ask(self, request: bytes) -> float:
        began = time.monotonic()
        self._connection.sendall(request)
        head = self._answer()
        took = time.monotonic() - began
        assert head.startswith(b"HTTP/1.1 20"), head
        if left := LEFT.search(head):
            (places,) = PLACES.findall(head)
            self.taken.append(int(places) - int(left[1]))
        return took

    def _answer(self) -> bytes:
        data = self._more()
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        (length,) = re.findall(rb"(?i)content-length: (\d+)", head)
        while len(body) < int(length):
            body += self._more()
        return head + b"\r\n"

    def _more(self) -> bytes:
        piece = self._connection.recv(65536)
        assert piece, "the connection of somebody well-behaved was closed"
        return piece


def p99(took: list[float]) -> float:
    return quantiles(took, n=100, method="inclusive")[98]


@contextmanager
def attacked(platform: servers.Platform) -> Iterator["subprocess.Popen[bytes]"]:
    token = tokens.issue(
        platform.settings, "hostile", [Role("resident", "510108")], hours=1
    )
    command = [
        sys.executable,
        "-m",
        "tests.e2e.hostile",
        str(platform.address[1]),
        token,
        str(ATTACKED_S + 1),
    ]
    crowd = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        yield crowd
    finally:
        crowd.kill()
        crowd.wait()


@pytest.fixture(params=["embedded", "rabbitmq"])
def platform(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[servers.Platform]:
    bus = (
        "local:" if request.param == "embedded" else request.getfixturevalue("rabbitmq")
    )
    divisions.load(Settings(data=tmp_path, store=f"sqlite:{tmp_path}"))
    with servers.platform(tmp_path, bus) as running:
        yield running


def test_beside_two_hundred_hostile_connections_one_is_answered_as_before(
    platform: servers.Platform,
) -> None:
    with closing(WellBehaved(platform)) as client, pacing() as pace:
        client.asks(0.5)
        calm = p99(client.asks(CALM_S))
        with attacked(platform) as crowd:
            time.sleep(1)  # Until all are there.
            client.taken.clear()
            attacked_p99 = p99(client.asks(ATTACKED_S - 1))
            told = json.loads(crowd.communicate(timeout=HUNG_S)[0])
            taken = max(client.taken)
        calm = max(calm, p99(client.asks(CALM_S)))
    print(
        f"p99 alone {calm * 1000:.0f} ms, attacked {attacked_p99 * 1000:.0f} ms, pace {pace.worst:.1f}",
        told,
    )
    assert attacked_p99 < max(BOUND_S * pace.worst, SLOWER * calm)
    assert taken <= 10, "sixty bodies are on their way, and hold no place"
    must_be_refused(told)


def must_be_refused(told: dict[str, dict[str, int]]) -> None:
    """Each was answered in its own way, and none with what it wanted."""
    assert set(told["slow_body_of_nobody"]) <= {"401", "ended"}
    assert set(told["hidden_request"]) <= {"401", "ended"}
    assert set(told["other_spellings"]) <= {"404", "ended"}
    assert set(told["huge"]) <= {"403", "413", "ended"}
    assert told["pipelining"]["200"] > 0
    for kind in ("slow_body_of_nobody", "hidden_request", "other_spellings"):
        assert sum(told[kind].values()) > told[kind].get("ended", 0), kind
    assert not [
        status
        for statuses in told.values()
        for status in statuses
        if status in ("500", "501")
    ]
