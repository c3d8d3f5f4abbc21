"""Hours decided by a person."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.activities.model.hours import GRACE
from services.activities.rules import corrections, door
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import asked, refused
from tests.unit.activities.attending_stage import (
    LATER,
    after_min,
    happens,
    held,
    record,
    record_all,
    recount_all,
    scan,
    seat,
)
from tests.unit.activities.corrected import FIRST, SECOND, been, undo
from tests.unit.activities.stage import KEY, STARTS, resident, secretary, street_admin

WORKER = asked(("community_worker", "510108002001"), id="W1", now=LATER)


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


def test_hours_counted_again_say_whether_the_attendance_stands() -> None:
    docs = been()
    event = corrections.recount(docs, seat(docs, "R1"), secretary(now=LATER))
    assert (event.data["attended"], event.data["minutes"]) == (True, 90)


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
