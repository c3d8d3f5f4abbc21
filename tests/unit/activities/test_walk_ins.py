"""Who came though no seat was left: recorded once the session has begun, with the reason."""

from datetime import timedelta

from services.activities.rules import scans, walkins
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import refused
from tests.unit.activities.attending_stage import happens
from tests.unit.activities.stage import (
    CLOSED,
    KEY,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    secretary,
    stage,
)


def full_house(*more: Fact) -> Overlay:
    """Five seats, all taken."""
    seated = [
        confirmed(f"G{number}", f"R{number}", ticket=number) for number in range(1, 6)
    ]
    return stage(PUBLISHED, OPENED, *seated, *more)


def test_who_came_beyond_the_seats_is_recorded_with_the_reason_once_it_has_begun() -> (
    None
):
    docs = full_house()
    said = {
        "activity": ACTIVITY,
        "person": "R9",
        "relation": "self",
        "reason": "家长带来的孩子",
    }
    early = secretary(now=STARTS - timedelta(minutes=20))
    with refused("no_seat_left", says="开始以后写明理由"):
        walkins.walk_in(docs, said, early, KEY)
    happens(docs, STARTED)
    with refused("no_seat_left", says="写明理由（reason）"):
        walkins.walk_in(
            docs,
            {name: said[name] for name in said if name != "reason"},
            secretary(now=STARTS),
            KEY,
        )
    came = walkins.walk_in(docs, said, secretary(now=STARTS), KEY)
    happens(docs, came)
    seating = docs.the("seatings", SESSION)
    assert (came.data["reason"], seating["taken"], seating["capacity"]) == (
        "家长带来的孩子",
        6,
        5,
    )


def test_a_line_of_paper_of_somebody_without_a_seat_is_a_walk_in_that_says_why() -> (
    None
):
    docs = full_house(STARTED, CLOSED)
    line = {
        "activity": ACTIVITY,
        "person": "R9",
        "direction": "in",
        "at": "2026-06-13T01:05:00.000Z",
    }
    late = secretary(now=STARTS + timedelta(days=2))
    with refused("not_signed_up", says="按现场参加登记"):
        scans.record_paper(docs, line, late)
    came = scans.record_paper(docs, {**line, "reason": "名单漏了"}, late)
    assert (came.type, came.data["way"], came.data["reason"]) == (
        "walked_in.v1",
        "backfilled",
        "名单漏了",
    )
    happens(docs, came)
    with refused("scan_known"):
        scans.record_paper(docs, {**line, "reason": "名单漏了"}, late)
    left = scans.record_paper(
        docs, {**line, "direction": "out", "at": "2026-06-13T02:05:00.000Z"}, late
    )
    assert (left.type, left.data["minutes"]) == ("checked_out.v1", 60)


def test_where_a_seat_is_left_no_reason_is_kept() -> None:
    docs = stage(PUBLISHED, OPENED, STARTED)
    said = {
        "activity": ACTIVITY,
        "person": "R9",
        "relation": "self",
        "reason": "来看看",
    }
    assert "reason" not in walkins.walk_in(docs, said, secretary(now=STARTS), KEY).data
