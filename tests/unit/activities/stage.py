"""An activity on stage: branch, secretary and division known, the activity as far as a test needs it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import CAMPAIGN, CONTENT, OF_ACTIVITY, SESSION, STREAM
from tests.examples.cobuild import EVENTS
from tests.given import asked, given, given_from

STARTS = datetime(2026, 6, 13, 1, 0, tzinfo=UTC)
BEFORE = STARTS - timedelta(days=3)
KEY = b"door key of the tests"

DIVISION = {"name": "望平社区", "level": "community", "status": "demo"}
BRANCH = {
    "branch": "B1",
    "name": "演示支部",
    "company": "演示公司",
    "community": "510108002001",
}
TERM = {"branch": "B1", "person": "S1", "since": "2026-01-01", "until": "2026-12-31"}

UNITS = [
    Fact(f"unit_{done}.v1", f"unit/{unit}", {**EVENTS[f"unit_{done}.v1"], "unit": unit})
    for unit in ("U1", "U2")
    for done in ("registered", "approved")
]


def fact(type: str, **data: Any) -> Fact:
    return Fact(type, STREAM, {**OF_ACTIVITY, **data})


DECLARED = Fact("campaign_declared.v1", "campaign/1", CAMPAIGN)
DRAFTED = Fact("activity_drafted.v2", STREAM, CONTENT)
PUBLISHED = Fact("activity_published.v2", STREAM, CONTENT)
OPENED = fact("activity_opened.v1")
STARTED = fact("session_started.v1", session=SESSION)
CLOSED = fact("session_closed.v1", session=SESSION)


def confirmed(signup: str, *persons: str, ticket: int) -> Fact:
    return _signed_up("signup_confirmed.v1", signup, persons, ticket=ticket)


def waitlisted(signup: str, *persons: str, ticket: int, position: int) -> Fact:
    return _signed_up(
        "signup_waitlisted.v1", signup, persons, ticket=ticket, position=position
    )


def _signed_up(type: str, signup: str, persons: tuple[str, ...], **more: int) -> Fact:
    party = [{"person": person, "relation": "self"} for person in persons]
    return fact(
        type, session=SESSION, signup=signup, by=persons[0], party=party, **more
    )


def stage(*facts: Fact) -> Overlay:
    """The documents after `facts`, with the division recorded, two units and S1 secretary of branch B1 in 2026."""
    docs = given_from(
        given(Activities, DECLARED, *facts), Activities, "cobuild", *UNITS
    )
    division = {"division": "510108002001", "parent": "510108002", **DIVISION}
    return given_from(
        docs,
        Activities,
        "branches",
        Fact("division_recorded.v1", "division/510108002001", division),
        Fact("branch_established.v1", "branch/B1", BRANCH),
        Fact("secretary_appointed.v1", "branch/B1", TERM),
    )


def secretary(now: datetime = BEFORE, id: str = "S1", new_id: str = "N1") -> Asked:
    return asked(("branch_secretary", "branch/B1"), id=id, now=now, new_id=new_id)


def resident(id: str, now: datetime = BEFORE, new_id: str = "N1") -> Asked:
    return asked(("resident", "510108"), id=id, now=now, new_id=new_id)


def street_admin(now: datetime = BEFORE, street: str = "510108002") -> Asked:
    return asked(("street_admin", street), id="A1", now=now)
