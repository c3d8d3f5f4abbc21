"""How soon what was acknowledged is in the district's figures."""

import json
import random
import threading
import time
from statistics import quantiles
from typing import Any

from services.kit.config import Settings
from services.kit.engine.tables import collections_of
from services.kit.store import open_store
from services.xfh import registry
from tests.bench import rush
from tests.bench.rush import Call
from tests.bench.signups import Signups

PER_SECOND = 200
LOOK_S = 0.005
SETTLED_S = 5.0


def freshness(signups: Signups, settings: Settings, seconds: float) -> dict[str, Any]:
    """200 sign-ups a second; for each, the time from its answer until the figures reflect its place in the log."""
    chance, session = random.Random(0), signups.activity()
    count = round(PER_SECOND * seconds)
    calls = [
        Call(at, *signups.next_request(session))
        for at in rush.spread(count, 0, seconds, chance)
    ]
    with _Watch(settings) as watch:
        came = rush.run(signups.address, calls)
        time.sleep(LOOK_S)
        last = max(_sequence(bodies) for bodies in came.answers.values())
        end = time.monotonic() + SETTLED_S
        while watch.seen[-1][0] < last:
            assert time.monotonic() < end, "the figures do not catch up"
            time.sleep(LOOK_S)
    lags = [
        watch.first_at(_sequence(came.answers[key])) - at
        for key, at in came.settled_at.items()
    ]
    cuts = quantiles((max(0.0, lag) * 1000 for lag in lags), n=100)
    return {
        "per_second": round(count / came.settled_s),
        "p50_ms": round(cuts[49]),
        "p99_ms": round(cuts[98]),
    }


def _sequence(bodies: set[bytes]) -> int:
    (body,) = bodies
    return int(json.loads(body)["event"]["sequence"])


class _Watch:
    """Looks again and again how far the metrics service has followed, and remembers when it came where."""

    def __init__(self, settings: Settings):
        self._store = open_store(
            settings.store, "metrics", collections_of(registry.load("metrics"))
        )
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.seen: list[tuple[int, float]] = []

    def __enter__(self) -> "_Watch":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._enough.set()
        self._thread.join()
        self._store.close()

    def first_at(self, sequence: int) -> float:
        return next(at for position, at in self.seen if position >= sequence)

    def _look(self) -> None:
        while not self._enough.wait(LOOK_S):
            position = self._store.views.cursor("activities")
            if not self.seen or position > self.seen[-1][0]:
                self.seen.append((position, time.monotonic()))
