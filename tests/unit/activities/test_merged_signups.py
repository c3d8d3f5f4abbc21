"""The sign-ups of two people who are one, and what an undo makes of what has happened to them since."""

from datetime import datetime, timedelta

import pytest

from schemas.documents import Json, without
from schemas.fields import instant
from services.activities.rules import merging
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples.activities import EVENTS, MERGED, SESSION
from tests.given import given_from
from tests.unit.activities.attending_stage import (
    SESSIONS,
    happens,
    held,
    record,
    recount_all,
    seat,
    typed,
)
from tests.unit.activities.stage import (
    OPENED,
    PUBLISHED,
    STARTS,
    confirmed,
    fact,
    secretary,
    stage,
    waitlisted,
)
from tests.unit.activities.test_merging import came, merge, part, rated

GONE, INTO = MERGED["person"], MERGED["into"]
EARLY = STARTS - timedelta(days=1)
MOMENT = timedelta(milliseconds=1)


def at(docs: Overlay, now: datetime, step: str) -> list[Fact]:
    """One that is merged, or two that are parted again, at that moment."""
    type, by, rule = {
        "merge": ("attendee_merged.v1", "merge_at", merging.merge_seats),
        "part": ("attendee_parted.v1", "part_at", merging.part_seats),
    }[step]
    told = Fact(type, f"attendee/{GONE}", MERGED)
    given_from(docs, Activities, "activities", told, now=now)
    facts = []
    for one in docs.find(Find("mergings", {}, by)):
        facts.append(rule(docs, one, secretary(now=now)))
        given_from(docs, Activities, "activities", facts[-1], now=now)
    return facts


def cancelled(signup: str) -> Fact:
    about = {"signup": signup, "session": SESSION, "late": False, "promoted": []}
    return fact("signup_cancelled.v1", **about)


def signup(docs: Overlay, id: str) -> tuple[str, str, list[str]]:
    doc = docs.the("signups", id)
    return doc["state"], doc["by"], [member["person"] for member in doc["party"]]


def test_an_undo_gives_each_of_two_who_came_what_was_theirs() -> None:
    docs = held(GONE, INTO)
    came(docs, GONE, 0, 40, "a")
    came(docs, INTO, 50, 90, "b")
    happens(docs, rated(GONE, 3), rated(INTO, 3))
    before = [without(seat(docs, person), "seq") for person in (GONE, INTO)]
    merge(docs)
    part(docs)
    after = [without(seat(docs, person), "seq") for person in (GONE, INTO)]
    assert after == before


def test_whose_sign_up_only_changes_its_name_frees_no_seat() -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", GONE, f"{GONE}~child", ticket=1),
        waitlisted("G2", "R6", ticket=2, position=1),
    )
    at(docs, EARLY, "merge")
    assert signup(docs, "G1") == ("confirmed", INTO, [INTO, f"{INTO}~child"])
    assert docs.the("seatings", SESSION)["settle_at"] == instant(STARTS)
    at(docs, EARLY, "part")
    assert signup(docs, "G1") == ("confirmed", GONE, [GONE, f"{GONE}~child"])


def test_what_was_cancelled_since_stays_cancelled_after_an_undo() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", GONE, ticket=1))
    at(docs, EARLY, "merge")
    happens(docs, cancelled("G1"))
    at(docs, EARLY, "part")
    assert signup(docs, "G1") == ("cancelled", GONE, [GONE])


@pytest.mark.parametrize(
    ("merged_at", "parted_at", "state"),
    [
        (STARTS - MOMENT, STARTS, "cancelled"),
        (STARTS, STARTS, "confirmed"),
        (STARTS + MOMENT, STARTS + MOMENT, "confirmed"),
    ],
)
def test_a_seat_given_up_from_its_beginning_on_comes_back(
    merged_at: datetime, parted_at: datetime, state: str
) -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", INTO, ticket=1),
        confirmed("G2", GONE, ticket=2),
    )
    at(docs, merged_at, "merge")
    assert signup(docs, "G2") == ("cancelled", INTO, [])
    at(docs, parted_at, "part")
    party = [GONE] if state == "confirmed" else []
    assert signup(docs, "G2") == (state, GONE, party)


@pytest.mark.parametrize(
    ("parted_at", "state"), [(STARTS - MOMENT, "waiting"), (STARTS, "cancelled")]
)
def test_a_place_in_the_queue_comes_back_until_the_session_begins(
    parted_at: datetime, state: str
) -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", INTO, ticket=1),
        waitlisted("G2", GONE, ticket=2, position=1),
    )
    at(docs, EARLY, "merge")
    at(docs, parted_at, "part")
    assert signup(docs, "G2")[0] == state


