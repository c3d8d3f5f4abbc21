"""An activity with places for helpers, and who signs up for them, comes and leaves."""

from datetime import timedelta
from typing import Any

from services.activities.rules import scans, signups
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import given_from
from tests.unit.activities.stage import (
    BEFORE,
    OPENED,
    STARTS,
    resident,
    secretary,
    stage,
)

HELPERS = f"{SESSION}:helpers"
DURING, AFTER = STARTS + timedelta(minutes=30), STARTS + timedelta(hours=3)
CERTIFIED = {
    "person": "R1",
    "issuer": "branch/B1",
    "since": "2026-06-01",
    "until": "2026-06-13",
}


def posted(
    *facts: Fact,
    helpers: int = 2,
    capacity: int = 2,
    all_help: bool = False,
    **said: Any,
) -> Overlay:
    """One session with so many places of each kind; `said` is of the whole activity or, times apart, of the session."""
    plan = {**CONTENT["sessions"][0], "capacity": capacity}
    plan |= {
        name: said.pop(name)
        for name in ("helpers_cutoff", "kept_offline")
        if name in said
    }
    own = (
        {"all_help": True}
        if all_help
        else {"helper_terms": said.pop("helper_terms", {})}
    )
    plan |= {} if all_help else {"helpers": helpers}
    content = {**CONTENT, **own, **said, "sessions": [plan]}
    return stage(Fact("activity_published.v2", STREAM, content), OPENED, *facts)


def happens(docs: Overlay, told: Fact, now: Any = BEFORE) -> Fact:
    given_from(docs, Activities, "activities", told, now=now)
    return told


def sign_up(
    docs: Overlay, person: str, role: str = "", *more: str, now: Any = BEFORE
) -> Fact:
    party = [{"person": one, "relation": "self"} for one in (person, *more)]
    said = {"activity": ACTIVITY, "party": party, **({"role": role} if role else {})}
    number = docs.seq
    return happens(
        docs,
        signups.sign_up(docs, said, resident(person, now=now, new_id=f"G{number}")),
        now,
    )


def comes(docs: Overlay, person: str, since: int = 0, until: int = 60) -> None:
    """Written on paper, by minutes from the start."""
    for direction, minutes in (("in", since), ("out", until)):
        at = (
            (STARTS + timedelta(minutes=minutes))
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z")
        )
        line = {
            "activity": ACTIVITY,
            "person": person,
            "direction": direction,
            "at": at,
        }
        happens(docs, scans.record_paper(docs, line, secretary(now=AFTER)), AFTER)
