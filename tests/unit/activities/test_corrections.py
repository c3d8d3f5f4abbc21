"""Marks undone, hours decided by a person, and who simply comes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from schemas.documents import Json
from services.activities.model.hours import GRACE
from services.activities.rules import (
    codes,
    corrections,
    door,
    places,
    scans,
    signups,
    walkins,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT
from tests.given import asked, refused
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    after_min,
    happens,
    held,
    record,
    record_all,
    recount_all,
    scan,
    seat,
)
from tests.unit.activities.door import RUNNING
from tests.unit.activities.stage import (
    KEY,
    STARTS,
    confirmed,
    resident,
    secretary,
    stage,
    street_admin,
    waitlisted,
)

FIRST, SECOND, _ = SESSIONS
WORKER = asked(("community_worker", "510108002001"), id="W1", now=LATER)


def been() -> Overlay:
    """R1 was there from 5 to 95."""
    docs = held("R1", "R2")
    return record_all(docs, [scan("R1", "in", 5, "N1"), scan("R1", "out", 95, "N2")])


def undo(docs: Overlay, undone: str, **more: str) -> Json:
    command = {
        "activity": ACTIVITY,
        "session": FIRST,
        "person": "R1",
        "undone": undone,
        "reason": "扫错了人",
        **more,
    }
    event = corrections.undo_check(docs, command, secretary(now=LATER))
    happens(docs, event)
    return event.data


def correct(docs: Overlay, who: Asked, **changes: object) -> Fact:
    said = {
        "activity": ACTIVITY,
        "session": FIRST,
        "person": "R1",
        "attended": True,
        "minutes": 60,
        "reason": "按名单",
    }
    event = corrections.correct_hours(docs, {**said, **changes}, who)
    happens(docs, event)
    return event


def test_undoing_an_exit_takes_its_minutes_and_leaves_the_person_inside() -> None:
    docs = been()
    told = undo(docs, "out")
    assert (told["attended"], told["minutes"], told["at"]) == (True, 0, after_min(95))
    assert seat(docs, "R1")["inside_since"] == after_min(5)


def test_undoing_the_only_entry_takes_the_attendance() -> None:
    docs = been()
    assert undo(docs, "in")["attended"] is False
    assert docs.the("years", "R1:2026:all")["attendances"] == 0
    assert docs.the("seatings", FIRST)["attended"] == 0
    assert "recorded" not in seat(docs, "R1")


def test_an_undone_scan_does_not_come_back_when_it_is_sent_again() -> None:
    docs = been()
    undo(docs, "in")
    with refused("scan_known"):
        record(docs, scan("R1", "in", 5, "N1"))
    assert record(docs, scan("R1", "in", 15, "N3")).data["minutes"] == 80


def test_a_mark_on_paper_that_was_undone_is_not_recorded_again() -> None:
    docs, who = held("R1"), secretary(now=LATER)
    mark = {
        "activity": ACTIVITY,
        "session": FIRST,
        "person": "R1",
        "direction": "in",
        "at": after_min(5),
    }
    happens(docs, scans.record_paper(docs, mark, who))
    undo(docs, "in")
    with refused("mark_undone", says="撤销"):
        scans.record_paper(docs, mark, who)
    assert (
        scans.record_paper(docs, {**mark, "at": after_min(6)}, who).type
        == "checked_in.v1"
    )


def test_one_of_several_marks_is_undone_by_its_time() -> None:
    docs = been()
    record_all(docs, [scan("R1", "in", 100, "N3"), scan("R1", "out", 110, "N4")])
    assert undo(docs, "in", at=after_min(100))["minutes"] == 90


def test_what_is_not_there_cannot_be_undone() -> None:
    docs = held("R1")
    with refused("nothing_to_undo", says="签到"):
        undo(docs, "in")
    with refused("nothing_to_undo"):
        undo(been(), "in", at=after_min(6))
    with refused("not_signed_up"):
        corrections.undo_check(
            docs,
            {"activity": ACTIVITY, "session": FIRST, "person": "R9"},
            secretary(now=LATER),
        )


def test_only_the_host_undoes() -> None:
    command = {
        "activity": ACTIVITY,
        "session": FIRST,
        "person": "R1",
        "undone": "in",
        "reason": "扫错了人",
    }
    with refused("not_your_host", Forbidden):
        corrections.undo_check(been(), command, resident("R1", now=LATER))


@pytest.mark.parametrize(
    "who",
    [secretary(now=LATER), WORKER, street_admin(now=LATER)],
    ids=["host", "worker", "street"],
)
def test_host_community_and_street_correct_hours(who: Asked) -> None:
    docs = been()
    told = correct(docs, who).data
    assert (told["minutes"], told["hours"], told["by"]) == (
        60,
        "adjusted",
        who.actor.id,
    )
    year = docs.the("years", "R1:2026:all")
    assert (year["minutes_scanned"], year["minutes_adjusted"], year["minutes"]) == (
        0,
        60,
        60,
    )


def test_nobody_else_corrects_hours() -> None:
    for who in (resident("R1", now=LATER), street_admin(now=LATER, street="510108009")):
        with refused("out_of_scope", Forbidden):
            correct(been(), who)


@pytest.mark.parametrize(
    "role", [("community_worker", "510108002001"), ("street_admin", "510108002")]
)
def test_nobody_corrects_their_own_hours(role: tuple[str, str]) -> None:
    with refused("own_hours", Forbidden):
        correct(been(), asked(role, id="R1", now=LATER))


def test_decided_hours_are_moved_by_no_scan() -> None:
    docs = been()
    correct(docs, WORKER)
    assert record(docs, scan("R1", "in", 100, "N3")).type == "scan_kept.v1"
    assert record(docs, scan("R1", "out", 115, "N4")).type == "scan_kept.v1"
    assert (seat(docs, "R1")["minutes"], seat(docs, "R1")["hours"]) == (60, "adjusted")
    with refused("hours_decided"):
        undo(docs, "in")
    at_the_door = {
        "activity": ACTIVITY,
        "session": FIRST,
        "person": "R1",
        "at": after_min(20),
    }
    with refused("hours_decided"):
        door.check_in(docs, at_the_door, secretary(now=LATER), KEY)


def test_who_never_came_loses_the_attendance_and_gets_it_back_by_decision() -> None:
    docs = been()
    assert correct(docs, WORKER, attended=False, minutes=0).data["attended"] is False
    assert docs.the("years", "R1:2026:all")["attendances"] == 0
    assert record(docs, scan("R1", "in", 100, "N3")).type == "scan_kept.v1"
    correct(docs, WORKER, minutes=30)
    assert docs.the("years", "R1:2026:all")["minutes_adjusted"] == 30


def test_what_is_decided_in_one_session_frees_the_time_in_another() -> None:
    docs = record_all(
        been(),
        [scan("R1", "in", 60, "N3", SECOND), scan("R1", "out", 170, "N4", SECOND)],
    )
    assert seat(docs, "R1", SECOND)["minutes"] == 75
    assert correct(docs, WORKER, attended=False, minutes=0).data["recount"] == [SECOND]
    recount_all(docs)
    assert seat(docs, "R1", SECOND)["minutes"] == 110


def test_hours_decided_for_who_was_never_scanned_take_nothing_elsewhere() -> None:
    docs = held("R1")
    correct(docs, WORKER)
    assert record(docs, scan("R1", "in", 60, "N1", SECOND)).data["hours"] == "scanned"
    assert record(docs, scan("R1", "out", 100, "N2", SECOND)).data["minutes"] == 40


def test_scans_kept_after_a_decision_still_say_where_somebody_was_first() -> None:
    docs = record_all(
        held("R1"),
        [scan("R1", "in", 60, "N1", SECOND), scan("R1", "out", 100, "N2", SECOND)],
    )
    correct(docs, WORKER)
    record(docs, scan("R1", "in", 50, "N3"))
    assert record(docs, scan("R1", "out", 80, "N4")).data["recount"] == [SECOND]
    recount_all(docs)
    assert (
        seat(docs, "R1", FIRST)["minutes"],
        seat(docs, "R1", SECOND)["minutes"],
    ) == (60, 20)


def test_a_correction_that_makes_no_sense_is_refused() -> None:
    docs = been()
    with refused("longer_than_session", Invalid, says="150"):
        correct(docs, WORKER, minutes=151)
    with refused("minutes_without_attendance", Invalid):
        correct(docs, WORKER, attended=False)
    with refused("not_held"):
        correct(
            docs,
            asked(
                ("community_worker", "510108002001"), now=STARTS - timedelta(minutes=1)
            ),
        )
    correct(docs, WORKER)
    with refused("nothing_changes", says="60 分钟"):
        correct(docs, WORKER)


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


def test_hours_counted_again_say_whether_the_attendance_stands() -> None:
    docs = been()
    event = corrections.recount(docs, seat(docs, "R1"), secretary(now=LATER))
    assert (event.data["attended"], event.data["minutes"]) == (True, 90)


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


def test_how_somebody_served_is_said_of_who_was_there_by_who_keeps_the_activity() -> (
    None
):
    docs = been()
    command = {"activity": ACTIVITY, "session": FIRST, "person": "R1", "grade": "优秀"}
    happens(docs, door.appraise(docs, command, secretary(now=LATER)))
    assert seat(docs, "R1")["appraisal"] == "优秀"
    with refused("not_attended", says="R2"):
        door.appraise(docs, {**command, "person": "R2"}, secretary(now=LATER))
    with refused("not_your_host", Forbidden):
        door.appraise(
            docs, command, asked(("branch_secretary", "branch/B2"), id="S2", now=LATER)
        )


def test_hours_are_at_most_as_long_as_the_session_with_its_grace() -> None:
    session = been().the("sessions", FIRST)
    span = datetime.fromisoformat(session["ends_at"]) - datetime.fromisoformat(
        session["starts_at"]
    )
    most = int((span + 2 * GRACE).total_seconds()) // 60
    assert correct(been(), WORKER, minutes=most).data["minutes"] == most
    with refused("longer_than_session", Invalid):
        correct(been(), WORKER, minutes=most + 1)


def test_hours_can_be_decided_from_the_very_start_on() -> None:
    session = been().the("sessions", FIRST)
    at_the_start = datetime.fromisoformat(session["starts_at"])
    worker = replace(WORKER, now=at_the_start)
    assert correct(been(), worker, minutes=1).data["minutes"] == 1
    with refused("not_held"):
        correct(
            been(),
            replace(worker, now=at_the_start - timedelta(milliseconds=1)),
            minutes=1,
        )
