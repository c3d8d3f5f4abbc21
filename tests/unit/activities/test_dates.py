"""The sessions of an activity: said one by one or repeated, each of them its own."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.activities.contents import MOST_SESSIONS
from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import changes, dates, postings, sessions
from services.activities.service import Activities
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, COMMANDS, CONTENT, STREAM
from tests.given import given_from, refused
from tests.unit.activities.stage import BEFORE, OPENED, STARTS, fact, secretary, stage

WEEKLY = {"repeats": "FREQ=WEEKLY;COUNT=4"}


def drafted(**changes: Any) -> list[Json]:
    """The sessions of the example drafted with these changes."""
    fact = postings.draft(
        stage(), {**COMMANDS["draft_activity"], **changes}, secretary(new_id=ACTIVITY)
    )
    found: list[Json] = fact.data["sessions"]
    return found


def days(plans: list[Json]) -> list[str]:
    return [plan["starts_at"][:10] for plan in plans]


def test_a_rule_repeats_the_first_session_with_its_cutoff() -> None:
    plans = drafted(**WEEKLY)
    assert days(plans) == ["2026-06-13", "2026-06-20", "2026-06-27", "2026-07-04"]
    assert [plan["session"] for plan in plans] == [
        f"{ACTIVITY}.{number}" for number in (1, 2, 3, 4)
    ]
    assert plans[3]["cutoff"] == "2026-07-03T10:00:00.000Z"


def test_days_excepted_are_left_out_and_others_added() -> None:
    more = [
        {
            "starts_at": "2026-06-16T11:00:00.000Z",
            "ends_at": "2026-06-16T12:00:00.000Z",
            "capacity": 3,
        }
    ]
    plans = drafted(**WEEKLY, except_on=["2026-06-20"], also=more)
    assert days(plans) == ["2026-06-13", "2026-06-16", "2026-06-27", "2026-07-04"]
    assert (plans[1]["capacity"], plans[1]["place"]) == (
        3,
        COMMANDS["draft_activity"]["place"],
    )


def test_a_rule_is_reckoned_in_local_time() -> None:
    """A Saturday at half past midnight here is still Friday in UTC."""
    times = {
        "starts_at": "2026-06-12T16:30:00.000Z",
        "ends_at": "2026-06-12T17:30:00.000Z",
    }
    plans = drafted(
        **times,
        cutoff="2026-06-12T10:00:00.000Z",
        repeats="FREQ=WEEKLY;BYDAY=SA;COUNT=2",
    )
    assert [plan["starts_at"] for plan in plans] == [
        "2026-06-12T16:30:00.000Z",
        "2026-06-19T16:30:00.000Z",
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"repeats": "FREQ=DAILY"}, "too_many_sessions"),
        ({"repeats": "FREQ=DAILY;COUNT=1", "except_on": ["2026-06-13"]}, "no_session"),
        (
            {
                "also": [
                    {
                        name: COMMANDS["draft_activity"][name]
                        for name in ("starts_at", "ends_at")
                    }
                ]
            },
            "sessions_at_once",
        ),
        (
            {
                "also": [
                    {
                        "starts_at": "2026-06-09T01:00:00.000Z",
                        "ends_at": "2026-06-09T02:00:00.000Z",
                    }
                ]
            },
            "in_the_past",
        ),
        (
            {
                "starts_at": "9999-12-31T20:00:00.000Z",
                "ends_at": "9999-12-31T22:00:00.000Z",
                "repeats": "FREQ=WEEKLY;COUNT=2",
            },
            "too_far_ahead",
        ),
    ],
)
def test_dates_that_cannot_be_are_named(changes: Json, code: str) -> None:
    with refused(code, Invalid):
        drafted(**changes)


def series(*facts: Fact, several: int = 3, ahead: int = 0) -> Overlay:
    """An open activity with one session a day, whose sign-up ends so many days before."""
    first = CONTENT["sessions"][0]
    plans = [
        first
        | {"session": f"{ACTIVITY}.{number}"}
        | day(number - 1)
        | {"cutoff": day(number - 1 - ahead)["cutoff"]}
        for number in range(1, several + 1)
    ]
    return stage(
        Fact("activity_published.v2", STREAM, {**CONTENT, "sessions": plans}),
        OPENED,
        *facts,
    )


def day(number: int) -> Json:
    """The first session's times so many days later."""
    first, by = CONTENT["sessions"][0], timedelta(days=number)
    times = ("starts_at", "ends_at", "cutoff")
    return {name: instant(datetime.fromisoformat(first[name]) + by) for name in times}


def take(docs: Overlay, *steps: tuple[str, int]) -> Overlay:
    """Starts or closes sessions by number, on the day."""
    for step, number in steps:
        now = STARTS + timedelta(days=number - 1)
        rule = sessions.start if step == "start" else sessions.close
        command = {"activity": ACTIVITY, "session": f"{ACTIVITY}.{number}"}
        given_from(
            docs, Activities, "activities", rule(docs, command, secretary(now=now))
        )
    return docs


def state(docs: Overlay) -> str:
    return str(docs.the("activities", ACTIVITY)["state"])


