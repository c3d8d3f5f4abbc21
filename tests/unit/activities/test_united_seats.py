"""Two seats of one person, part by part: what each of them brings, and what is left when one is taken out again."""

from typing import Any

import pytest

from schemas.documents import Json, without
from services.activities.model.attendance import in_order
from services.activities.model.merging import first_to_stand, parted, seated, united
from services.activities.service import Activities
from tests.given import given

SESSION: Json = {
    "host": "branch/B1",
    "community": "510108015001",
    "street": "510108015",
    "district": "510108",
    "starts_at": "2026-06-13T01:00:00.000Z",
}
NONE: Json = {
    "scans": [],
    "attended": False,
    "hours": "scanned",
    "minutes": 0,
    "score": None,
}
DECIDED: Json = {"hours": "adjusted", "attended": True, "minutes": 30}
RATED: Json = {"score": 3, "note": "N-gone"}


def seat(of: str, **known: Any) -> Json:
    about = {"signup": f"G-{of}", "state": "confirmed", "role": of, "role_text": of}
    return NONE | about | known


def mark(minute: int, direction: str = "in") -> dict[str, str]:
    at = f"2026-06-13T01:{minute:02}:00.000Z"
    return {"direction": direction, "at": at, "way": "typed"}


def one(own: Json, gone: Json) -> Json:
    return united(seat("own", **own), seat("gone", **gone), SESSION)


def left(own: Json, gone: Json, **since: Any) -> Json:
    """Of both together, and what came `since`, without the one that is taken out."""
    mine, theirs = seat("own", **own), seat("gone", **gone)
    now = united(mine, theirs, SESSION) | since
    return parted(now, mine, theirs, SESSION)


@pytest.mark.parametrize(
    ("own", "gone", "score", "note"),
    [
        ({}, {}, None, None),
        ({}, RATED, 3, "N-gone"),
        ({"score": 5, "note": "N-own"}, RATED, 5, "N-own"),
        ({"score": 5}, {}, 5, None),
        ({"score": 5}, RATED, 5, None),
    ],
)
def test_the_first_rating_is_the_survivors_own(
    own: Json, gone: Json, score: int | None, note: str | None
) -> None:
    both = one(own, gone)
    assert both["score"] == score
    if note:
        assert both["note"] == note
    again = left(own, gone)
    assert (again["score"], again.get("note")) == (own.get("score"), own.get("note"))


def test_a_rating_given_since_is_kept() -> None:
    again = left({}, RATED, score=4, note="N-since")
    assert (again["score"], again["note"]) == (4, "N-since")


@pytest.mark.parametrize(
    ("own", "gone", "minutes", "hours"),
    [
        ({"minutes": 10}, {"minutes": 20}, 10, "scanned"),
        ({"minutes": 10}, DECIDED, 30, "adjusted"),
        (DECIDED | {"minutes": 10}, DECIDED, 10, "adjusted"),
        (DECIDED | {"minutes": 10}, {"minutes": 20}, 10, "adjusted"),
    ],
)
def test_what_somebody_decided_stands_first_of_the_own(
    own: Json, gone: Json, minutes: int, hours: str
) -> None:
    both = one(own, gone)
    assert (both["minutes"], both["hours"]) == (minutes, hours)


@pytest.mark.parametrize(
    ("own", "gone", "since", "hours"),
    [
        ({}, {}, {}, "scanned"),
        ({}, DECIDED, {}, "scanned"),
        ({}, DECIDED, {"minutes": 45}, "adjusted"),
        ({}, DECIDED, {"attended": False}, "adjusted"),
        (DECIDED, {}, {}, "adjusted"),
        (DECIDED, DECIDED, {}, "adjusted"),
        ({}, {}, DECIDED, "adjusted"),
    ],
)
def test_a_decision_goes_with_whose_it_was_unless_there_was_another_since(
    own: Json, gone: Json, since: Json, hours: str
) -> None:
    again = left(own, gone, **since)
    assert again["hours"] == hours
    expected = (own | since).get("minutes", gone.get("minutes", 0))
    assert again["minutes"] == (expected if hours == "adjusted" else 0)


COME: Json = {"scans": [mark(0)], "attended": True}


