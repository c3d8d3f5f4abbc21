"""Rush A, Rush B and the Door: what the platform is built to stand, and an account of whether it did.

What was acknowledged is held against the log afterwards: nothing lost, nothing doubled, nobody told two things.
"""

import json
import random
from collections import Counter
from collections.abc import Iterator

from schemas.documents import Json
from services.kit.config import Settings
from services.kit.engine.tables import collections_of
from services.kit.log import Event
from services.kit.store import open_store
from services.xfh import registry
from tests.bench import load
from tests.bench.rush import Call, Rush, row, run, spread
from tests.bench.signups import Signups

SEED = 960
HOT_SEATS, CALLERS, IMPATIENT = 50, 5_000, 5
SESSIONS, SEATS, ATTEMPTS, AT_ONCE = 83, 200, 22_200, 0.6
PEOPLE, SCANNERS, TIMES = 500, 4, 2


def rush_a(signups: Signups, settings: Settings, share: float = 1.0) -> Json:
    """One session of 50 seats, 5,000 callers in 10 s, every fifth of them asking a second time without waiting."""
    chance, callers = random.Random(SEED), round(CALLERS * share)
    session = signups.activity(HOT_SEATS, starts_in_h=720)
    calls = []
    for at in spread(callers, 0, 10 * share, chance):
        key, request = signups.next_request(session)
        calls.append(Call(at, key, request))
        if len(calls) % IMPATIENT == 0:
            calls.append(Call(at + chance.uniform(0, 1), key, request))
    rush = run(signups.address, calls)
    return row(rush, **_account(rush, settings, {session: HOT_SEATS}))


def rush_b(signups: Signups, settings: Settings, share: float = 1.0) -> Json:
    """83 sessions of 200 seats open at 20:00: 22,200 people, 60 % of them in the first 10 s, the rest in 30 s more."""
    chance, attempts = random.Random(SEED), round(ATTEMPTS * share)
    sessions = {
        signups.activity(SEATS): SEATS for _ in range(max(1, round(SESSIONS * share)))
    }
    early = round(attempts * AT_ONCE)
    times = spread(early, 0, 10 * share, chance) + spread(
        attempts - early, 10 * share, 40 * share, chance
    )
    rush = run(
        signups.address,
        [
            Call(at, *signups.next_request(chance.choice(list(sessions))))
            for at in times
        ],
    )
    return row(rush, **_account(rush, settings, sessions))


def door(signups: Signups, settings: Settings, share: float = 1.0) -> Json:
    """Four scanners check 500 people in and out; every scan is sent twice, in no particular order of people."""
    people = round(PEOPLE * share) // SCANNERS * SCANNERS
    session = signups.activity(PEOPLE, starts_in_h=0.05)
    persons = [signups.sign_up(session) for _ in range(people)]

    def scans(scanner: int) -> Iterator[load.Request]:
        chance, own = random.Random(SEED + scanner), persons[scanner::SCANNERS]
        for way in ("checkins", "checkouts"):
            scanned = own * TIMES
            chance.shuffle(scanned)
            yield from (signups.scan(session, way, person) for person in scanned)

    result = load.run(signups.address, 600, scans, SCANNERS)
    done = Counter(
        event.type
        for event in _events(settings)
        if event.data.get("session", "").startswith(session)
    )
    return {
        "requests": len(result.latencies_ms),
        "errors": result.errors,
        "p50_ms": round(result.percentile_ms(50)),
        "p99_ms": round(result.percentile_ms(99)),
        "settled_s": round(result.seconds, 1),
        "lost": 2 * people - done["checked_in.v1"] - done["checked_out.v1"],
        "doubled": max(0, done["checked_in.v1"] - people)
        + max(0, done["checked_out.v1"] - people),
    }


def _account(rush: Rush, settings: Settings, seats: dict[str, int]) -> Json:
    events = [
        event
        for event in _events(settings)
        if event.data.get("session", "").partition(".")[0] in seats
    ]
    told = {
        key: [json.loads(body)["event"]["id"] for body in bodies]
        for key, bodies in rush.answers.items()
    }
    found = {event.id for event in events}
    seated: Counter[str] = Counter()
    for event in events:
        if event.type == "signup_confirmed.v1":
            seated[event.data["session"].partition(".")[0]] += 1
    return {
        "acknowledged": len(told),
        "seated": seated.total(),
        "oversold": sum(
            max(0, seated[session] - most) for session, most in seats.items()
        ),
        "lost": len([key for key, ids in told.items() if not found.issuperset(ids)]),
        "doubled": len([key for key, ids in told.items() if len(ids) > 1])
        + sum(count - 1 for count in Counter(event.key for event in events).values()),
        "unfair": _unfair(events),
    }


def _unfair(events: list[Event]) -> int:
    """How many were seated after somebody who asked before them was told to wait; nobody cancels here."""
    waiting: set[str] = set()
    unfair = 0
    for event in events:
        if event.type == "signup_waitlisted.v1":
            waiting.add(event.data["session"])
        unfair += (
            event.type == "signup_confirmed.v1" and event.data["session"] in waiting
        )
    return unfair


def _events(settings: Settings) -> list[Event]:
    store = open_store(
        settings.store, "activities", collections_of(registry.load("activities"))
    )
    try:
        return store.log.read(0, 10_000_000)
    finally:
        store.close()