def test_an_activity_runs_from_its_first_session_to_its_last() -> None:
    docs = take(series(several=2), ("start", 1))
    assert state(docs) == "running"
    take(docs, ("close", 1))
    assert state(docs) == "running"
    take(docs, ("start", 2), ("close", 2))
    assert state(docs) == "closed"


def test_a_session_must_be_named_where_there_are_several() -> None:
    with refused("session_needed", Invalid):
        sessions.start(series(), {"activity": ACTIVITY}, secretary(now=STARTS))
    with pytest.raises(Unknown):
        sessions.start(
            series(), {"activity": ACTIVITY, "session": "A9.1"}, secretary(now=STARTS)
        )


def test_one_session_is_cancelled_and_the_others_are_held() -> None:
    docs = series()
    command = {
        "activity": ACTIVITY,
        "session": f"{ACTIVITY}.2",
        "which": "one",
        "reason": "停电",
    }
    given_from(
        docs,
        Activities,
        "activities",
        sessions.cancel_sessions(docs, command, secretary()),
    )
    assert [docs.the("sessions", f"{ACTIVITY}.{n}")["state"] for n in (1, 2, 3)] == [
        "planned",
        "cancelled",
        "planned",
    ]
    take(docs, ("start", 1), ("close", 1), ("start", 3), ("close", 3))
    assert state(docs) == "closed"


def test_a_session_and_all_that_follow_are_cancelled() -> None:
    docs = take(series(), ("start", 1), ("close", 1))
    command = {
        "activity": ACTIVITY,
        "session": f"{ACTIVITY}.2",
        "which": "following",
        "reason": "场地收回",
    }
    event = sessions.cancel_sessions(docs, command, secretary(now=STARTS))
    assert event.data["sessions"] == [f"{ACTIVITY}.2", f"{ACTIVITY}.3"]
    given_from(docs, Activities, "activities", event)
    assert state(docs) == "closed"


def test_the_last_session_goes_with_the_whole_activity() -> None:
    command = {
        "activity": ACTIVITY,
        "session": f"{ACTIVITY}.1",
        "which": "following",
        "reason": "场地收回",
    }
    with refused("last_session"):
        sessions.cancel_sessions(series(), command, secretary())


def test_what_was_published_and_cancelled_stays_to_be_seen() -> None:
    docs = series(
        fact(
            "activity_cancelled.v2",
            sessions=[f"{ACTIVITY}.{n}" for n in (1, 2, 3)],
            reason="雨",
        )
    )
    assert docs.the("activities", ACTIVITY)["shown"] == "cancelled"
    assert docs.the("sessions", f"{ACTIVITY}.3")["reason"] == "雨"


def test_a_session_begins_by_itself_early_enough() -> None:
    with pytest.raises(Refused) as refusal:
        sessions.start(
            series(),
            {"activity": ACTIVITY, "session": f"{ACTIVITY}.2"},
            secretary(now=BEFORE),
        )
    assert refusal.value.code == "too_early"


def test_a_session_added_has_seats_for_those_kept_in_each() -> None:
    few = [
        {
            "starts_at": "2026-06-16T11:00:00.000Z",
            "ends_at": "2026-06-16T12:00:00.000Z",
            "capacity": 2,
        }
    ]
    assert drafted(also=few, kept_offline=1, kept_walk_in=1)
    with refused("more_kept_than_there_are", Invalid):
        drafted(also=few, kept_offline=2, kept_walk_in=1)


def test_what_is_under_way_is_not_cancelled_whole_and_it_is_said_what_can_be() -> None:
    with refused("cannot_cancel", says="这一场及以后"):
        postings.cancel(
            take(series(), ("start", 1)),
            {"activity": ACTIVITY, "reason": "雨"},
            secretary(),
        )


def test_a_session_begins_after_now_and_at_most_two_years_ahead() -> None:
    a_bit = timedelta(milliseconds=1)

    def begins(at: datetime) -> None:
        dates.must_be_possible([{"starts_at": instant(at)}], secretary(now=BEFORE))

    begins(BEFORE + a_bit)
    begins(BEFORE + dates.FARTHEST)
    with refused("in_the_past", Invalid):
        begins(BEFORE)
    with refused("too_far_ahead", Invalid):
        begins(BEFORE + dates.FARTHEST + a_bit)


def test_an_activity_has_as_many_sessions_as_it_may_and_no_more() -> None:
    assert len(drafted(repeats=f"FREQ=DAILY;COUNT={MOST_SESSIONS}")) == MOST_SESSIONS
    with refused("too_many_sessions", Invalid):
        drafted(repeats=f"FREQ=DAILY;COUNT={MOST_SESSIONS + 1}")


def test_after_a_change_as_many_are_left_as_are_not_over() -> None:
    docs = take(series(), ("start", 1), ("close", 1))
    command = {
        "activity": ACTIVITY,
        "which": "all",
        "reason": "换了场地",
        "place": "三楼",
    }
    now = STARTS + timedelta(hours=5)
    given_from(
        docs,
        Activities,
        "activities",
        changes.change(docs, command, secretary(now=now)),
    )
    assert docs.the("activities", ACTIVITY)["left"] == 2
    assert (
        state(take(docs, ("start", 2), ("close", 2), ("start", 3), ("close", 3)))
        == "closed"
    )
