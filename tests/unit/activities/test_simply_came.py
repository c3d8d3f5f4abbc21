"""Who simply comes, and who did not after all."""

from datetime import timedelta

from services.activities.rules import (
    codes,
    corrections,
    door,
    places,
    scans,
    signups,
    walkins,
)
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT
from tests.given import refused
from tests.unit.activities.attending_stage import after_min, happens, seat
from tests.unit.activities.corrected import FIRST
from tests.unit.activities.door import RUNNING
from tests.unit.activities.stage import (
    KEY,
    STARTS,
    confirmed,
    resident,
    secretary,
    stage,
    waitlisted,
)


def come(docs: Overlay, now_min: int = 5, **said: str) -> Fact:
    command = {"activity": ACTIVITY, "relation": "self", **said}
    return walkins.walk_in(
        docs,
        command,
        secretary(now=STARTS + timedelta(minutes=now_min), new_id="G9"),
        KEY,
    )


def test_who_simply_comes_gets_a_free_seat_and_is_checked_in() -> None:
    docs = stage(*RUNNING)
    event = come(
        docs, own_code=codes.own_code("R7", KEY, STARTS + timedelta(minutes=4))["code"]
    )
    assert (event.type, event.data["pool"], event.data["way"]) == (
        "walked_in.v1",
        "walk_in",
        "scanned",
    )
    happens(docs, event)
    there = seat(docs, "R7")
    assert (there["state"], there["attended"], there["inside_since"]) == (
        "confirmed",
        True,
        event.data["at"],
    )
    assert (
        docs.the("seatings", FIRST)["taken"],
        docs.the("seatings", FIRST)["attended"],
    ) == (3, 1)
    with refused("already_signed_up"):
        come(docs, person="R7")


def test_a_seat_free_at_the_start_is_for_whoever_is_there_before_the_clock_has_ended_the_waiting() -> (
    None
):
    docs = stage(
        *RUNNING[:-1], waitlisted("G8", "R8", ticket=8, position=1), RUNNING[-1]
    )
    assert docs.the("seatings", FIRST)["settle_at"] <= after_min(1)
    assert come(docs, person="R7").type == "walked_in.v1"


def test_no_seat_is_made_for_who_simply_comes() -> None:
    full = confirmed("G2", "R2", "R3", "R4", ticket=2)
    docs = stage(*RUNNING[:2], full, *RUNNING[2:])
    assert docs.the("seatings", FIRST)["taken"] == CONTENT["sessions"][0]["capacity"]
    with refused("no_seat_left", says="5 个名额"):
        come(docs, person="R7")


def test_who_signed_up_checks_in_instead_and_only_the_host_lets_in() -> None:
    docs = stage(
        *RUNNING[:-1], waitlisted("G8", "R8", ticket=8, position=1), RUNNING[-1]
    )
    with refused("already_signed_up", says="请直接签到"):
        come(docs, person="R1")
    with refused("already_signed_up", says="现在是“候补”"):
        come(docs, person="R8")
    happens(
        docs, places.settle(docs, docs.the("seatings", FIRST), secretary(now=STARTS))
    )
    with refused("not_signed_up", says="没有轮到候补"):
        door.check_in(
            docs, {"activity": ACTIVITY, "person": "R8"}, secretary(now=STARTS), KEY
        )
    happens(docs, come(docs, person="R8"))
    assert (seat(docs, "R8")["attended"], docs.the("signups", "G8")["state"]) == (
        True,
        "missed",
    )
    with refused("outside_session"):
        come(docs, person="R7", at=after_min(-61))
    with refused("not_your_host", Forbidden):
        walkins.walk_in(
            docs, {"activity": ACTIVITY, "person": "R7"}, resident("R7"), KEY
        )


def test_the_hosts_scan_of_a_persons_own_code_checks_in_and_out() -> None:
    docs, now = stage(*RUNNING), STARTS + timedelta(minutes=5)
    command = {"activity": ACTIVITY, "own_code": codes.own_code("R1", KEY, now)["code"]}
    event = door.check_in(docs, command, secretary(now=now), KEY)
    assert (event.data["person"], event.data["way"]) == ("R1", "scanned")
    happens(docs, event)
    with refused("code_expired"):
        door.check_out(docs, command, secretary(now=now + timedelta(minutes=20)), KEY)
    with refused("not_your_host", Forbidden):
        door.check_in(docs, command, resident("R2", now=now), KEY)


def test_who_did_not_simply_come_after_all_has_no_seat() -> None:
    docs = stage(*RUNNING)
    happens(docs, come(docs, person="R7"))
    undone = {
        "activity": ACTIVITY,
        "person": "R7",
        "undone": "in",
        "reason": "扫错了人",
    }
    happens(
        docs,
        corrections.undo_check(
            docs, undone, secretary(now=STARTS + timedelta(minutes=9))
        ),
    )
    seating = docs.the("seatings", FIRST)
    assert (seat(docs, "R7")["state"], seating["taken"], seating["attended"]) == (
        "cancelled",
        2,
        0,
    )
    assert (seating["taken_walk_in"], seating["attended_walk_in"]) == (0, 0)
    assert come(docs, person="R7", at=after_min(8)).type == "walked_in.v1"


def test_who_signs_up_again_is_known_as_before() -> None:
    docs = stage(*RUNNING[:-1])
    early = secretary(now=STARTS - timedelta(minutes=20))
    mark = {
        "activity": ACTIVITY,
        "session": FIRST,
        "person": "R1",
        "direction": "out",
        "at": after_min(-25),
    }
    happens(docs, scans.record_paper(docs, mark, early))
    happens(docs, signups.cancel_signup(docs, {"signup": "G1"}, early))
    happens(docs, confirmed("G9", "R1", ticket=9))
    assert [mark["at"] for mark in seat(docs, "R1")["scans"]] == [after_min(-25)]
    with refused("scan_known"):
        scans.record_paper(docs, mark, early)
