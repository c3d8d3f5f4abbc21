"""Somebody was there, and what is put right of it."""

from schemas.documents import Json
from services.activities.rules import corrections
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    happens,
    held,
    record_all,
    scan,
)
from tests.unit.activities.stage import secretary

FIRST, SECOND, _ = SESSIONS


def been() -> Overlay:
    """R1 was there from 5 to 95."""
    docs = held("R1", "R2")
    return record_all(docs, [scan("R1", "in", 5, "N1"), scan("R1", "out", 95, "N2")])


def undo(docs: Overlay, undone: str, **more: str) -> Json:
    command = {
        "activity": ACTIVITY,
        "session": FIRST,
        "person": "R1",
        "undone": undone,
        "reason": "扫错了人",
        **more,
    }
    event = corrections.undo_check(docs, command, secretary(now=LATER))
    happens(docs, event)
    return event.data