@pytest.mark.parametrize(
    ("own", "gone", "role"),
    [({}, {}, "own"), ({}, COME, "gone"), (COME, {}, "own"), (COME, COME, "own")],
)
def test_the_role_is_that_in_which_somebody_came(
    own: Json, gone: Json, role: str
) -> None:
    both = one(own, gone)
    assert (both["role"], both["role_text"]) == (role, role)
    assert left(own, gone)["role"] == "own"


def test_a_role_given_since_is_kept() -> None:
    assert left({}, COME, role="since")["role"] == "since"
    same = left(COME, COME, role="gone", role_text="gone")
    assert same["role"] == "gone"


def test_marks_of_both_are_one_and_part_again_each_as_often_as_it_was_made() -> None:
    own, gone = {"scans": [mark(5), mark(9)]}, {"scans": [mark(5), mark(7)]}
    assert len(one(own, gone)["scans"]) == 4
    assert in_order(left(own, gone)["scans"]) == own["scans"]
    taken_back = left(own, gone, scans=[mark(9)])
    assert taken_back["scans"] == [mark(9)]


@pytest.mark.parametrize(
    ("own", "gone", "since", "contest"),
    [
        ({}, {"contest": "C1"}, {}, None),
        ({}, {"contest": "C1"}, {"contest": "C2"}, "C2"),
        ({"contest": "C1"}, {"contest": "C1"}, {}, "C1"),
        ({"contest": "C1"}, {"contest": "C2"}, {}, "C1"),
    ],
)
def test_what_is_about_the_person_goes_with_them(
    own: Json, gone: Json, since: Json, contest: str | None
) -> None:
    assert left(own, gone, **since).get("contest") == contest


@pytest.mark.parametrize(
    ("signup", "kept", "state"),
    [("G-gone", "G-own", "confirmed"), ("G-own", "G-own", "cancelled")],
)
def test_the_seat_is_of_its_own_sign_up_again(
    signup: str, kept: str, state: str
) -> None:
    again = left({}, {}, signup=signup, state="cancelled")
    assert (again["signup"], again["state"]) == (kept, state)


def test_of_several_sign_ups_the_surest_comes_first_then_who_did_not_walk_in() -> None:
    first_to_last = [
        ("confirmed", "seats", 9),
        ("confirmed", "walk_in", 1),
        ("confirmed", "walk_in", 2),
        ("offered", "seats", 1),
        ("requested", "seats", 1),
        ("waiting", "seats", 3),
        ("waiting", "seats", 4),
        ("cancelled", "seats", 1),
        ("cancelled", "seats", 2),
        ("cancelled", "walk_in", 1),
    ]
    names = ("state", "pool", "ticket")
    signups = [dict(zip(names, each, strict=True)) for each in first_to_last]
    last_to_first = signups[::-1]
    assert sorted(last_to_first, key=first_to_stand) == signups


def signup(id: str, state: str, *people: str) -> Json:
    return {"signup": id, "state": state, "party": [{"person": p} for p in people]}


@pytest.mark.parametrize(
    ("own", "other", "found"),
    [
        (("confirmed", "P"), ("confirmed", "P"), ("G1", "confirmed")),
        (("cancelled", "P"), ("waiting", "P"), ("G2", "waiting")),
        (("cancelled", "P"), ("waiting", "Q"), ("G1", "cancelled")),
        (("cancelled", "P"), ("declined", "P"), ("G1", "cancelled")),
        (("confirmed", "Q"), ("confirmed", "P"), ("G2", "confirmed")),
        (("confirmed", "Q"), ("declined", "P"), ("G1", "cancelled")),
        (("confirmed", "Q"), ("confirmed", "Q"), ("G1", "cancelled")),
    ],
)
@pytest.mark.parametrize("is_told", [True, False])
def test_a_seat_is_of_the_sign_up_its_person_stands_in(
    own: tuple[str, str], other: tuple[str, str], found: tuple[str, str], is_told: bool
) -> None:
    docs = given(Activities)
    mine, others = signup("G1", *own), signup("G2", *other)
    docs.put("signups", without(mine, "signup") | {"id": "G1"})
    told = [mine, others] if is_told else [others]
    now = seated(docs, {"person": "P", "signup": "G1", "state": "confirmed"}, told)
    assert (now["signup"], now["state"]) == found
