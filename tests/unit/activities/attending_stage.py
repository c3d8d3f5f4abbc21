"""Sessions of a running activity, some of which overlap, with people who come and go by scans sent later."""

from datetime import timedelta
from typing import Any

from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import codes, corrections, scans
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Problem
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples.activities import ACTIVITY, CONTENT, STREAM
from tests.given import given_from
from tests.unit.activities.stage import KEY, OPENED, STARTS, fact, secretary, stage

LATER = STARTS + timedelta(days=1)
LENGTH_MIN = 120
OFFSETS_MIN = (0, 60, 300)  # The first two sessions overlap, the third is by itself.
SESSIONS = tuple(f"{ACTIVITY}.{number}" for number in range(1, len(OFFSETS_MIN) + 1))


def after_min(minutes: float) -> str:
    return instant(STARTS + timedelta(minutes=minutes))


def held(*persons: str) -> Overlay:
    """Three sessions of a duty shift, everybody with a seat in each."""
    plans = [
        {
            **CONTENT["sessions"][0],
            "session": id,
            "starts_at": after_min(offset),
            "ends_at": after_min(offset + 120),
        }
        for id, offset in zip(SESSIONS, OFFSETS_MIN, strict=True)
    ]
    signed_up = [
        fact(
            "signup_confirmed.v1",
            session=session,
            signup=f"G{number}-{person}",
            by=person,
            party=[{"person": person, "relation": "self"}],
            ticket=ticket,
            role="helper",
        )
        for number, session in enumerate(SESSIONS)
        for ticket, person in enumerate(persons, start=1)
    ]
    published = Fact(
        "activity_published.v2",
        STREAM,
        {**CONTENT, "all_help": True, "sessions": plans},
    )
    started = [fact("session_started.v1", session=session) for session in SESSIONS]
    return stage(published, OPENED, *signed_up, *started)


def scan(
    person: str,
    direction: str,
    minutes: float,
    nonce: str,
    session: str = SESSIONS[0],
    **more: Any,
) -> Json:
    """Of the code the person showed at that moment."""
    shown = codes.own_code(person, KEY, STARTS + timedelta(minutes=minutes))["code"]
    return {
        **typed(person, direction, minutes, nonce, session),
        "own_code": shown,
        **more,
    }


def typed(
    person: str,
    direction: str,
    minutes: float,
    nonce: str,
    session: str = SESSIONS[0],
    **more: Any,
) -> Json:
    """By the person's id, as somebody typed it into the device."""
    said = {
        "person": person,
        "direction": direction,
        "at": after_min(minutes),
        "device": "D1",
        "nonce": nonce,
    }
    return {"activity": ACTIVITY, "session": session, **said, **more}


def record(docs: Overlay, command: Json, who: Asked | None = None) -> Fact:
    """The scan as it is recorded, and the documents after it."""
    recorded = scans.record_scan(docs, command, who or secretary(now=LATER), KEY)
    happens(docs, recorded)
    return recorded


def record_all(docs: Overlay, commands: list[Json]) -> Overlay:
    """The documents after all these were sent, and after what that makes due."""
    for command in commands:
        assert refusal_of(docs, command) in {"", "scan_known"}
    recount_all(docs)
    return docs


def recount_all(docs: Overlay) -> None:
    for due in docs.find(Find("recounts", {}, "recount_at")):
        happens(
            docs,
            corrections.recount(
                docs, docs.the("seats", due["id"]), secretary(now=LATER)
            ),
        )
    assert docs.find(Find("recounts", {}, "recount_at")) == []


def happens(docs: Overlay, *facts: Fact) -> None:
    given_from(docs, Activities, "activities", *facts, now=LATER)


def seat(docs: Overlay, person: str, session: str = SESSIONS[0]) -> Json:
    return docs.the("seats", f"{session}:{person}")


def refusal_of(docs: Overlay, command: Json, who: Asked | None = None) -> str:
    try:
        record(docs, command, who)
    except Problem as refusal:
        return refusal.code
    return ""
