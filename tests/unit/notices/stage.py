"""What has happened elsewhere, as the canonical examples tell it, and whom it was told to."""

from datetime import datetime
from types import ModuleType
from typing import Any

from schemas.documents import Json
from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from services.notices.folds.notices import SOURCES
from services.notices.service import Notices
from tests.examples import activities, branches, cobuild, grids, partners
from tests.given import NOW, given_from

EXAMPLES: dict[str, ModuleType] = {
    "activities": activities,
    "branches": branches,
    "cobuild": cobuild,
    "grids": grids,
    "partners": partners,
}
OTHER = "01K0SGN0000000000000000002"
BEGINNINGS: dict[str, list[Fact]] = {}


def fact(source: str, type: str, **changes: Any) -> Fact:
    """The canonical example of an event, changed where a test needs it to differ."""
    return Fact(type, "example/1", {**EXAMPLES[source].EVENTS[type], **changes})


def waiting(signup: str, *people: str, session: str = activities.SESSION) -> Fact:
    party = [{"person": person, "relation": "self"} for person in people]
    said = {
        "signup": signup,
        "by": people[0],
        "party": party,
        "session": session,
        "position": 2,
    }
    return fact("activities", "signup_waitlisted.v1", **said)


BEGINNINGS["activities"] = [
    fact("activities", "activity_drafted.v2"),
    fact("activities", "activity_submitted.v1"),
    fact("activities", "activity_published.v2"),
    fact("activities", "signup_confirmed.v1"),
    waiting(OTHER, "R5", "R6"),
    fact("activities", "hours_contested.v1"),
    fact("activities", "certificate_issued.v1"),
    fact("activities", "person_commended.v1"),
]
BEGINNINGS["cobuild"] = [
    fact("cobuild", "unit_registered.v1"),
    fact("cobuild", "offering_published.v2"),
    fact("cobuild", "meeting_called.v1"),
    fact("cobuild", "need_raised.v1"),
    fact("cobuild", "need_verified.v1"),
    fact("cobuild", "need_dispatched.v1", due="2026-06-12"),
]
BEGINNINGS["partners"] = [fact("partners", "partner_applied.v3")]
BEGINNINGS["branches"] = [
    fact("branches", "branch_established.v1"),
    fact("branches", "branch_established.v1", branch="B2", name="演示二支部"),
]
BEGINNINGS["grids"] = [
    fact("grids", "member_appointed.v1"),
    fact("grids", "team_recorded.v1"),
    fact("grids", "finding_recorded.v1"),
    fact("grids", "care_begun.v1"),
    fact("grids", "round_announced.v1"),
]


def told(docs: Overlay, source: str) -> list[Json]:
    """The notices of one log so far, in the order they were told."""
    found = [
        doc
        for (name, _), doc in docs.changed.items()
        if name == SOURCES[source] and "to" in doc
    ]
    return sorted(found, key=lambda doc: (doc["at"], doc["seq"]))


def after(
    source: str, *facts: Fact, docs: Overlay | None = None, now: datetime = NOW
) -> Overlay:
    """The documents after `facts` of one log."""
    return given_from(docs or Overlay(Nothing()), Notices, source, *facts, now=now)


def begun(source: str) -> Overlay:
    return after(source, *BEGINNINGS[source])


def news_of(
    source: str, docs: Overlay, *facts: Fact, now: datetime = NOW
) -> set[tuple[str, str]]:
    """`{(kind, to)}` of what `facts` add."""
    before = {doc["id"] for doc in told(docs, source)}
    after(source, *facts, docs=docs, now=now)
    return {
        (doc["kind"], doc["to"])
        for doc in told(docs, source)
        if doc["id"] not in before
    }
