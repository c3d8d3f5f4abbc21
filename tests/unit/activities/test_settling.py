"""What counts for who came: from in to out, the length of the session, or nothing; and who did not check out."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from services.activities.rules import (
    corrections,
    door,
    scans,
    sessions,
    settling,
    walkins,
)
from services.activities.service import Activities
from services.activities.views import closing
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import given_from, refused
from tests.unit.activities.attending_stage import after_min, held, recount_all
from tests.unit.activities.seats import take
from tests.unit.activities.stage import (
    KEY,
    OPENED,
    STARTED,
    STARTS,
    confirmed,
    fact,
    secretary,
    stage,
)

ENDS = STARTS + timedelta(minutes=120)
LINE = {"activity": ACTIVITY, "session": SESSION}


def running(*people: str, **said: Any) -> Overlay:
    seated = [
        confirmed(f"G-{person}", person, ticket=number)
        for number, person in enumerate(people, start=1)
    ]
    return stage(
        Fact("activity_published.v2", STREAM, {**CONTENT, **said}),
        OPENED,
        *seated,
        STARTED,
    )


def mark(
    docs: Overlay, person: str, direction: str, minutes: int, session: str = SESSION
) -> Fact:
    line = {
        **LINE,
        "session": session,
        "person": person,
        "direction": direction,
        "at": after_min(minutes),
    }
    return take(
        docs,
        scans.record_paper(docs, line, secretary(now=ENDS + timedelta(hours=1))),
        ENDS,
    )


def unsettled(docs: Overlay) -> Any:
    """Whom the report names that the host looks over before closing."""
    known = closing.prefilled(docs, docs.the("sessions", SESSION))
    return known["without_checkout"]


def close(docs: Overlay, who: str = "S1", **said: Any) -> Fact:
    closed = sessions.close(docs, {**LINE, **said}, secretary(now=ENDS, id=who))
    given_from(docs, Activities, "activities", closed, now=ENDS)
    return closed


def settle(docs: Overlay) -> list[Json]:
    """What the platform records of it, to the last."""
    told = []
    while due := docs.find(Find("sessions", {}, "settle_hours_at")):
        told.append(
            take(docs, settling.settle(docs, due[0], secretary(now=ENDS)), ENDS).data
        )
    return told


def minutes(docs: Overlay, person: str, session: str = SESSION) -> int:
    return int(docs.the("seats", f"{session}:{person}")["minutes"])


def test_closing_names_who_did_not_check_out_and_counts_them_until_the_end() -> None:
    docs = running("R1", "R2", "R3", "R4")
    for person, comes in (("R1", 0), ("R2", 30), ("R3", 0)):
        mark(docs, person, "in", comes)
    mark(docs, "R3", "out", 60)
    assert unsettled(docs) == ["R1", "R2"]
    assert close(docs, without_checkout={"count": "session"}).data[
        "without_checkout"
    ] == {
        "count": "session",
        "by": "S1",
    }
    [told] = settle(docs)
    assert [
        (one["person"], one["counted"], one["minutes"]) for one in told["people"]
    ] == [
        ("R1", True, 120),
        ("R2", True, 90),
    ]
    assert [minutes(docs, person) for person in ("R1", "R2", "R3", "R4")] == [
        120,
        90,
        60,
        0,
    ]
    assert docs.the("seatings", SESSION)["attended_minutes"] == 270
    assert docs.get("years", "R1:2026:all") is None, "who takes part does not serve"
    assert docs.the("seats", f"{SESSION}:R1")["recorded_by"] == "S1"


@pytest.mark.parametrize("said", [{}, {"without_checkout": {"count": "nothing"}}])
def test_whom_nothing_is_counted_for_is_told_of_as_well(said: Json) -> None:
    docs = running("R1")
    mark(docs, "R1", "in", 0)
    close(docs, **said)
    [told] = settle(docs)
    assert told["people"] == [
        {"person": "R1", "counted": False, "minutes": 0, "hours": "backfilled"}
    ]
    assert (
        minutes(docs, "R1"),
        settling.without_checkout(docs, docs.the("sessions", SESSION), 9),
    ) == (0, [])


def test_many_are_settled_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "MOST_SETTLED", 2)
    docs = running("R1", "R2", "R3", "R4", "R5")
    for person in ("R1", "R2", "R3", "R4", "R5"):
        mark(docs, person, "in", 0)
    close(docs, without_checkout={"count": "nothing"})
    assert [(len(told["people"]), told["more"]) for told in settle(docs)] == [
        (2, True),
        (2, True),
        (1, False),
    ]


def test_as_many_as_are_settled_at_once_leave_nobody_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settling, "MOST_SETTLED", 2)
    docs = running("R1", "R2")
    for person in ("R1", "R2"):
        mark(docs, person, "in", 0)
    close(docs, without_checkout={"count": "nothing"})
    assert [(len(each["people"]), each["more"]) for each in settle(docs)] == [
        (2, False)
    ]


def test_who_came_as_the_session_ended_has_nothing_counted_to_its_end() -> None:
    docs = running("R1")
    mark(docs, "R1", "in", 120)
    close(docs, without_checkout={"count": "session"})
    [settled] = settle(docs)
    assert [each["counted"] for each in settled["people"]] == [False]


@pytest.mark.parametrize(("came", "counted"), [(119, 120), (120, 0)])
def test_where_the_length_counts_one_comes_before_the_end(
    came: int, counted: int
) -> None:
    docs = running("R1", hours="length")
    mark(docs, "R1", "in", came)
    assert minutes(docs, "R1") == counted


def test_where_all_checked_out_there_is_nothing_to_settle() -> None:
    docs = running("R1", "R2")
    mark(docs, "R1", "in", 0)
    mark(docs, "R1", "out", 20)
    assert (
        "without_checkout"
        not in close(docs, without_checkout={"count": "session"}).data
    )
    assert settle(docs) == []


def test_nobody_counts_their_own_hours_by_a_key_that_closes() -> None:
    docs = running("R1", "R2", "R3")
    docs.put("machines", {"id": "S1", "maker": "R3"})
    docs.put("aliases", {"id": "R3", "into": "R1"})
    for person in ("R1", "R2"):
        mark(docs, person, "in", 0)
    close(docs, "S1", without_checkout={"count": "session"})
    settle(docs)
    assert [minutes(docs, person) for person in ("R1", "R2")] == [0, 120]


def test_nobody_counts_their_own_hours_by_closing_or_what_was_decided() -> None:
    docs = running("S1", "R2", "R3")
    take(
        docs,
        fact(
            "checked_in.v1",
            session=SESSION,
            person="S1",
            at=after_min(0),
            way="scanned",
        ),
    )
    for person in ("R2", "R3"):
        mark(docs, person, "in", 0)
    decided = {
        **LINE,
        "person": "R3",
        "attended": True,
        "minutes": 45,
        "reason": "名单",
    }
    take(docs, corrections.correct_hours(docs, decided, secretary(now=ENDS)), ENDS)
    close(docs, without_checkout={"count": "session"})
    [told] = settle(docs)
    assert [(one["person"], one["counted"]) for one in told["people"]] == [
        ("R2", True),
        ("S1", False),
    ]
    assert [minutes(docs, person) for person in ("S1", "R2", "R3")] == [0, 120, 45]


def test_what_is_counted_to_the_end_is_not_counted_elsewhere_as_well() -> None:
    docs = held("R1")
    first, second, _ = (f"{ACTIVITY}.{number}" for number in (1, 2, 3))
    mark(docs, "R1", "in", 0, first)
    mark(docs, "R1", "in", 90, second)
    mark(docs, "R1", "out", 150, second)
    assert minutes(docs, "R1", second) == 60
    close(docs, without_checkout={"count": "session"})
    settle(docs)
    recount_all(docs)
    assert (minutes(docs, "R1", first), minutes(docs, "R1", second)) == (120, 30)


def test_a_true_exit_that_comes_later_counts() -> None:
    docs = running("R1")
    mark(docs, "R1", "in", 0)
    close(docs, without_checkout={"count": "session"})
    settle(docs)
    mark(docs, "R1", "out", 80)
    assert minutes(docs, "R1") == 80


def test_where_the_length_counts_an_entry_is_enough() -> None:
    docs = running("R1", "R2", hours="length")
    assert mark(docs, "R1", "in", 20).data["minutes"] == 120
    mark(docs, "R1", "out", 60)
    said = {**LINE, "person": "R9", "relation": "self"}
    walked = take(docs, walkins.walk_in(docs, said, secretary(now=STARTS), KEY))
    assert (walked.data["minutes"], minutes(docs, "R1"), minutes(docs, "R2")) == (
        120,
        120,
        0,
    )
    assert unsettled(docs) == []
    assert (
        "without_checkout"
        not in close(docs, without_checkout={"count": "nothing"}).data
    )


def test_who_came_when_it_was_over_was_not_there_for_its_length() -> None:
    docs = running("R1", hours="length")
    mark(docs, "R1", "in", 125)
    assert (minutes(docs, "R1"), docs.the("seats", f"{SESSION}:R1")["attended"]) == (
        0,
        True,
    )


def test_where_no_hours_count_who_came_is_known_all_the_same() -> None:
    docs = running("R1", hours="none")
    mark(docs, "R1", "in", 0)
    mark(docs, "R1", "out", 100)
    assert "without_checkout" not in close(docs).data
    seat = docs.the("seats", f"{SESSION}:R1")
    assert (seat["attended"], seat["minutes"]) == (True, 0)


def test_who_is_settled_is_not_checked_out_again_but_may_be_corrected() -> None:
    docs = running("R1")
    mark(docs, "R1", "in", 0)
    close(docs, without_checkout={"count": "session"})
    settle(docs)
    with refused("not_checked_in"):
        door.check_out(docs, {**LINE, "person": "R1"}, secretary(now=ENDS), KEY)
    corrected = {
        **LINE,
        "person": "R1",
        "attended": True,
        "minutes": 70,
        "reason": "提前走了",
    }
    take(docs, corrections.correct_hours(docs, corrected, secretary(now=ENDS)), ENDS)
    assert minutes(docs, "R1") == 70