def offered(signup: str) -> Fact:
    about = {"signup": signup, "session": SESSION, "until": instant(STARTS)}
    return fact("seat_offered.v1", more=False, **about)


def requested(signup: str, person: str, ticket: int) -> Fact:
    party = [{"person": person, "relation": "self"}]
    about = {"session": SESSION, "signup": signup, "by": person, "ticket": ticket}
    return fact("signup_requested.v1", party=party, **about)


@pytest.mark.parametrize(
    ("second", "by", "merged_at"),
    [
        (
            [waitlisted("G2", GONE, ticket=2, position=1), offered("G2")],
            "answer_by",
            STARTS,
        ),
        ([requested("G2", GONE, ticket=2)], "asked_at", EARLY),
    ],
)
def test_what_is_given_up_by_merging_waits_for_no_answer_until_an_undo(
    second: list[Fact], by: str, merged_at: datetime
) -> None:
    """Neither does time take it back, which would lay it open for somebody to accept, nor is a host to decide."""
    first = confirmed("G1", INTO, ticket=1)
    docs = stage(PUBLISHED, OPENED, first, *second)
    before = without(docs.the("signups", "G2"), "seq")
    at(docs, merged_at, "merge")
    assert signup(docs, "G2")[0] == "cancelled"
    assert docs.find(Find("signups", {}, by)) == []
    at(docs, merged_at, "part")
    assert without(docs.the("signups", "G2"), "seq") == before


@pytest.mark.parametrize(
    ("own", "gone"),
    [([confirmed("G2", INTO, ticket=2), cancelled("G2")], []), ([], [INTO])],
)
def test_a_seat_nothing_is_known_of_is_kept_where_there_was_one_before(
    own: list[Fact], gone: list[str]
) -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", GONE, ticket=1), *own)
    at(docs, EARLY, "merge")
    (parted,) = at(docs, EARLY, "part")
    assert parted.data["gone"] == gone


def test_what_was_counted_elsewhere_for_the_other_counts_here_after_an_undo() -> None:
    """Where they had no seat of their own nothing is left of it, but what it took from another."""
    docs = held(GONE)
    record(docs, typed(GONE, "in", 60, "a", SESSIONS[1]))
    record(docs, typed(GONE, "out", 120, "b", SESSIONS[1]))
    merge(docs)
    record(docs, typed(INTO, "in", 70, "c"))
    record(docs, typed(INTO, "out", 90, "d"))
    recount_all(docs)
    assert seat(docs, INTO)["minutes"] == 0
    part(docs)
    assert seat(docs, INTO)["minutes"] == 20
    assert seat(docs, GONE, SESSIONS[1])["minutes"] == 60


def test_of_sign_ups_given_up_the_last_is_the_latest_of_who_is_left() -> None:
    docs = stage(PUBLISHED, OPENED)
    for number, person in enumerate((GONE, GONE, INTO), start=1):
        happens(docs, confirmed(f"G{number}", person, ticket=number))
        happens(docs, cancelled(f"G{number}"))
    at(docs, EARLY, "merge")
    assert docs.the("signers", f"{SESSION}:{INTO}")["signup"] == "G2"


def walked_in(person: str) -> Fact:
    content = EVENTS["walked_in.v1"] | {"person": person, "by": person, "signup": "G9"}
    party = [{"person": person, "relation": "self"}]
    return Fact("walked_in.v1", "example/1", content | {"party": party})


def test_who_walked_in_has_done_so_as_who_is_left_too() -> None:
    docs = stage(PUBLISHED, OPENED, walked_in(GONE))
    assert docs.get("signers", f"{SESSION}:{GONE}") is None
    (merged,) = at(docs, STARTS, "merge")
    assert [one["walked_in"] for one in merged.data["people"]] == [True]
    assert signup(docs, "G9")[1] == INTO


def test_who_had_signed_up_or_did_not_come_has_not_walked_in() -> None:
    docs = held(GONE)
    came(docs, GONE, 0, 40, "a")
    assert not any(one["walked_in"] for one in people_of(merge(docs)))
    docs = stage(PUBLISHED, OPENED, walked_in(GONE))
    seen: Json = seat(docs, GONE, SESSION)
    docs.put("seats", without(seen, "recorded") | {"attended": False, "scans": []})
    assert not any(one["walked_in"] for one in people_of(at(docs, STARTS, "merge")))


def people_of(facts: list[Fact]) -> list[Json]:
    return [person for one in facts for person in one.data["people"]]


def test_the_sessions_of_somebody_are_moved_each_by_itself() -> None:
    docs = held(GONE)
    assert [one.data["session"] for one in merge(docs)] == list(SESSIONS)
