"""What scans add up to depends neither on their order nor on how often they are sent."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import codes
from services.activities.service import Activities
from services.kit.offline import corrected, off_s
from services.kit.views import Find, Overlay, Reads
from tests.given import happened
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    held,
    record,
    record_all,
    refusal_of,
    scan,
    seat,
    typed,
)
from tests.unit.activities.stage import KEY, secretary

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
