"""What was published changes: for one session, it and those that follow, or all; and what may not change."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import changes, sessions
from services.activities.service import Activities
from services.kit.errors import Invalid, Problem, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, OFFERING
from tests.given import given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    STARTS,
    confirmed,
    fact,
    secretary,
    waitlisted,
)
from tests.unit.activities.test_dates import series, take


def change(docs: Overlay, **said: Any) -> Fact:
    command = {"activity": ACTIVITY, "which": "all", "reason": "换了场地", **said}
    return changes.change(docs, command, secretary())


def after(docs: Overlay, **said: Any) -> list[Json]:
    """The sessions in order of number, after the change."""
    given_from(docs, Activities, "activities", change(docs, **said))
    return [docs.the("sessions", f"{ACTIVITY}.{number}") for number in (1, 2, 3)]


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


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ends_at": "2026-06-13T00:30:00.000Z"}, "ends_before_start"),
        ({"cutoff": "2026-06-13T02:00:00.000Z"}, "cutoff_after_start"),
        ({"starts_at": "2026-06-01T01:00:00.000Z"}, "in_the_past"),
        ({"kept_walk_in": 6}, "more_kept_than_there_are"),
    ],
)
def test_what_cannot_be_is_named(said: Json, code: str) -> None:
    with refused(code, Invalid):
        change(series(), **said)


def test_as_many_seats_may_be_kept_as_there_are() -> None:
    docs = series()
    capacity = docs.the("sessions", f"{ACTIVITY}.1")["capacity"]
    assert change(docs, kept_walk_in=capacity)
    with refused("more_kept_than_there_are", Invalid):
        change(docs, kept_walk_in=capacity, kept_offline=1)


@pytest.mark.parametrize(
    "said",
    [
        {
            "which": "one",
            "session": f"{ACTIVITY}.2",
            "starts_at": "2026-06-15T01:00:00.000Z",
        },
        {
            "also": [
                {
                    "starts_at": "2026-06-14T01:00:00.000Z",
                    "ends_at": "2026-06-14T02:00:00.000Z",
                }
            ]
        },
    ],
)
def test_no_session_comes_to_begin_with_another(said: Json) -> None:
    with pytest.raises(Invalid) as refusal:
        change(series(), **said)
    assert refusal.value.code == "sessions_at_once"
    assert refusal.value.errors[0]["path"] == (
        "also" if "also" in said else "starts_at"
    )


def test_nobody_loses_a_seat_to_a_change() -> None:
    with refused(
        "capacity_below_taken", says="端午包粽子（6月13日 周六 9:00）已有 3 人"
    ):
        change(series(confirmed("G1", *"ABC", ticket=1)), capacity=2)


def test_a_change_changes_something() -> None:
    with refused("nothing_changes"):
        change(series(), capacity=5)


def test_a_session_does_not_move_once_its_doors_are_open_or_while_something_is_booked_for_it() -> (
    None
):
    command = {
        "activity": ACTIVITY,
        "which": "all",
        "reason": "晚点",
        "starts_at": "2026-06-13T05:00:00.000Z",
    }
    with refused("doors_open"):
        changes.change(series(), command, secretary(now=STARTS - timedelta(minutes=50)))
    requested = {"session": f"{ACTIVITY}.1", "offering": OFFERING, "host": "branch/B1"}
    docs = series(
        fact("offering_requested.v1", **requested, starts_at="2026-06-13T01:00:00.000Z")
    )
    with refused("offerings_held"):
        changes.change(docs, command, secretary())


def test_a_session_that_has_begun_does_not_change() -> None:
    docs = take(series(), ("start", 1))
    longer = {"ends_at": "2026-06-13T04:00:00.000Z"}
    for said in (
        {"place": "二楼"},
        {"capacity": 9, "place": "二楼"},
        {"kept_walk_in": 1},
        longer,
    ):
        with refused("cannot_change"):
            change(docs, which="one", session=f"{ACTIVITY}.1", **said)


def test_a_session_under_way_gets_more_places_and_never_fewer() -> None:
    docs = take(series(), ("start", 1))
    with refused("already_begun", says="只能增加"):
        change(docs, which="one", session=f"{ACTIVITY}.1", capacity=4)
    capacities = [
        plan["capacity"]
        for plan in after(docs, which="one", session=f"{ACTIVITY}.1", capacity=9)
    ]
    assert (capacities, docs.the("seatings", f"{ACTIVITY}.1")["capacity"]) == (
        [9, 5, 5],
        9,
    )
    capacities = [
        plan["capacity"]
        for plan in after(docs, which="following", session=f"{ACTIVITY}.1", capacity=11)
    ]
    assert (capacities, docs.the("sessions", f"{ACTIVITY}.1")["state"]) == (
        [11, 11, 11],
        "running",
    )


@pytest.mark.parametrize(
    ("which", "capacities"),
    [("one", [5, 9, 5]), ("following", [5, 9, 9]), ("all", [9, 9, 9])],
)
def test_with_one_under_way_those_before_it_change_only_with_all(
    which: str, capacities: list[int]
) -> None:
    docs = take(series(), ("start", 2))
    plans = after(docs, which=which, session=f"{ACTIVITY}.2", capacity=9)
    assert [plan["capacity"] for plan in plans] == capacities


def test_a_session_under_way_takes_all_at_once_that_it_takes() -> None:
    docs = take(series(), ("start", 1))
    activity, running = docs.the("activities", ACTIVITY), {"session": f"{ACTIVITY}.1"}
    said = {"capacity": 9, "helpers": 2, "link": "https://meeting.example.org/2"}
    for more, is_taken in (({}, True), ({"place": "三楼"}, False)):
        meant = changes._under_way(docs, activity, running, said | more)
        assert (meant is not None) is is_taken


def test_the_only_session_of_an_activity_under_way_gets_more_places_unnamed() -> None:
    docs = take(series(several=1), ("start", 1))
    change(docs, capacity=9)
    with refused("cannot_change"):
        change(take(docs, ("close", 1)), capacity=12)


def test_a_session_does_not_move_once_somebody_may_be_there_by_a_clock_that_is_ahead() -> (
    None
):
    for before, may in ((66, True), (65, False)):
        command = {
            "activity": ACTIVITY,
            "which": "one",
            "session": f"{ACTIVITY}.1",
            "reason": "晚点",
        }
        command["starts_at"] = "2026-06-13T02:00:00.000Z"
        who = secretary(now=STARTS - timedelta(minutes=before))
        if may:
            assert changes.change(series(), command, who).data["moved"]
        else:
            with refused("doors_open"):
                changes.change(series(), command, who)


@pytest.mark.parametrize(
    ("cohosts", "says"),
    [
        (["unit/U1", "unit/U1"], "“锦灯供电服务所”"),
        (["branch/B1"], "“演示支部”"),
        (["unit/U9", "unit/U9"], "这个协办方"),
    ],
)
def test_the_credit_is_shared_with_others_and_with_each_once(
    cohosts: list[str], says: str
) -> None:
    """Who is twice is named, where the name is known to all."""
    with refused(
        "cohost_twice" if says != "这个协办方" else "unknown_cohost", Problem, says=says
    ):
        change(series(), cohosts=cohosts)


@pytest.mark.parametrize(
    "cohost", ["unit/U9", "branch/B9", "partner/P9", "community/510108999001"]
)
def test_the_credit_is_shared_with_who_is_known(cohost: str) -> None:
    with refused("unknown_cohost", says="这个协办方还没有登记"):
        change(series(), cohosts=["community/510108002001", cohost])


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
