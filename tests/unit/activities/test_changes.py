"""What was published changes: for one session, it and those that follow, or all."""

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import changes
from services.activities.service import Activities
from services.kit.errors import Invalid
from tests.examples.activities import ACTIVITY
from tests.given import given_from, refused
from tests.unit.activities.changed import after, change
from tests.unit.activities.stage import BEFORE, confirmed, waitlisted
from tests.unit.activities.test_dates import series, take


def starts(plans: list[Json]) -> list[str]:
    return [plan["starts_at"][5:13] for plan in plans]


def test_one_session_moves_alone() -> None:
    moved = {"starts_at": "2026-06-14T06:00:00.000Z"}
    plans = after(series(), which="one", session=f"{ACTIVITY}.2", **moved)
    assert starts(plans) == ["06-13T01", "06-14T06", "06-15T01"]
    assert (plans[1]["ends_at"], plans[1]["moved"]) == ("2026-06-14T08:00:00.000Z", 1)
    assert [plan["changes"] for plan in plans] == [0, 1, 0]


def test_a_session_and_those_that_follow_move_by_as_much() -> None:
    plans = after(
        series(),
        which="following",
        session=f"{ACTIVITY}.2",
        starts_at="2026-06-14T06:00:00.000Z",
    )
    assert starts(plans) == ["06-13T01", "06-14T06", "06-15T06"]


def test_all_that_have_not_begun_change() -> None:
    docs = take(series(), ("start", 1))
    plans = after(docs, place="二楼会议室", capacity=9)
    assert [(plan["place"] == "二楼会议室", plan["capacity"]) for plan in plans] == [
        (False, 5),
        (True, 9),
        (True, 9),
    ]


def test_the_named_session_tells_by_how_much_all_move() -> None:
    plans = after(
        series(), session=f"{ACTIVITY}.2", starts_at="2026-06-14T03:00:00.000Z"
    )
    assert starts(plans) == ["06-13T03", "06-14T03", "06-15T03"]


def test_title_and_hosts_are_the_whole_activitys() -> None:
    plans = after(series(), title="端午诗会", cohosts=["unit/U1"])
    assert {(plan["title"], *plan["cohosts"]) for plan in plans} == {
        ("端午诗会", "unit/U1")
    }


def test_sessions_are_added_and_numbered_on() -> None:
    docs = series()
    more = [
        {"starts_at": "2026-06-20T01:00:00.000Z", "ends_at": "2026-06-20T03:00:00.000Z"}
    ]
    given_from(docs, Activities, "activities", change(docs, also=more))
    assert docs.the("sessions", f"{ACTIVITY}.4")["state"] == "planned"
    assert docs.the("activities", ACTIVITY)["sessions_count"] == 4


def test_as_many_sessions_are_added_as_there_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There are three."""
    monkeypatch.setattr(changes, "MOST_SESSIONS", 4)
    more = [
        {
            "starts_at": f"2026-06-{day}T01:00:00.000Z",
            "ends_at": f"2026-06-{day}T03:00:00.000Z",
        }
        for day in (20, 21)
    ]
    assert change(series(), also=more[:1])
    with refused("too_many_sessions", Invalid):
        change(series(), also=more)


def test_those_seated_keep_their_seats_when_a_session_moves() -> None:
    docs = series(confirmed("G1", "R1", "R2", ticket=1))
    after(docs, starts_at="2026-06-13T05:00:00.000Z")
    assert docs.the("seatings", f"{ACTIVITY}.1")["taken"] == 2


def test_more_seats_are_for_those_who_wait() -> None:
    docs = series(
        confirmed("G1", *"ABCDE", ticket=1), waitlisted("G2", "F", ticket=2, position=1)
    )
    assert docs.the("seatings", f"{ACTIVITY}.1")["settle_at"] > instant(BEFORE)
    after(docs, capacity=8)
    assert docs.the("seatings", f"{ACTIVITY}.1")["settle_at"] <= instant(BEFORE)
