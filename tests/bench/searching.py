"""`python -m tests.bench.searching COUNT [MONGODB-URL]`: how soon words are found among so many activities.

Folds invented activities into a store, SQLite's where no URL is given, with the words of none of them looked after and
then of all, which tells what that costs; then asks `list_activities` for pages of twenty.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from schemas.activities.postings import ListActivities
from schemas.documents import Json
from schemas.fields import instant
from services.activities.folds import COLLECTIONS, FOLDS
from services.activities.views import postings
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked
from services.kit.log import Event
from services.kit.store import Store, open_store
from services.kit.views import Overlay
from tests.examples.activities import CONTENT

NOW = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
WORDS = (
    "社区",
    "邻里",
    "端午",
    "包粽子",
    "亲子",
    "阅读",
    "义诊",
    "讲座",
    "老人",
    "反诈",
    "市集",
    "健康",
    "手工",
    "花艺",
)
RARE = "龘"  # In one of ten thousand.
BATCH = 160  # Some 500 events, as a rebuild folds at once.
ASKED = 15
RESIDENT = Asked(Actor("R1", (Role("resident", "510108"),)), NOW, "")
QUESTIONS: dict[str, Json] = {
    "common word": {"text": "社区"},
    "two words": {"text": "端午 义诊"},
    "long text": {"text": "社区端午包粽子"},
    "rare character": {"text": RARE},
    "single character": {"text": "老"},
    "no hit": {"text": "烟花爆竹"},
    "common word, one community": {"text": "社区", "division": "510108002007"},
    "common word, a state none has": {"text": "社区", "state": "archived"},
    "upcoming": {"since": instant(NOW)},
    "upcoming, of a kind, three seats free": {
        "since": instant(NOW),
        "free": 3,
        "category": "义诊",
    },
    "upcoming, a state none has": {"since": instant(NOW), "state": "archived"},
}


def searching(count: int, url: str = "") -> dict[str, Any]:
    """`folding`: events a second and size without and with the words looked after; `pages`: a row for each question."""
    print(f"words among {count:,} activities", file=sys.stderr)
    told: dict[str, Any] = {"activities": count}
    pages: list[dict[str, Any]] = []
    for kind in ("unsearched", "searched"):
        with tempfile.TemporaryDirectory(prefix="xfh-searching-") as name:
            place = f"{url.rstrip('/')}/{Path(name).name}" if url else f"sqlite:{name}"
            store = _store(place, searched=kind == "searched")
            told[f"{kind}_per_second"] = round(3 * count / _folded_s(store, count))
            told[f"{kind}_mb"] = (
                sum(file.stat().st_size for file in Path(name).iterdir()) // 2**20
            )
            if kind == "searched":
                pages = [
                    {"asked": name, **_asked(store, said)}
                    for name, said in QUESTIONS.items()
                ]
            store.close()
    return {"folding": told, "pages": pages}


def _folded_s(store: Store, count: int) -> float:
    began = time.monotonic()
    for batch in _batches(count):
        _fold(store, batch)
    return time.monotonic() - began


def _store(url: str, *, searched: bool) -> Store:
    collections = (
        COLLECTIONS
        if searched
        else tuple(replace(one, searched=()) for one in COLLECTIONS)
    )
    return open_store(url, "activities", collections)


def _batches(count: int) -> Iterator[list[Event]]:
    luck, seq = random.Random(1), 0
    for first in range(0, count, BATCH):
        batch: list[Event] = []
        for number in range(first, min(first + BATCH, count)):
            for type, data in _life(luck, f"A{number:07}"):
                seq += 1
                batch.append(
                    Event(
                        seq,
                        f"E{seq}",
                        type,
                        f"activity/{data['activity']}",
                        instant(NOW),
                        data,
                        "",
                    )
                )
        yield batch


def _life(luck: random.Random, id: str) -> Iterator[tuple[str, Json]]:
    title = "".join(luck.sample(WORDS, 3)) + (RARE if luck.random() < 0.0001 else "")
    starts = NOW + timedelta(hours=luck.randint(-8000, 8000))
    times = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "cutoff": starts,
    }
    session = {"session": f"{id}.1", "place": "活动室", "capacity": luck.randint(1, 30)}
    said = {
        "title": title,
        "summary": "，".join(luck.sample(WORDS, 8)),
        "community": _community(luck),
    }
    content = {
        **CONTENT,
        **said,
        "activity": id,
        "category": luck.choice(("义诊", "助老", "文体")),
    }
    content["sessions"] = [
        {**session, **{name: instant(moment) for name, moment in times.items()}}
    ]
    yield "activity_drafted.v2", content
    yield "activity_published.v2", content
    yield "activity_opened.v1", {"activity": id}


def _community(luck: random.Random) -> str:
    return f"510108002{luck.randint(1, 83):03}"


def _fold(store: Store, events: list[Event]) -> None:
    begun, docs = store.views.begin("activities"), Overlay(store.views)
    for event in events:
        docs.fold(event, FOLDS["activities"])
    assert store.views.commit(begun, begun.position + len(events), docs.changed)


def _asked(store: Store, said: Json) -> dict[str, Any]:
    """The first page: how many are on it, how long it takes at the median and at the most."""
    question = ListActivities().load(said)
    found: Json = {}

    def ask() -> None:
        found.update(postings.find(store.views, question, RESIDENT))

    times = sorted(_ms(ask) for _ in range(ASKED))
    return {
        "items": len(found["items"]),
        "p50_ms": round(median(times), 1),
        "most_ms": round(times[-1], 1),
    }


def _ms(do: Callable[[], object]) -> float:
    began = time.monotonic()
    do()
    return (time.monotonic() - began) * 1000


if __name__ == "__main__":
    print(
        json.dumps(
            searching(int(sys.argv[1]), *sys.argv[2:]), ensure_ascii=False, indent=1
        )
    )
