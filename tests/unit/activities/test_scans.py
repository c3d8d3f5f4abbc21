"""Scans sent later: late, shuffled, doubled, by clocks that are off. What they add up to depends on none of that."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.activities.door import MOST_SCANS
from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import codes, scans
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.offline import corrected, off_s
from services.kit.views import Find, Overlay, Reads
from tests.examples.activities import ACTIVITY
from tests.given import happened, refused
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    after_min,
    happens,
    held,
    record,
    record_all,
    refusal_of,
    scan,
    seat,
    typed,
)
from tests.unit.activities.stage import KEY, STARTS, resident, secretary

PEOPLE = ("R1", "R2")
FIGURES = ("attended", "minutes", "hours", "inside_since")

marks = st.builds(
    typed,
    person=st.sampled_from(PEOPLE),
    direction=st.sampled_from(("in", "out")),
    minutes=st.integers(-10, 130).map(lambda minutes: minutes / 2),
    nonce=st.just("N"),
    session=st.sampled_from(SESSIONS[:2]),
    device_now=st.sampled_from((0, 60, -90, 1_000)).map(
        lambda off: (LATER + timedelta(seconds=off)).isoformat().replace("+00:00", "Z")
    ),
)


def in_time(command: Json, number: int) -> Json:
    """The scan moved into the hours of its session's door; every third is of a code shown then, each its own."""
    offset = 60 if command["session"] == SESSIONS[1] else 0
    at = datetime.fromisoformat(command["at"]) + timedelta(minutes=offset)
    moved = {**command, "nonce": f"N{number}", "at": instant(at)}
    if number % 3:
        return moved
    truly = corrected(moved["at"], off_s(moved, secretary(now=LATER)))
    shown = codes.own_code(
        command["person"], KEY, truly - timedelta(milliseconds=number)
    )
    return {**moved, "own_code": shown["code"]}


def result(docs: Overlay) -> Json:
    seats = {
        id: docs.the("seats", id)
        for session in SESSIONS
        for id in (f"{session}:{person}" for person in PEOPLE)
    }
    figures = {id: {name: each[name] for name in FIGURES} for id, each in seats.items()}
    years = [
        year
        for person in PEOPLE
        for year in docs.find(Find("years", {"person": person, "scope": "all"}, "year"))
    ]
    counts = [docs.the("seatings", session)["attended"] for session in SESSIONS]
    shown = [
        {name: value for name, value in year.items() if name != "seq"}
        for year in years
        if year["attendances"]
    ]
    return {"seats": figures, "years": shown, "attended": counts}


