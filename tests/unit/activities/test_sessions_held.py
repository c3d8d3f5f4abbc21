"""Doors open, sessions begin and end, by themselves where nobody does it."""

from datetime import timedelta

import pytest

from schemas.fields import instant
from services.activities.rules import postings, sessions
from services.activities.service import Activities
from services.kit.errors import Refused
from services.kit.views import Find
from tests.examples.activities import ACTIVITY, COMMANDS, SESSION
from tests.given import given_from
from tests.unit.activities.stage import (
    DRAFTED,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    secretary,
    stage,
    street_admin,
)
from tests.unit.activities.test_dates import series


def test_doors_open_at_most_an_hour_early_and_it_is_said_how_early_it_still_is() -> (
    None
):
    docs = stage(DRAFTED, PUBLISHED, OPENED)
    for early, says in (
        (
            timedelta(minutes=61),
            "离开始还有 1 小时 1 分钟，最早可在开始前 60 分钟（6月13日 周六 8:00）签到",
        ),
        (timedelta(days=13), "离开始还有 13 天，最早可在"),
        (timedelta(days=1, hours=3), "离开始还有 1 天 3 小时，"),
    ):
        with pytest.raises(Refused) as refusal:
            sessions.start(docs, {"activity": ACTIVITY}, secretary(now=STARTS - early))
        assert (refusal.value.code, says in str(refusal.value)) == ("too_early", True)


def test_doors_that_are_open_begin_nothing_before_its_time() -> None:
    docs = stage(DRAFTED, PUBLISHED, OPENED)
    early = sessions.start(
        docs, {"activity": ACTIVITY}, secretary(now=STARTS - timedelta(minutes=60))
    )
    given_from(docs, Activities, "activities", early)
    assert (early.type, docs.the("sessions", SESSION)["state"]) == (
        "doors_opened.v1",
        "planned",
    )
    with pytest.raises(Refused) as refusal:
        sessions.start(
            docs, {"activity": ACTIVITY}, secretary(now=STARTS - timedelta(minutes=1))
        )
    assert refusal.value.code == "doors_are_open"
    due = docs.find(
        Find("sessions", {}, "begins_at", until=instant(STARTS + timedelta(seconds=1)))
    )
    given_from(
        docs,
        Activities,
        "activities",
        *(sessions.begin(docs, session, secretary(now=STARTS)) for session in due),
    )
    assert (
        docs.the("sessions", SESSION)["state"],
        docs.the("activities", ACTIVITY)["state"],
    ) == ("running", "running")
    assert docs.find(Find("sessions", {}, "begins_at")) == []


def test_what_nobody_started_is_closed_all_the_same() -> None:
    docs = stage(DRAFTED, PUBLISHED, OPENED)
    given_from(
        docs,
        Activities,
        "activities",
        sessions.close(docs, {"activity": ACTIVITY}, secretary(now=STARTS)),
    )
    assert (
        docs.the("sessions", SESSION)["state"],
        docs.the("activities", ACTIVITY)["state"],
    ) == ("closed", "closed")
    with pytest.raises(Refused) as refusal:
        sessions.close(
            stage(DRAFTED, PUBLISHED), {"activity": ACTIVITY}, secretary(now=STARTS)
        )
    assert refusal.value.code == "cannot_close"


def test_an_activity_of_which_a_session_was_held_unstarted_is_not_cancelled_as_a_whole() -> (
    None
):
    docs = series(several=2)
    first = {"activity": ACTIVITY, "session": SESSION}
    given_from(
        docs,
        Activities,
        "activities",
        sessions.close(docs, first, secretary(now=STARTS)),
    )
    assert docs.the("activities", ACTIVITY)["state"] == "running"
    with pytest.raises(Refused) as refusal:
        postings.cancel(
            docs, {"activity": ACTIVITY, "reason": "雨"}, secretary(now=STARTS)
        )
    assert refusal.value.code == "cannot_cancel"


def test_an_activity_is_not_closed_before_its_start() -> None:
    docs = stage(DRAFTED, PUBLISHED, OPENED, STARTED)
    with pytest.raises(Refused) as refusal:
        sessions.close(
            docs, {"activity": ACTIVITY}, secretary(now=STARTS - timedelta(minutes=1))
        )
    assert refusal.value.code == "not_begun"


def test_cancelling_names_the_sessions_that_will_not_be_held() -> None:
    event = postings.cancel(
        stage(DRAFTED, PUBLISHED), COMMANDS["cancel_activity"], street_admin()
    )
    assert event.data["sessions"] == [SESSION]
