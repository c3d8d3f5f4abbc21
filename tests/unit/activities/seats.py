"""A session that is full or nearly, and what is done about its seats."""

from datetime import datetime, timedelta
from typing import Any

from schemas.fields import instant
from services.activities.rules import places, signups
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import given_from
from tests.unit.activities.stage import (
    BEFORE,
    OPENED,
    confirmed,
    resident,
    secretary,
    stage,
    waitlisted,
)

CUTOFF = datetime.fromisoformat(CONTENT["sessions"][0]["cutoff"])
AFTER_CUTOFF = CUTOFF + timedelta(hours=1)


def published(**of_the_session: Any) -> Fact:
    plan = {**CONTENT["sessions"][0], **of_the_session}
    return Fact("activity_published.v2", STREAM, {**CONTENT, "sessions": [plan]})


def full(*more: Fact, **of_the_session: Any) -> Overlay:
    """Five seats, all taken: R1 alone, R2 with a child, R3, R4."""
    return stage(
        published(**of_the_session),
        OPENED,
        confirmed("G1", "R1", ticket=1),
        confirmed("G2", "R2", "R2-child", ticket=2),
        confirmed("G3", "R3", ticket=3),
        confirmed("G4", "R4", ticket=4),
        *more,
    )


def take(docs: Overlay, fact: Fact, now: datetime = BEFORE) -> Fact:
    given_from(docs, Activities, "activities", fact, now=now)
    return fact


def sign_up(
    docs: Overlay, *persons: str, now: datetime = BEFORE, who: Asked | None = None
) -> Fact:
    party = [{"person": person, "relation": "self"} for person in persons]
    who = who or resident(persons[0], now=now, new_id=f"S-{persons[0]}")
    return take(
        docs, signups.sign_up(docs, {"activity": ACTIVITY, "party": party}, who), now
    )


def give_up(docs: Overlay, signup: str, now: datetime) -> Fact:
    return take(
        docs, signups.cancel_signup(docs, {"signup": signup}, secretary(now=now)), now
    )


def settle(docs: Overlay, now: datetime) -> Fact:
    """What the clock causes, which must be due."""
    seating = docs.the("seatings", SESSION)
    assert seating["settle_at"] <= instant(now)
    return take(docs, places.settle(docs, seating, secretary(now=now)), now)


def state(docs: Overlay, signup: str) -> str:
    return str(docs.the("signups", signup)["state"])


WAITING = (
    waitlisted("W1", "P1", "P2", "P3", ticket=5, position=1),
    waitlisted("W2", "P4", ticket=6, position=2),
    waitlisted("W3", "P5", "P6", ticket=7, position=3),
)
