"""A session under way and who stands at its door."""

from datetime import timedelta

import pytest

from services.activities.rules import codes, door
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, SESSION
from tests.unit.activities.stage import (
    KEY,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    fact,
    secretary,
)

NOW = STARTS + timedelta(minutes=5)
RUNNING = (PUBLISHED, OPENED, confirmed("G1", "R1", "R1~child", ticket=1), STARTED)


def code(at_minutes: int = 5, session: str = SESSION) -> str:
    shown = door.door_code(
        {"id": session}, KEY, secretary(now=STARTS + timedelta(minutes=at_minutes))
    )
    return str(shown["code"])


def entering(docs: Overlay, who: Asked, **command: str) -> Fact:
    return door.check_in(docs, {"activity": ACTIVITY, **command}, who, KEY)


def refused(docs: Overlay, who: Asked, **command: str) -> str:
    with pytest.raises((Refused, Forbidden)) as refusal:
        entering(docs, who, **command)
    return refusal.value.code


def inside(
    person: str, at: str = "2026-06-13T01:05:00.000Z", way: str = "scanned"
) -> Fact:
    return fact("checked_in.v1", session=SESSION, person=person, at=at, way=way)


def own(shown_at_minutes: float, person: str = "R1") -> str:
    return str(
        codes.own_code(person, KEY, STARTS + timedelta(minutes=shown_at_minutes))[
            "code"
        ]
    )


UNDO = {"activity": ACTIVITY, "undone": "in", "reason": "误扫"}
