"""A long history made up: activities from draft to close, written straight into the log in the events' own words."""

import itertools
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from schemas.documents import Json
from schemas.fields import instant
from services.kit.log import Event
from services.kit.store import Store

SEED = 960
BATCH = 5000
SEATS = 45
CATEGORIES = ("文体", "公益", "教育", "健康", "便民")
FIRST_DAY = datetime(2024, 1, 1, 1, tzinfo=UTC)
DAYS = 1000
PEOPLE = 600_000
LONG_AGO = instant(FIRST_DAY)
TRACE = "00-00000000000000000000000000000000-0000000000000000-00"


def write(store: Store, count: int, communities: list[str]) -> int:
    """Appends at least `count` events to an empty log; returns how many people attended, counted each time."""
    attended = 0
    events: list[Event] = []
    seq = 0
    for activity in itertools.count():
        if seq >= count:
            break
        for version, (type, data) in enumerate(_life(activity, communities), 1):
            seq += 1
            attended += type == "checked_in.v1"
            stream = f"activity/{data['activity']}"
            events.append(
                Event(
                    seq,
                    f"E{seq}",
                    type,
                    stream,
                    instant(FIRST_DAY),
                    data,
                    TRACE,
                    version,
                    f"bench:{seq}",
                    "",
                    "bench",
                )
            )
        if len(events) >= BATCH:
            assert store.log.append(events) == len(events)
            events.clear()
    assert store.log.append(events) == len(events)
    return attended


def _life(number: int, communities: list[str]) -> Iterator[tuple[str, Json]]:
    """The events of one activity: drafted, published, opened, 45 sign up, most come, most leave, some rate."""
    chance = random.Random(SEED + number)
    community = chance.choice(communities)
    starts = FIRST_DAY + timedelta(days=number % DAYS, hours=number % 9)
    activity, session = f"A{number:08}", f"A{number:08}.1"
    of = {"activity": activity, "session": session}
    content = {
        **of,
        "host": f"community/{community}",
        "title": f"活动{number}",
        "category": chance.choice(CATEGORIES),
        "community": community,
        "place": "广场",
        "starts_at": instant(starts),
        "ends_at": instant(starts + timedelta(hours=2)),
        "cutoff": instant(starts),
        "capacity": SEATS,
    }
    yield "activity_drafted.v1", content
    yield "activity_published.v1", content
    yield "activity_opened.v1", {"activity": activity}
    people = [f"P{chance.randrange(PEOPLE)}" for _ in range(SEATS)]
    people = list(dict.fromkeys(people))
    for ticket, person in enumerate(people, 1):
        yield "signup_confirmed.v1", {
            **of, "signup": f"S{number:08}-{ticket:02}", "by": person, "ticket": ticket,
            "party": [{"person": person, "relation": "self"}],
        }  # fmt: skip
    came = people[: round(len(people) * 0.8)]
    for person in came:
        yield (
            "checked_in.v1",
            {**of, "person": person, "at": instant(starts), "way": "scanned"},
        )
    for person in came[::2]:
        told = {
            "at": instant(starts + timedelta(hours=1)),
            "way": "scanned",
            "minutes": 60,
            "hours": "scanned",
        }
        yield "checked_out.v1", {**of, "person": person, **told}
    for person in came[::4]:
        yield (
            "activity_rated.v1",
            {**of, "person": person, "score": chance.randint(3, 5)},
        )
    yield "activity_closed.v1", of
