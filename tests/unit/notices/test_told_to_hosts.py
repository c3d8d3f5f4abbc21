"""What the host of an activity is told, and when once is enough."""

from datetime import datetime, timedelta

import pytest

from services.kit.log import Fact
from tests.examples.activities import CONTENT, POSTING
from tests.unit.notices.stage import begun, fact, news_of, told
from tests.unit.notices.told import HOST


def test_a_host_hears_that_a_reviewed_activity_is_published_and_not_of_one_it_published_itself() -> (
    None
):
    published = fact("activities", "activity_published.v2")
    docs = begun("activities")
    assert news_of("activities", docs, published) == set()
    submitted = fact("activities", "activity_submitted.v1")
    assert news_of("activities", docs, submitted, published) >= {
        ("activity_approved", HOST)
    }


def test_a_host_hears_once_that_sign_ups_wait_for_its_yes_and_again_when_it_had_decided_on_all() -> (
    None
):
    docs, to_review = begun("activities"), {("signup_to_review", HOST)}

    def asks(signup: str) -> Fact:
        return fact(
            "activities",
            "signup_requested.v1",
            signup=signup,
            by="R5",
            party=[{"person": "R5"}],
        )

    assert news_of("activities", docs, asks("A1")) == to_review
    assert news_of("activities", docs, asks("A2"), asks("A3"), asks("A4")) == set()
    decided = [
        fact("activities", "signup_approved.v1", signup="A1"),
        fact("activities", "signup_declined.v1", signup="A2"),
        fact("activities", "signup_cancelled.v1", signup="A3", promoted=[]),
    ]
    news_of("activities", docs, *decided)
    assert news_of("activities", docs, asks("A5")) == set(), "A4 still waits"
    news_of(
        "activities", docs, fact("activities", "waiting_ended.v1", missed=["A4", "A5"])
    )
    assert news_of("activities", docs, asks("A6")) == to_review
    news_of(
        "activities",
        docs,
        fact("activities", "signup_cancelled.v1", signup="A1", promoted=[]),
    )
    assert news_of("activities", docs, asks("A7")) == set(), (
        "what was decided is not decided twice"
    )


def test_a_host_is_told_once_at_its_end_of_a_session_it_has_not_closed() -> None:
    docs = begun("activities")
    [notice] = [
        doc for doc in told(docs, "activities") if doc["kind"] == "session_to_close"
    ]
    assert (notice["to"], notice["at"]) == (HOST, POSTING["ends_at"])
    moved = [
        {**plan, "ends_at": "2026-06-13T04:00:00.000Z"} for plan in CONTENT["sessions"]
    ]
    news_of(
        "activities", docs, fact("activities", "activity_changed.v1", sessions=moved)
    )
    [notice] = [
        doc for doc in told(docs, "activities") if doc["kind"] == "session_to_close"
    ]
    assert notice["at"] == "2026-06-13T04:00:00.000Z"


@pytest.mark.parametrize(
    "over",
    [
        "session_closed.v1",
        "activity_closed.v1",
        "sessions_cancelled.v1",
        "activity_cancelled.v2",
    ],
)
def test_a_host_is_not_told_of_a_session_that_was_closed_or_cancelled_in_time(
    over: str,
) -> None:
    docs = begun("activities")
    news_of("activities", docs, fact("activities", over))
    assert not [
        doc for doc in told(docs, "activities") if doc["kind"] == "session_to_close"
    ]
    changed = fact("activities", "activity_changed.v1")
    assert news_of("activities", docs, changed) == set(), "what is over stays over"


def test_what_a_host_was_told_of_late_stays_in_its_inbox_and_goes_no_further() -> None:
    docs = begun("activities")
    late = datetime.fromisoformat(POSTING["ends_at"]) + timedelta(hours=5)
    news_of("activities", docs, fact("activities", "session_closed.v1"), now=late)
    [notice] = [
        doc for doc in told(docs, "activities") if doc["kind"] == "session_to_close"
    ]
    assert notice["over"]
