"""What a day is made of: nine looks to one sign-up; and what one sign-up costs when nobody else is there."""

import itertools
import sys
from collections.abc import Iterator
from statistics import median
from typing import Any

from tests import servers
from tests.bench import load
from tests.bench.rates import ACTIVITIES, CONNECTIONS
from tests.bench.signed_in import Headers
from tests.bench.signups import Requests, Signups

LOOKS = 9
ALONE = 200


def mixed(
    modes: dict[str, Signups],
    platforms: dict[str, servers.Platform],
    rounds: int,
    seconds: float,
) -> list[dict[str, Any]]:
    """By mode, with the processor's time of all the platform's processes for one answer."""
    runs: dict[str, list[dict[str, float]]] = {}
    for number, (mode, signups) in itertools.product(range(rounds), modes.items()):
        print(
            f"round {number + 1} of {rounds}: {mode}, mixed and alone", file=sys.stderr
        )
        activities = [signups.activity() for _ in range(ACTIVITIES)]
        together = _Run(
            f"{mode}, nine looks to one sign-up",
            _nine_to_one(signups, activities),
            CONNECTIONS,
        )
        alone = (
            _Run(f"{mode}, {name}", _some(signups.to(activities, way)), 1)
            for name, way in _one_by_one(signups).items()
        )
        for run in (together, *alone):
            runs.setdefault(run.name, []).append(run.measured(platforms[mode], seconds))
    return [{"name": name, **_medians(of_one)} for name, of_one in runs.items()]


class _Run:
    def __init__(self, name: str, requests: Requests, connections: int):
        self.name, self._requests, self._connections = name, requests, connections

    def measured(self, platform: servers.Platform, seconds: float) -> dict[str, float]:
        before = platform.cpu_ms()
        result = load.run(platform.address, seconds, self._requests, self._connections)
        cpu_ms = (platform.cpu_ms() - before) / len(result.latencies_ms)
        times = {
            f"p{percent}_ms": result.percentile_ms(percent) for percent in (50, 99)
        }
        return {
            "per_second": result.per_second,
            **times,
            "cpu_ms": cpu_ms,
            "errors": result.errors,
        }


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    middle = {name: median(run[name] for run in runs) for name in runs[0]}
    whole = {name: round(middle[name]) for name in ("per_second",)}
    fine = {name: round(middle[name], 2) for name in ("p50_ms", "p99_ms", "cpu_ms")}
    return {**whole, **fine, "errors": int(sum(run["errors"] for run in runs))}


def _nine_to_one(signups: Signups, activities: list[str]) -> Requests:
    """Each connection looks at the list once, then at single activities, and signs somebody up to one of them."""

    def requests(connection: int) -> Iterator[load.Request]:
        ones = itertools.cycle(
            load.get(f"/api/v1/activities/{activity}") for activity in activities
        )
        for to_sign_up in signups.to(activities)(connection):
            yield load.get("/api/v1/activities")
            yield from itertools.islice(ones, LOOKS - 1)
            yield to_sign_up

    return requests


def _one_by_one(signups: Signups) -> dict[str, Headers | None]:
    ways = {f"one by one, {name}": way for name, way in signups.ways.items()}
    return {"sign-ups one by one": None, **ways}


def _some(requests: Requests) -> Requests:
    return lambda connection: itertools.islice(requests(connection), ALONE)