@settings(deadline=None)
@given(st.lists(marks, max_size=12), st.randoms(use_true_random=False))
def test_any_order_and_doubling_of_scans_comes_to_the_same(
    said: list[Json], chance: Random
) -> None:
    sent = [in_time(one, number) for number, one in enumerate(said)]
    in_order = sorted(sent, key=lambda one: str(one["at"]))
    shuffled = [*sent, *chance.sample(sent, len(sent) // 2)]
    chance.shuffle(shuffled)
    assert result(record_all(held(*PEOPLE), in_order)) == result(
        record_all(held(*PEOPLE), shuffled)
    )


@settings(deadline=None)
@given(st.lists(marks, max_size=12))
def test_a_year_is_the_sum_of_its_attendances(said: list[Json]) -> None:
    docs = record_all(
        held(*PEOPLE), [in_time(one, number) for number, one in enumerate(said)]
    )
    for person in PEOPLE:
        own = [
            seat(docs, person, session)
            for session in SESSIONS
            if seat(docs, person, session)["attended"]
        ]
        year = docs.get("years", f"{person}:2026:all") or {
            "attendances": 0,
            "minutes": 0,
        }
        assert (year["attendances"], year["minutes"]) == (
            len(own),
            sum(each["minutes"] for each in own),
        )
        classes = (
            year.get(f"minutes_{each}", 0)
            for each in ("scanned", "backfilled", "adjusted")
        )
        assert sum(classes) == year["minutes"]
        street = docs.get("years", f"{person}:2026:510108002") or {"attendances": 0}
        assert street["attendances"] == year["attendances"]


def test_an_exit_that_arrives_before_its_entry_waits_for_it() -> None:
    docs = held("R1")
    assert record(docs, scan("R1", "out", 95, "N2")).type == "scan_kept.v1"
    assert not seat(docs, "R1")["attended"]
    entered = record(docs, scan("R1", "in", 5, "N1"))
    assert entered.type == "checked_in.v1"
    assert (entered.data["minutes"], entered.data["hours"]) == (90, "scanned")
    assert seat(docs, "R1")["minutes"] == 90


def test_a_pair_older_than_one_recorded_adds_to_it() -> None:
    docs = held("R1")
    for number, (direction, at) in enumerate(
        (("in", 60), ("out", 100), ("in", 0), ("out", 20))
    ):
        record(docs, scan("R1", direction, at, f"N{number}"))
    assert seat(docs, "R1")["minutes"] == 60


def test_the_same_scan_counts_once_whoever_sends_it() -> None:
    docs = held("R1")
    record(docs, scan("R1", "in", 5, "N1"))
    assert refusal_of(docs, scan("R1", "in", 5, "N1")) == "scan_known"
    assert (
        refusal_of(
            docs, scan("R1", "in", 5, "N1"), secretary(now=LATER + timedelta(hours=1))
        )
        == "scan_known"
    )


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


def test_an_overlap_counts_in_the_session_entered_first() -> None:
    docs = held("R1")
    first, second = SESSIONS[0], SESSIONS[1]  # 0 to 120 and 60 to 180.
    pairs = (
        (second, "in", 70),
        (second, "out", 170),
        (first, "in", 0),
        (first, "out", 110),
    )
    record_all(
        docs,
        [
            scan("R1", direction, at, f"N{at}", session)
            for session, direction, at in pairs
        ],
    )
    assert seat(docs, "R1", first)["minutes"] == 110
    assert seat(docs, "R1", second)["minutes"] == 60
    assert docs.the("years", "R1:2026:all")["minutes"] == 170


def test_the_session_that_must_be_counted_again_is_named() -> None:
    docs = held("R1")
    first, second = SESSIONS[0], SESSIONS[1]
    record_all(
        docs, [scan("R1", "in", 70, "N1", second), scan("R1", "out", 170, "N2", second)]
    )
    record(docs, scan("R1", "in", 0, "N3", first))
    left = record(docs, scan("R1", "out", 110, "N4", first))
    assert left.data["recount"] == [second]
    assert seat(docs, "R1", second)["minutes"] == 100, "until it is counted again"
    assert docs.the("recounts", f"{second}:R1")["recount_at"]


@settings(deadline=None)
@given(st.lists(marks, max_size=8))
def test_what_is_remembered_does_not_depend_on_how_many_events_are_folded_at_once(
    said: list[Json],
) -> None:
    at_once, began = held(*PEOPLE), held(*PEOPLE)
    commands = [in_time(one, number) for number, one in enumerate(said)]
    facts = [record(at_once, command) for command in commands]
    one_by_one: Reads = began
    for seq, fact in enumerate(facts, start=began.seq + 1):
        step = Overlay(one_by_one)
        step.fold(happened(fact, seq, LATER), Activities.folds["activities"])
        _ = step.changed
        one_by_one = step
    ids = [
        ("seats", f"{session}:{person}") for session in SESSIONS for person in PEOPLE
    ]
    ids += [
        ("years", f"{person}:2026:{scope}")
        for person in PEOPLE
        for scope in ("all", "510108")
    ]
    assert [one_by_one.get(*id) for id in ids] == [at_once.get(*id) for id in ids]
