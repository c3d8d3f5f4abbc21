"""Scans sent later: late, by clocks that are off, by codes, on paper."""

from datetime import timedelta

import pytest

from schemas.activities.door import MOST_SCANS
from schemas.documents import Json
from services.activities.rules import codes, scans
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from tests.examples.activities import ACTIVITY
from tests.given import refused
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    after_min,
    happens,
    held,
    record,
    refusal_of,
    scan,
    seat,
    typed,
)
from tests.unit.activities.stage import KEY, STARTS, resident, secretary


def test_a_nonce_used_for_another_scan_is_no_doubling() -> None:
    docs = held("R1", "R2")
    record(docs, scan("R1", "in", 5, "N1"))
    assert refusal_of(docs, scan("R2", "in", 5, "N1")) == "nonce_reused"
    assert refusal_of(docs, scan("R1", "out", 50, "N1")) == "nonce_reused"


def test_what_others_call_their_scans_is_neither_told_nor_taken_away() -> None:
    docs = held("R1", "R2")
    record(docs, scan("R1", "in", 5, "N1"))
    for direction, minutes in (("in", 301), ("out", 350)):
        elsewhere = typed(
            "R2", direction, minutes, f"N{1 if direction == 'in' else 2}", SESSIONS[2]
        )
        assert record(docs, elsewhere).data["nonce"] == elsewhere["nonce"]
    assert record(docs, scan("R2", "in", 6, "N2")).data["nonce"] == "N2"
    for known in (scan("R1", "in", 5, "N1"), scan("R2", "in", 6, "N2"), elsewhere):
        assert refusal_of(docs, known) == "scan_known"


def test_who_was_typed_into_a_device_was_not_seen_by_it() -> None:
    docs = held("R1")
    assert record(docs, typed("R1", "in", 5, "N1")).data["way"] == "backfilled"
    left = record(docs, scan("R1", "out", 95, "N2"))
    assert (left.data["way"], left.data["minutes"], left.data["hours"]) == (
        "scanned",
        90,
        "backfilled",
    )


def test_a_code_lets_in_or_out_once_however_it_is_written_and_wherever() -> None:
    docs = held("R1")
    first = scan("R1", "in", 60, "N1")
    record(docs, first)
    as_well = [{**first, "nonce": "N2"}, {**first, "nonce": "N3", "direction": "out"}]
    as_well += [
        {**first, "nonce": "N4", "session": SESSIONS[1]},
        {**first, "nonce": "N5", "at": after_min(61)},
    ]
    as_well += [
        {**first, "nonce": f"M{n}", "own_code": code}
        for n, code in enumerate(rewritten(first["own_code"]))
    ]
    assert {refusal_of(docs, command) for command in as_well} <= {
        "code_used",
        "bad_code",
    }
    assert refusal_of(docs, first) == "scan_known", "the same scan, sent again"


def rewritten(code: str) -> list[str]:
    """The same code in other letters, as far as base 64 lets one."""
    return [code[:-1] + last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"] + [
        code + "=",
        code + "!",
        code[:9] + "\n" + code[9:],
    ]


def test_a_code_is_believed_over_the_clock_of_the_device_that_read_it() -> None:
    early = scan("R1", "in", 10, "N1", at=after_min(6))
    late = scan("R1", "out", 20, "N2", at=after_min(26))
    docs = held("R1")
    assert record(docs, early).data["at"] == after_min(10)
    assert record(docs, late).data["at"] == after_min(22)
    assert seat(docs, "R1")["minutes"] == 12, "and not the twenty the device says"


def test_nobody_sends_scans_or_paper_of_themself_or_of_who_came_with_them() -> None:
    docs = held("S1")
    assert refusal_of(docs, scan("S1", "in", 5, "N1")) == "own_hours"
    for person in ("S1", "S1~guest"):
        assert refusal_of(docs, typed(person, "in", 5, "N1")) == "own_hours"
        with refused("own_hours", Forbidden):
            scans.record_paper(
                docs, paper(secretary(now=LATER), "in", 5, person), secretary(now=LATER)
            )


