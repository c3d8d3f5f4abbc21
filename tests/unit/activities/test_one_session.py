"""Logs from the time an activity had one session: their events mean what they meant."""

from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import CONTENT, EVENTS, SESSION, STREAM
from tests.given import given
from tests.unit.activities.stage import confirmed

OLD = [
    Fact(type, STREAM, EVENTS[type])
    for type in (
        "activity_drafted.v1",
        "activity_revised.v1",
        "activity_submitted.v1",
        "activity_published.v1",
        "activity_opened.v1",
    )
]
DURING = [
    confirmed("G1", "R1", ticket=1),
    Fact("activity_started.v1", STREAM, EVENTS["activity_started.v1"]),
]
CLOSED = Fact("activity_closed.v1", STREAM, EVENTS["activity_closed.v1"])
CANCELLED = Fact("activity_cancelled.v1", STREAM, EVENTS["activity_cancelled.v1"])


def told_anew(fact: Fact) -> Fact:
    """The same in the words of today."""
    type = fact.type.replace(".v1", ".v2")
    return Fact(type, STREAM, CONTENT) if "capacity" in fact.data else fact


def documents(*facts: Fact) -> dict[tuple[str, str], object]:
    return dict(given(Activities, *facts).changed)


def test_what_was_posted_then_is_what_would_be_posted_now() -> None:
    assert documents(*OLD) == documents(*map(told_anew, OLD))


def state(docs: Overlay, collection: str, id: str) -> str:
    return str(docs.the(collection, id)["state"])


def test_an_activity_of_then_begins_and_ends_with_its_session() -> None:
    docs = given(Activities, *OLD, *DURING)
    assert (
        state(docs, "sessions", SESSION),
        state(docs, "activities", CONTENT["activity"]),
    ) == ("running", "running")
    docs = given(Activities, *OLD, *DURING, CLOSED)
    assert (
        state(docs, "sessions", SESSION),
        state(docs, "activities", CONTENT["activity"]),
    ) == ("closed", "closed")
    assert docs.the("seatings", SESSION)["taken"] == 1


def test_an_activity_cancelled_then_is_cancelled_with_its_session() -> None:
    docs = given(Activities, *OLD, CANCELLED)
    assert (
        state(docs, "sessions", SESSION),
        state(docs, "activities", CONTENT["activity"]),
    ) == (
        "cancelled",
        "cancelled",
    )
