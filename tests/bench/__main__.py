"""`make bench`: how fast, how much at once, how soon, how long, beside two baselines, and the report of it.

Writes `build/bench.json` and `docs/benchmarks.md`. `QUICK=1` makes fewer and shorter rounds, smaller rushes and a short
history, and leaves the report alone. `python -m tests.bench visits` is an evening at the doors by itself.
"""

import json
import os
import platform as machine
import sqlite3
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from schemas.fields import instant
from services.kit.config import Settings
from services.xfh.commands import divisions
from tests import rabbit, servers
from tests.bench import distinct, report, visits
from tests.bench.freshness import freshness
from tests.bench.idle import idle
from tests.bench.mixed import mixed
from tests.bench.rates import CONNECTIONS, growth, rates, targets
from tests.bench.replay import replay
from tests.bench.rushes import door, rush_a, rush_b
from tests.bench.searching import searching
from tests.bench.signups import Signups

OUT = Path("build/bench.json")


def main(quick: bool) -> int:
    rounds, seconds, share, many = (
        (2, 0.7, 0.03, 1000) if quick else (5, 5.0, 1.0, 10_000)
    )
    histories = (20_000,) if quick else (100_000, 1_000_000, 4_000_000)
    crowds = (5_000,) if quick else (10_000, 1_000_000)
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="xfh-bench-"))
        )
        broker = stack.enter_context(rabbit.broker())
        bare = stack.enter_context(servers.bare(folder, 2 * CONNECTIONS))
        stock = stack.enter_context(servers.stock(folder, broker))
        platforms: dict[str, servers.Platform] = {}
        started: list[dict[str, Any]] = []
        for name, bus in (("embedded", "local:"), ("RabbitMQ", broker)):
            divisions.load(
                Settings(data=folder / name, store=f"sqlite:{folder / name}")
            )
            starts = time.monotonic()
            platforms[name] = stack.enter_context(servers.platform(folder / name, bus))
            ready_s = round(time.monotonic() - starts, 1)
            started.append(
                {
                    "name": name,
                    "ready_s": ready_s,
                    "idle_mb": platforms[name].resident_mb(),
                    "busy_mb": 0,
                }
            )
        at_rest = idle(platforms, share)
        modes = {name: Signups(platform) for name, platform in platforms.items()}
        measured: dict[str, Any] = {
            "machine": _machine(),
            "rates": rates(targets(bare, stock, modes), rounds, seconds),
            "mixed": mixed(modes, platforms, rounds, seconds),
            "growth": growth(modes["embedded"], many),
            "started": started,
        }
        for row, platform in zip(started, platforms.values(), strict=True):
            row["busy_mb"] = platform.resident_mb()
            row["idle_percent"] = at_rest[row["name"]]
        settings = platforms["RabbitMQ"].settings
        measured["freshness"] = freshness(
            modes["RabbitMQ"], settings, max(2.0, 15 * share)
        )
        measured["rushes"] = []
        for title, play in (("Rush A", rush_a), ("Rush B", rush_b), ("Door", door)):
            for name, signups in modes.items():
                print(f"{title}, {name}", file=sys.stderr)
                row = partial(play, signups, platforms[name].settings)(share)
                measured["rushes"].append({"name": f"{title}, {name}", **row})
    measured["replays"] = [replay(count) for count in histories]
    measured["distinct"] = [distinct.apart(count) for count in crowds]
    measured["searching"] = searching(many * 10)
    measured["took_s"] = round(time.monotonic() - began)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(measured, ensure_ascii=False, indent=2))
    text = report.of(measured)
    print(text)
    if not quick:
        report.AT.write_text(text)
    return int(bool(report.broken(measured)))


def _machine() -> dict[str, Any]:
    return {
        "at": instant(datetime.now(UTC)),
        "cores": os.cpu_count(),
        "python": machine.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{
            name: version(name)
            for name in ("gunicorn", "gevent", "Flask", "nameko", "kombu")
        },
    }


if __name__ == "__main__":
    asked = visits.main if sys.argv[1:] == ["visits"] else main
    sys.exit(asked(quick=os.environ.get("QUICK") == "1"))
