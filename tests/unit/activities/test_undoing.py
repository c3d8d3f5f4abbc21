"""Marks that are undone."""

from services.activities.rules import corrections, scans
from services.kit.errors import Forbidden
from tests.examples.activities import ACTIVITY
from tests.given import refused
from tests.unit.activities.attending_stage import (
    LATER,
    after_min,
    happens,
    held,
    record,
    record_all,
    scan,
    seat,
)
from tests.unit.activities.corrected import FIRST, been, undo
from tests.unit.activities.stage import resident, secretary


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