@pytest.mark.parametrize(
    ("off_s", "way", "told"),
    [
        (0, "scanned", None),
        (2, "scanned", None),
        (-240, "scanned", 240),
        (600, "scanned", -600),
        (601, "backfilled", -601),
    ],
)
def test_a_wrong_clock_is_set_right_and_said(
    off_s: int, way: str, told: int | None
) -> None:
    device_now = (LATER + timedelta(seconds=off_s)).isoformat()
    shown = (STARTS + timedelta(seconds=off_s)).isoformat()
    event = record(
        held("R1"), scan("R1", "in", 0, "N1", at=shown, device_now=device_now)
    )
    assert event.data.get("clock_off_s") == told
    assert event.data["way"] == way
    assert event.data["at"] == (after_min(0) if told else after_min(off_s / 60))


@pytest.mark.parametrize(
    "device_now",
    ["2024-01-01T00:00:00Z", "9999-12-31T23:00:00Z", "0001-01-02T00:00:00Z"],
)
def test_a_clock_out_of_all_reason_is_not_believed(device_now: str) -> None:
    assert (
        refusal_of(held("R1"), scan("R1", "in", 5, "N1", device_now=device_now))
        == "clock_unbelievable"
    )


def test_a_scan_from_the_end_of_time_is_refused() -> None:
    last = typed(
        "R1", "in", 5, "N1", at="9999-12-31T23:00:00.000Z", device_now=after_min(0)
    )
    assert refusal_of(held("R1"), last) == "clock_unbelievable"
    assert (
        refusal_of(
            held("R1"), typed("R1", "in", 5, "N1", at="9999-12-31T23:00:00.000Z")
        )
        == "in_the_future"
    )


def test_a_persons_own_code_names_them_even_when_it_is_sent_the_next_day() -> None:
    shown = codes.own_code("R1", KEY, STARTS)["code"]
    command = scan("R1", "in", 1, "N1", own_code=shown)
    assert record(held("R1"), command).data["person"] == "R1"
    late = {**command, "at": after_min(10)}
    assert refusal_of(held("R1"), late) == "code_expired"
    assert refusal_of(held("R1"), {**command, "own_code": "forged"}) == "bad_code"
    door = codes.door_code(SESSIONS[0], KEY, STARTS)["code"]
    assert refusal_of(held("R1"), {**command, "own_code": door}) == "bad_code"


def test_only_the_host_sends_scans() -> None:
    with refused("not_your_host", Forbidden):
        record(held("R1"), scan("R1", "in", 5, "N1"), resident("R1", now=LATER))


def test_a_scan_of_nobody_or_out_of_hours_is_refused() -> None:
    assert refusal_of(held("R1"), scan("R9", "in", 5, "N1")) == "not_signed_up"
    assert refusal_of(held("R1"), scan("R1", "in", -61, "N1")) == "outside_session"
    assert (
        refusal_of(held("R1"), scan("R1", "in", 5, "N1", session="another.9"))
        == "not_found"
    )


def test_a_person_has_so_many_scans_and_no_more() -> None:
    docs = held("R1")
    for number in range(MOST_SCANS):
        record(docs, scan("R1", ("in", "out")[number % 2], number, f"N{number}"))
    assert refusal_of(docs, scan("R1", "in", 60, "N99")) == "too_many_scans"


def paper(who: Asked, direction: str, minutes: float, person: str = "R1") -> Json:
    return {
        "activity": ACTIVITY,
        "session": SESSIONS[0],
        "person": person,
        "direction": direction,
        "at": after_min(minutes),
    }


def test_paper_is_backfilled_and_the_same_mark_is_recorded_once() -> None:
    docs, who = held("R1"), secretary(now=LATER)
    entered = scans.record_paper(docs, paper(who, "in", 5), who)
    assert (entered.type, entered.data["way"]) == ("checked_in.v1", "backfilled")
    happens(docs, entered)
    with refused("scan_known"):
        scans.record_paper(docs, paper(who, "in", 5), who)
    left = scans.record_paper(docs, paper(who, "out", 65), who)
    assert (left.data["minutes"], left.data["hours"]) == (60, "backfilled")
