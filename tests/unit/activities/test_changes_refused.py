"""What may not change of what was published, nor while a session is under way."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from services.activities.rules import changes
from services.kit.errors import Invalid, Problem
from tests.examples.activities import ACTIVITY, OFFERING
from tests.given import refused
from tests.unit.activities.changed import after, change
from tests.unit.activities.stage import STARTS, confirmed, fact, secretary
from tests.unit.activities.test_dates import series, take


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
