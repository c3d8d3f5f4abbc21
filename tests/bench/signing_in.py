"""`python -m tests.bench.signing_in`: what others notice of twenty who sign in at once.

Others ask the list of activities, one after the other, for as long as the twenty wait; and for as long without them,
so that both p99 are of the same machine at the same time. Three times: more tries an address does not have.
"""

import http.client
import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from tests import servers
from tests.clocks import HUNG_S

Samples = tuple[list[float], list[float]]
AT_ONCE, TURNS = 20, 3
HEADERS = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
ASKED = "/api/v1/activities"


def sign_in(at: servers.Address, number: int, statuses: list[int]) -> None:
    """A number of nobody's costs as much as any other."""
    said = {"phone": f"137{number:08}", "password": "not the password 42"}
    with closing(http.client.HTTPConnection(*at, timeout=HUNG_S)) as line:
        line.request("POST", "/sign-in/password", json.dumps(said), HEADERS)
        answer = line.getresponse()
        answer.read()
        statuses.append(answer.status)


def crowd(at: servers.Address, turn: int, statuses: list[int]) -> list[Thread]:
    numbers = range(turn * AT_ONCE, (turn + 1) * AT_ONCE)
    return [Thread(target=sign_in, args=(at, number, statuses)) for number in numbers]


def asked_while(going: Callable[[], bool], at: servers.Address) -> list[float]:
    """How long each answer took, in milliseconds."""
    took: list[float] = []
    with closing(http.client.HTTPConnection(*at, timeout=HUNG_S)) as line:
        while going():
            began = time.monotonic()
            line.request("GET", ASKED)
            line.getresponse().read()
            took.append((time.monotonic() - began) * 1000)
    return took


def turn(at: servers.Address, number: int, statuses: list[int]) -> Samples:
    """Beside the twenty, and then for as long without them."""
    threads = crowd(at, number, statuses)
    began = time.monotonic()
    for thread in threads:
        thread.start()
    beside = asked_while(lambda: any(one.is_alive() for one in threads), at)
    end = time.monotonic() + time.monotonic() - began
    return beside, asked_while(lambda: time.monotonic() < end, at)


def p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


def main() -> None:
    alone: list[float] = []
    beside: list[float] = []
    statuses: list[int] = []
    with (
        TemporaryDirectory() as name,
        servers.platform(Path(name), "local:") as running,
    ):
        for number in range(TURNS):
            with_them, without = turn(running.address, number, statuses)
            beside += with_them
            alone += without
    figures = {"alone_p99_ms": p99(alone), "beside_p99_ms": p99(beside)}
    counts = {"alone": len(alone), "beside": len(beside), "sign_ins": statuses}
    sys.stdout.write(json.dumps(figures | counts) + "\n")


if __name__ == "__main__":
    main()
