"""How many a second: the platform beside its two baselines, in interleaved rounds with the same load."""

import itertools
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from tests import servers
from tests.bench import load
from tests.bench.signups import Requests, Signups

CONNECTIONS = 16
ACTIVITIES = 8
FEW = 100
ASKED, AT_ONCE = 200, 20


@dataclass(frozen=True)
class Target:
    """What is asked of whom. `requests` is called before each round, and may prepare something."""

    name: str
    address: servers.Address
    requests: Callable[[], Requests]


def targets(
    bare: servers.Address, stock: servers.Address, modes: dict[str, Signups]
) -> list[Target]:
    return [
        Target("bare POST", bare, lambda: _plain),
        Target("stock POST", stock, lambda: _plain),
        *(
            Target(f"{name} POST", signups.address, partial(_to_new, signups))
            for name, signups in modes.items()
        ),
        Target("stock GET", stock, lambda: _first),
        *(
            Target(f"{name} GET", signups.address, partial(_of_new, signups))
            for name, signups in modes.items()
        ),
    ]


def rates(targets: list[Target], rounds: int, seconds: float) -> list[dict[str, Any]]:
    """Medians over the rounds, with the ratio to the bare handler and to stock nameko doing the same."""
    results: dict[str, list[load.Result]] = {target.name: [] for target in targets}
    for number in range(rounds):
        for target in targets:
            print(f"round {number + 1} of {rounds}: {target.name}", file=sys.stderr)
            results[target.name].append(
                load.run(target.address, seconds, target.requests(), CONNECTIONS)
            )
    speed = {
        name: median(run.per_second for run in runs) for name, runs in results.items()
    }
    return [
        {
            "name": name,
            "per_second": round(speed[name]),
            "to_bare": round(speed[name] / speed["bare POST"], 2),
            "to_stock": round(speed[name] / speed[f"stock {name.split()[1]}"], 2),
            "p50_ms": round(median(run.percentile_ms(50) for run in runs), 1),
            "p99_ms": round(median(run.percentile_ms(99) for run in runs), 1),
            "errors": sum(run.errors for run in runs),
            "runs": [round(run.per_second) for run in runs],
        }
        for name, runs in results.items()
    ]


def growth(signups: Signups, many: int) -> dict[str, float]:
    """The median time of one sign-up, alone on the platform, to a session with few and one with many already in it.

    Half of them are seated. Both are asked in turn, so that what else the machine does meets both alike.
    """
    sessions = {size: signups.activity(size // 2) for size in (FEW, many)}
    times: dict[int, list[float]] = {size: [] for size in sessions}
    for size, session in sessions.items():
        _ask_all(signups, session, size)
    for _ in range(ASKED // AT_ONCE):
        for size in (FEW, many):
            times[size] += _ask_all(signups, sessions[size], AT_ONCE, connections=1)
    return {f"p50_ms_at_{size}": round(median(times[size]), 2) for size in (FEW, many)}


def _ask_all(
    signups: Signups, activity: str, count: int, connections: int = 4
) -> list[float]:
    each = count // connections

    def requests(connection: int) -> Iterator[load.Request]:
        return itertools.islice(signups.to([activity])(connection), each)

    return load.run(signups.address, 600, requests, connections).latencies_ms


def _to_new(signups: Signups) -> Requests:
    return signups.to([signups.activity() for _ in range(ACTIVITIES)])


def _of_new(signups: Signups) -> Requests:
    """Anybody looking at one of some activities."""
    looks = [
        load.get(f"/api/v1/activities/{signups.activity()}") for _ in range(ACTIVITIES)
    ]
    return lambda connection: itertools.cycle(looks)


NUMBERS = itertools.count()


def _plain(connection: int) -> Iterator[load.Request]:
    for number in NUMBERS:
        body = json.dumps({"party": [{"person": f"bench-{number}"}]}).encode()
        yield load.post("/signups", body, {})


def _first(connection: int) -> Iterator[load.Request]:
    return itertools.repeat(load.get("/signups/1"))
