"""A change leaves nobody waiting for what can never be."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import changes, sessions
from services.activities.service import Activities
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import given_from, refused
from tests.unit.activities.changed import change
from tests.unit.activities.stage import STARTS, confirmed, fact, secretary, waitlisted
from tests.unit.activities.test_dates import series


def waiting_for_the_first(*more: Fact) -> Overlay:
    """Five seats: R1 to R4 have them, a family of four and R9 wait."""
    return series(
        confirmed("G1", *"ABCD", ticket=1),
        waitlisted("G2", "F1", "F2", "F3", "F4", "F5", ticket=2, position=1),
        waitlisted("G3", "R9", "R10", ticket=3, position=2),
        *more,
    )


@pytest.mark.parametrize("said", [{"capacity": 4}, {"kept_walk_in": 1}])
def test_nobody_is_left_waiting_for_what_can_never_be(said: Json) -> None:
    with refused("waiting_party_too_large", says="还在等的组（5 人）就"):
        change(waiting_for_the_first(), **said)
    gone = fact(
        "signup_cancelled.v1",
        session=f"{ACTIVITY}.1",
        signup="G2",
        late=False,
        promoted=[],
    )
    assert change(waiting_for_the_first(gone), **said)


@pytest.mark.parametrize("said", [{"capacity": 4}, {"kept_walk_in": 1}])
def test_what_leaves_somebody_waiting_is_named(said: Json) -> None:
    with pytest.raises(Refused) as refusal:
        change(waiting_for_the_first(), **said)
    assert [error["path"] for error in refusal.value.errors] == [*said]
    assert "R9" not in refusal.value.title, "two find room still"


def test_a_party_that_waits_for_a_yes_is_not_left_behind_either_and_only_some_are_named() -> (
    None
):
    party = [{"person": f"F{number}", "relation": "self"} for number in range(5)]
    requests = [
        fact(
            "signup_requested.v1",
            session=f"{ACTIVITY}.1",
            signup=f"G{number}",
            by=f"B{number}",
            party=party,
            ticket=number,
        )
        for number in range(1, 5)
    ]
    with refused(
        "waiting_party_too_large",
        says="还在等的组（5 人、5 人、5 人等）就",
    ):
        change(series(*requests), capacity=4)


def test_those_who_wait_bind_only_their_own_session_while_it_is_to_come_and_not_what_makes_more_room() -> (
    None
):
    assert change(
        waiting_for_the_first(), which="following", session=f"{ACTIVITY}.2", capacity=3
    )
    assert change(waiting_for_the_first(), capacity=6)
    command = {
        "activity": ACTIVITY,
        "which": "one",
        "session": f"{ACTIVITY}.1",
        "reason": "晚点",
        "capacity": 4,
    }
    assert changes.change(waiting_for_the_first(), command, secretary(now=STARTS))


def test_a_session_nobody_changed_has_not_changed_when_another_is_gone() -> None:
    docs = series(
        fact("sessions_cancelled.v1", sessions=[f"{ACTIVITY}.1"], reason="雨")
    )
    given_from(
        docs,
        Activities,
        "activities",
        change(docs, which="one", session=f"{ACTIVITY}.3", capacity=9),
    )
    assert [
        docs.the("sessions", f"{ACTIVITY}.{number}")["changes"] for number in (2, 3)
    ] == [0, 1]


def test_however_many_were_cancelled_every_session_to_come_is_changed_and_cancelled() -> (
    None
):
    docs = series()
    days = [STARTS + timedelta(days=10 + number) for number in range(50)]
    also = [
        {"starts_at": instant(day), "ends_at": instant(day + timedelta(hours=1))}
        for day in days
    ]
    for _ in range(3):
        added = change(docs, also=also)
        given_from(docs, Activities, "activities", added)
        gone = [plan["session"] for plan in added.data["sessions"][3:]]
        given_from(
            docs,
            Activities,
            "activities",
            fact("sessions_cancelled.v1", sessions=gone, reason="雨"),
        )
    given_from(docs, Activities, "activities", change(docs, also=also[-1:]))
    changed = change(docs, capacity=9)
    assert {plan["capacity"] for plan in changed.data["sessions"]} == {9}
    command = {
        "activity": ACTIVITY,
        "session": f"{ACTIVITY}.2",
        "which": "following",
        "reason": "雨",
    }
    assert (
        len(sessions.cancel_sessions(docs, command, secretary()).data["sessions"]) == 3
    )
