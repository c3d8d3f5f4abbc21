"""Who came though no seat was left: recorded once the session has begun, with the reason."""

from datetime import timedelta

from schemas.fields import instant
from services.activities.rules import scans, walkins
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION
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
    fact,
    secretary,
    stage,
)

OF_R1 = {
    "session": SESSION,
    "by": "R1",
    "party": [{"person": "R1", "relation": "self"}],
    "ticket": 1,
}
SEEN = {"person": "R1", "at": instant(STARTS), "way": "scanned", "minutes": 0, "hours": "scanned"}  # fmt: skip
WITH_HELPERS = Fact(
    PUBLISHED.type,
    PUBLISHED.stream,
    CONTENT | {"sessions": [CONTENT["sessions"][0] | {"helpers": 3}]},
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


def test_who_came_to_help_and_walks_in_after_all_came_once() -> None:
    """As when a sign-up goes back to whom it was of, and who came by it stays."""
    helping = fact("signup_confirmed.v1", **OF_R1, signup="G1", role="helper")
    came = fact("checked_in.v1", session=SESSION, **SEEN)
    given_up = fact(
        "signup_cancelled.v1", session=SESSION, signup="G1", late=False, promoted=[]
    )
    walks_in = fact("walked_in.v1", **OF_R1, **SEEN, signup="G2", pool="walk_in")
    docs = stage(WITH_HELPERS, OPENED, helping, STARTED, came, given_up)
    assert attended(docs) == (0, 1)
    assert docs.the("years", "R1:2026:all")["attendances"] == 1
    happens(docs, walks_in)
    assert attended(docs) == (1, 0)
    assert docs.the("years", "R1:2026:all")["attendances"] == 0


def attended(docs: Overlay) -> tuple[int, int]:
    """Who took part, and who helped."""
    part, help = (
        docs.the("seatings", SESSION),
        docs.the("seatings", f"{SESSION}:helpers"),
    )
    return part["attended"], help["attended"]
