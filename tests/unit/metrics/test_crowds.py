"""Of how many people something may be told, and who makes up for few: the bounds themselves, one by one."""

from typing import Any

import pytest

from services.metrics.model.withholding import families, months
from services.metrics.model.withholding.arrangement import arranged
from services.metrics.model.withholding.families import (
    HELD,
    HELPED,
    PRESENT,
    RATED,
    TOOK_PART,
    Crowd,
    Family,
)
from services.metrics.model.withholding.months import Session, shown_of

FIGURES = {
    "person_times": 20, "unique_participants": 18, "helper_times": 6, "participant_times": 14,
    "attended": 16, "turned_up": 15, "confirmed": 17, "no_shows": 3, "ratings": 4, "satisfied": 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("people", "few"), [(0, False), (1, True), (4, True), (5, False)]
)
def test_some_are_few_and_nobody_is_not(people: int, few: bool) -> None:
    assert families.is_few(people) is few
    assert Crowd((20, people), 0).is_few is few


@pytest.mark.parametrize(("movable", "ample"), [(4, False), (5, True)])
def test_five_of_whom_one_could_be_elsewhere_are_enough(
    movable: int, ample: bool
) -> None:
    assert Crowd((20,), movable).is_ample is ample


@pytest.mark.parametrize(
    ("family", "changes", "counts", "movable"),
    [
        (PRESENT, {}, (20, 19, 18), 15),
        (PRESENT, {"ratings": 12}, (20, 19, 18), 8),
        (PRESENT, {"unique_participants": 7}, (20, 19, 7), 7),
        (HELPED, {}, (6,), 6),
        (HELPED, {"turned_up": 3}, (6,), 3),
        (TOOK_PART, {}, (14,), 14),
        (TOOK_PART, {"turned_up": 3}, (14,), 3),
        (HELD, {}, (16, 15, 2, 3), 2),
        (HELD, {"confirmed": 40}, (16, 15, 25, 3), 15),
        (RATED, {}, (4, 2), 2),
        (RATED, {"ratings": 19, "satisfied": 9}, (19, 9), 1),
    ],
)
def test_a_family_counts_its_people_and_those_of_whom_one_could_be_elsewhere(
    family: Family, changes: dict[str, int], counts: tuple[int, ...], movable: int
) -> None:
    assert family.of(FIGURES | changes) == Crowd(counts, movable)


A1, A2, A3 = (f"51010800100{number}" for number in (1, 2, 3))
B1, B2 = (f"51010800200{number}" for number in (1, 2))
A, B, ALL = "510108001", "510108002", "510108"
FEW, MANY, MORE = Crowd((3,), 3), Crowd((9,), 9), Crowd((12,), 12)
MANY_BUT_FIXED = Crowd((9,), 4)


def test_where_all_are_few_nothing_is_told_of_anywhere() -> None:
    told = arranged({A1: Crowd((2,), 2), B1: Crowd((2,), 2)})
    assert (told.hidden, told.finest) == (True, 0)
    assert told.bound == {A1, B1, A, B, ALL}
    assert told.withholds(ALL)


def test_where_nowhere_are_few_all_is_told() -> None:
    told = arranged({A1: MANY, A2: MANY, B1: MANY})
    assert (told.hidden, told.finest) == (False, 12)
    assert not told.parted | told.bound
    assert not any(told.withholds(scope) for scope in (A1, A, ALL))
    assert told.party_of(A1) == A1


def test_few_in_a_community_are_made_up_for_by_the_largest_of_its_street() -> None:
    told = arranged({A1: FEW, A2: MANY, A3: MORE, B1: MANY})
    assert (set(told.parted), told.finest) == ({A}, 9)
    assert told.bound == {A1, A3}
    assert told.withholds(A2)
    assert not any(told.withholds(scope) for scope in (A, B1, ALL))
    assert told.party_of(A1) == told.party_of(A3) == A1
    assert told.party_of(A2) == A2


