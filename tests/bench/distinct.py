"""`python -m tests.bench.distinct COUNT`: so many different people attend in one community within a month.

How long metrics takes to fold that, how much memory and disk it holds, and how soon it then tells how many they are,
takes one of them back and lists them: all of it must cost what the answer costs, not what the crowd does.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from schemas.documents import Json
from services.kit.config import Settings
from services.kit.log import Event
from services.kit.store import Store
from services.kit.views import Overlay
from services.metrics.folds import FOLDS
from services.metrics.reckoning import values
from services.metrics.views import attendances
from services.xfh.commands.network import store_of

COMMUNITY, DISTRICT, MONTH = "510108002001", "510108", "2026-06"
A_SESSION = 5000
BATCH = 10_000
LIMIT_S = 600
ASKED = 50
OF_ACTIVITIES = FOLDS["activities"]


def apart(count: int) -> dict[str, Any]:
    """In a process of its own, whose memory is nobody else's."""
    print(f"{count:,} different people", file=sys.stderr)
    command = [sys.executable, "-m", "tests.bench.distinct", str(count)]
    told: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    )
    return told


def distinct(count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="xfh-distinct-") as name:
        settings = Settings(data=Path(name), store=f"sqlite:{name}")
        with store_of(settings, "metrics") as store:
            began = time.monotonic()
            for batch in _batches(count):
                _fold(store, batch)
                assert time.monotonic() - began < LIMIT_S, (
                    "this takes longer than it may"
                )
            took_s = time.monotonic() - began
            told = {"people": _unique(store), **_sizes(Path(name)), **_times(store)}
        assert told["people"] == count
        return {
            **told,
            "folded_s": round(took_s, 1),
            "attendances_per_second": round(count / took_s),
        }


def _batches(count: int) -> Iterator[list[Event]]:
    batch: list[Event] = []
    for seq, (type, data) in enumerate(_happens(count), 1):
        batch.append(
            Event(seq, f"E{seq}", type, f"activity/{data['activity']}", "", data, "")
        )
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _happens(count: int) -> Iterator[tuple[str, Json]]:
    """Sessions of five thousand, each attended by others."""
    for number in range(0, count, A_SESSION):
        of = {"activity": f"A{number}", "session": f"A{number}.1"}
        day = number // A_SESSION % 30 + 1
        times = {"starts_at": f"2026-06-{day:02}T01:00:00.000Z", "capacity": A_SESSION}
        about = {
            "host": "branch/B1",
            "cohosts": [],
            "title": "演示",
            "category": "文体",
            "community": COMMUNITY,
        }
        yield (
            "activity_published.v2",
            {**of, **about, "sessions": [{"session": of["session"], **times}]},
        )
        for person in range(number, min(number + A_SESSION, count)):
            yield (
                "checked_in.v1",
                {
                    **of,
                    "person": f"P{person}",
                    "at": times["starts_at"],
                    "way": "scanned",
                },
            )


def _fold(store: Store, events: list[Event]) -> None:
    begun, docs = store.views.begin("activities"), Overlay(store.views)
    for event in events:
        docs.fold(event, OF_ACTIVITIES)
    assert store.views.commit(begun, begun.position + len(events), docs.changed)


def _unique(store: Store) -> int:
    return int(values.of_scope(store.views, DISTRICT, MONTH)["unique_participants"])


def _sizes(folder: Path) -> dict[str, int]:
    status = Path(
        "/proc/self/status"
    ).read_text()  # `ru_maxrss` would count the process that started this one as well.
    peak_kb = int(status.partition("VmHWM:")[2].split()[0])
    return {
        "memory_mb": peak_kb // 1024,
        "disk_mb": sum(file.stat().st_size for file in folder.iterdir()) // 2**20,
    }


def _times(store: Store) -> dict[str, float]:
    chance = random.Random(960)
    page = {
        "scope": COMMUNITY,
        "period": MONTH,
        "figure": "unique_participants",
        "dimension": "all",
        "limit": 100,
    }
    question = {**page, "after": None}
    return {
        "query_ms": _ms(lambda: _unique(store)),
        "page_of_people_ms": _ms(lambda: attendances.by_person(store.views, question)),
        "page_of_sessions_ms": _ms(
            lambda: attendances.by_session(store.views, question)
        ),
        "retraction_ms": _ms(lambda: _take_back(store, chance)),
    }


def _take_back(store: Store, chance: random.Random) -> None:
    """One of the first session's people was not there after all, and then was."""
    person = f"P{chance.randrange(min(A_SESSION, _unique(store)))}"
    of = {
        "activity": "A0",
        "session": "A0.1",
        "person": person,
        "minutes": 0,
        "hours": "adjusted",
        "reason": "核对",
    }
    for attended in (False, True):
        seq = store.views.cursor("activities") + 1
        _fold(
            store,
            [
                Event(
                    seq,
                    f"E{seq}",
                    "hours_corrected.v1",
                    "activity/A0",
                    "",
                    {**of, "attended": attended},
                    "",
                )
            ],
        )


def _ms(do: Callable[[], object]) -> float:
    times = []
    for _ in range(ASKED):
        began = time.monotonic()
        do()
        times.append((time.monotonic() - began) * 1000)
    return round(median(times), 2)


if __name__ == "__main__":
    print(json.dumps(distinct(int(sys.argv[1])), indent=2))
