"""`make bench`: sign-ups a second through HTTP, embedded and on RabbitMQ, beside a bare handler, in interleaved rounds.

Prints a table and writes `build/bench.json`. `QUICK=1` makes fewer and shorter rounds.
"""

import itertools
import json
import os
import platform as machine
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from schemas.fields import instant
from services.commands import divisions
from services.kit.config import Settings
from tests import rabbit, servers
from tests.bench import load
from tests.bench.signups import Requests, Signups

CONNECTIONS = 16
ACTIVITIES = 8
OUT = Path("build/bench.json")
FEW, MANY = 100, 10_000
ASKED, AT_ONCE = 200, 20

Target = tuple[servers.Address, Callable[[], Requests]]


def _to_new_activities(signups: Signups) -> Requests:
    return signups.to([signups.activity() for _ in range(ACTIVITIES)])


def bare_requests(connection: int) -> Iterator[load.Request]:
    for number in itertools.count():
        body = json.dumps({"party": [{"person": f"bench-{connection}-{number}"}]}).encode()
        yield load.post("/signups", body, {})


def main(quick: bool) -> int:
    rounds, seconds = (2, 2.0) if quick else (5, 6.0)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xfh-bench-")))
        broker = stack.enter_context(rabbit.broker())
        targets: dict[str, Target] = {
            "bare": (stack.enter_context(servers.bare(folder, 2 * CONNECTIONS)), lambda: bare_requests)
        }
        signups = {}
        for name, bus in (("embedded", "local:"), ("rabbitmq", broker)):
            divisions.load(Settings(data=folder / name, store=f"sqlite:{folder / name}"))
            platform = stack.enter_context(servers.platform(folder / name, bus))
            signups[name] = Signups(platform)
            targets[name] = (platform.address, partial(_to_new_activities, signups[name]))
        results = _rounds(targets, rounds, seconds)
        report: dict[str, Any] = {"machine": _machine(), "rows": _rows(results), "growth": _growth(signups["embedded"])}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(report, ensure_ascii=False, indent=2))
    _print(report)
    return int(any(row["errors"] for row in report["rows"]))


def _rounds(targets: dict[str, Target], rounds: int, seconds: float) -> dict[str, list[load.Result]]:
    results: dict[str, list[load.Result]] = {name: [] for name in targets}
    for number in range(rounds):
        for name, (address, requests) in targets.items():
            print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr)
            results[name].append(load.run(address, seconds, requests(), CONNECTIONS))
    return results


def _rows(results: dict[str, list[load.Result]]) -> list[dict[str, Any]]:
    bare = median(result.per_second for result in results["bare"])
    return [
        {
            "name": name,
            "per_second": round(median(result.per_second for result in runs)),
            "ratio_to_bare": round(median(result.per_second for result in runs) / bare, 2),
            "p50_ms": round(median(result.percentile_ms(50) for result in runs), 1),
            "p99_ms": round(median(result.percentile_ms(99) for result in runs), 1),
            "errors": sum(result.errors for result in runs),
            "runs": [round(result.per_second) for result in runs],
        }
        for name, runs in results.items()
    ]


def _growth(signups: Signups) -> dict[str, float]:
    """The median time of one sign-up, alone on the platform, to a session with few and one with many already in it.

    Half of them are seated. Both are asked in turn, so that what else the machine does meets both alike.
    """
    sessions = {size: signups.activity(size // 2) for size in (FEW, MANY)}
    times: dict[int, list[float]] = {size: [] for size in sessions}
    for size, session in sessions.items():
        _ask_all(signups, session, size)
    for _ in range(ASKED // AT_ONCE):
        for size in (FEW, MANY):
            times[size] += _ask_all(signups, sessions[size], AT_ONCE, connections=1)
    return {f"p50_ms_at_{size}": round(median(times[size]), 2) for size in (FEW, MANY)}


def _ask_all(signups: Signups, activity: str, count: int, connections: int = 4) -> list[float]:
    each = count // connections

    def requests(connection: int) -> Iterator[load.Request]:
        return itertools.islice(signups.to([activity])(connection), each)

    return load.run(signups.address, 600, requests, connections).latencies_ms


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "python": machine.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in ("gunicorn", "Flask", "nameko", "kombu")},
        "connections": CONNECTIONS,
        "at": instant(datetime.now(UTC)),
    }


def _print(report: dict[str, Any]) -> None:
    print(f"{'':10} {'per second':>10} {'÷ bare':>7} {'p50 ms':>7} {'p99 ms':>7} {'errors':>7}")
    for row in report["rows"]:
        print(
            f"{row['name']:10} {row['per_second']:>10} {row['ratio_to_bare']:>7} "
            f"{row['p50_ms']:>7} {row['p99_ms']:>7} {row['errors']:>7}"
        )
    print(", ".join(f"{name} {value}" for name, value in report["growth"].items()))


if __name__ == "__main__":
    sys.exit(main(quick=os.environ.get("QUICK") == "1"))