def test_where_nobody_could_be_elsewhere_all_of_the_street_make_up_for_few() -> None:
    told = arranged({A1: FEW, A2: MANY_BUT_FIXED, A3: MANY_BUT_FIXED, B1: MANY})
    assert told.bound == {A1, A2, A3}


def test_few_in_a_street_are_made_up_for_by_another_street() -> None:
    told = arranged({A1: FEW, B1: MANY, B2: MORE})
    assert (set(told.parted), told.finest) == ({A, B, ALL}, 6)
    assert told.bound == {A1, B2, A, B}
    assert all(told.withholds(scope) for scope in (A1, A, B1, B))
    assert not told.withholds(ALL)


def test_a_street_of_few_and_few_in_another_are_one_party_where_they_meet() -> None:
    told = arranged({A1: FEW, B1: FEW, B2: MORE})
    assert told.party_of(A1) == told.party_of(B1) == told.party_of(B2) == A1


def session(day: str, category: str, crowd: Crowd, **more: Any) -> Session:
    about = {"community": A1, "host": "H1"} | more
    values = f"category:{category}", f"host:{about['host']}"
    return Session(about["community"], day, category, values, crowd)


@pytest.mark.parametrize(
    ("sessions", "trades"),
    [
        # All of the place are few: others see to it.
        ([session("1", "a", FEW)], True),
        ([session("1", "a", MANY)], True),
        # Of whom two could be elsewhere, that makes up for few.
        ([session("1", "a", FEW), session("2", "b", Crowd((9,), 2))], True),
        ([session("1", "a", Crowd((3,), 0)), session("2", "b", Crowd((9,), 1))], False),
        # Not for themselves.
        ([session("1", "a", FEW), session("2", "b", Crowd((9,), 0))], False),
        ([session("1", "a", FEW), session("2", "a", Crowd((3,), 0))], False),
        # Few on two days make up for each other as long as each is without something of the other.
        ([session("1", "a", FEW), session("2", "b", FEW, host="H2")], True),
        ([session("1", "a", FEW), session("1", "b", FEW, host="H2")], True),
    ],
)
def test_few_are_made_up_for_by_some_to_spare_elsewhere(
    sessions: list[Session], trades: bool
) -> None:
    assert months._trades_its_own(sessions) is trades


@pytest.mark.parametrize(
    ("some", "others", "spread"),
    [
        ([session("1", "a", MANY)], [], False),
        ([session("1", "a", MANY), session("1", "b", MANY)], [], False),
        ([session("1", "a", MANY), session("2", "a", MANY)], [], True),
        (
            [session("1", "a", MANY), session("2", "a", MANY)],
            [session("2", "b", MANY)],
            False,
        ),
        (
            [session("1", "a", MANY), session("2", "b", MANY)],
            [session("2", "b", MANY)],
            True,
        ),
    ],
)
def test_sessions_are_spread_where_nothing_but_what_all_have_is_common_to_them(
    some: list[Session], others: list[Session], spread: bool
) -> None:
    assert months._are_spread(some, [*some, *others]) is spread


@pytest.mark.parametrize(
    ("every", "joined", "apart"),
    [
        ("abc", ["abc"], ""),
        ("abc", ["ab"], "bc"),
        ("abc", ["bc"], "ab"),
        ("abcd", ["ad", "bc"], "acd"),
        ("ab", [], "ab"),
        ("", [], ""),
    ],
)
def test_what_is_apart_is_withheld_with_one_that_is_not(
    every: str, joined: list[str], apart: str
) -> None:
    told = months._apart(set(every), map(frozenset, joined))
    assert told == set(apart)


def test_a_month_without_few_is_told_whole() -> None:
    sessions = [session("1", "a", MANY), session("2", "b", MANY)]
    assert shown_of(sessions, arranged({A1: MORE})).whole
    few = [*sessions, session("3", "a", FEW)]
    assert not shown_of(few, arranged({A1: MORE})).whole
    assert not shown_of(sessions, arranged({A1: FEW, A2: MORE})).whole
