"""What is counted of a seating, and when what is free there is to be given away."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.activities.folds.seating import (
    EMPTY,
    after_signup,
    counted,
    counted_late,
    put_seating,
    settled,
    to_settle,
)
from services.activities.service import Activities
from services.kit.log import Event
from tests.given import given, happened
from tests.unit.activities.stage import STARTED, STARTS

MOMENT = timedelta(milliseconds=1)
CUTOFF = STARTS - timedelta(days=1)
FREES, BEGINS = instant(CUTOFF), instant(STARTS)
SESSION: Json = {"id": "S1", "starts_at": BEGINS}


def at(moment: Any) -> Event:
    return happened(STARTED, now=moment)


def seating(**changes: Any) -> Json:
    return EMPTY | {"capacity": 10, "frees_at": FREES, "starts_at": BEGINS} | changes


BEFORE, NOW = at(CUTOFF - MOMENT), at(CUTOFF)


@pytest.mark.parametrize(
    ("event", "known", "settle_at"),
    [
        (BEFORE, {}, None),
        (BEFORE, {"kept_offline": 1}, FREES),
        (NOW, {"kept_offline": 1}, None),
        (NOW, {"waiting": 1}, BEGINS),
        (NOW, {"requested": 1}, BEGINS),
        (BEFORE, {"kept_offline": 1, "waiting": 1}, FREES),
        (NOW, {"kept_offline": 1, "waiting": 1}, BEGINS),
        (BEFORE, {"settle_at": FREES}, None),
    ],
)
def test_something_is_to_be_done_at_the_cutoff_for_what_was_kept_and_at_the_start_for_who_waits(
    event: Event, known: Json, settle_at: str | None
) -> None:
    assert settled(seating(**known), event).get("settle_at") == settle_at


def test_of_a_seating_without_a_start_nobody_is_told_of_it() -> None:
    cancelled = EMPTY | {"capacity": 10, "frees_at": FREES, "waiting": 1}
    assert "settle_at" not in settled(cancelled, NOW)


@pytest.mark.parametrize(
    ("settle_at", "after"),
    [(FREES, FREES), (instant(CUTOFF + MOMENT), BEGINS), (BEGINS, BEGINS)],
)
def test_what_is_to_be_given_away_now_still_is_after_a_sign_up(
    settle_at: str, after: str
) -> None:
    known = seating(waiting=1, settle_at=settle_at)
    assert after_signup(known, NOW)["settle_at"] == after


def test_what_became_free_is_given_away_where_somebody_waits() -> None:
    assert to_settle(seating(waiting=1), NOW)["settle_at"] == FREES
    assert "settle_at" not in to_settle(seating(), NOW)


STATES = ("", "requested", "waiting", "offered", "confirmed", "cancelled")


@pytest.mark.parametrize("pool", ["online", "offline", "walk_in"])
@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_a_sign_up_is_counted_in_the_state_it_is_in(
    pool: str, before: str, after: str
) -> None:
    """Twenty of everything, so that none is counted below nothing."""
    many = seating(**dict.fromkeys(EMPTY, 20))
    there = counted(many, {"size": 3, "pool": pool}, before, after)
    expected = dict(many)
    for state, sign in ((before, -1), (after, 1)):
        for name, count in _counts(state, pool).items():
            expected[name] += sign * count
    assert there == expected


def _counts(state: str, pool: str) -> dict[str, int]:
    """One party of three seats."""
    if state in ("requested", "waiting"):
        return {state: 1}
    if state not in ("offered", "confirmed"):
        return {}
    of_pool = {} if pool == "online" else {f"taken_{pool}": 3}
    return of_pool | {"taken" if state == "confirmed" else "offered": 3}


@pytest.mark.parametrize(
    ("late", "state", "pool", "counts"),
    [
        (True, "confirmed", "online", 2),
        (True, "confirmed", "offline", 2),
        (True, "confirmed", "walk_in", 0),
        (True, "waiting", "online", 0),
        (True, "waiting", "walk_in", 0),
        (False, "confirmed", "online", 0),
    ],
)
def test_what_is_late_is_a_seat_given_up_after_the_cutoff(
    late: bool, state: str, pool: str, counts: int
) -> None:
    given_up = {"state": state, "pool": pool, "size": 2}
    event = Event(1, "E1", "signup_cancelled.v1", "x", FREES, {"late": late}, "t")
    assert counted_late(seating(late=5), event, given_up)["late"] == 5 + counts


@pytest.mark.parametrize(
    ("event", "known", "places", "settle_at"),
    [
        # Who waits is given what there is more of, at once.
        (NOW, {"waiting": 1, "taken": 10}, {"capacity": 11}, FREES),
        (NOW, {"waiting": 1, "taken": 10}, {"capacity": 10}, BEGINS),
        (NOW, {"waiting": 1, "taken": 9}, {"capacity": 9}, BEGINS),
        # What was to be given away before still is.
        (NOW, {"waiting": 1, "settle_at": FREES}, {"capacity": 10}, FREES),
        # More for one pool is enough.
        (BEFORE, {"waiting": 1, "kept_offline": 2}, {"kept_offline": 1}, BEFORE.time),
        # Offers become seats where the cutoff is put off.
        (NOW, {"offered": 1}, {"cutoff": FREES}, None),
        (NOW, {"offered": 1}, {"cutoff": instant(CUTOFF + MOMENT)}, FREES),
        (NOW, {}, {"cutoff": instant(CUTOFF + MOMENT)}, None),
    ],
)
def test_a_change_of_places_gives_away_what_it_frees(
    event: Event, known: Json, places: Json, settle_at: str | None
) -> None:
    docs = given(Activities)
    docs.put("seatings", seating(**known) | {"id": "S1", "session": "S1"})
    now = {"capacity": 10, "cutoff": FREES} | places
    put_seating(docs, SESSION, "participant", now, event)
    assert docs.the("seatings", "S1").get("settle_at") == settle_at


def test_a_new_seating_has_nothing_to_give_away() -> None:
    docs = given(Activities)
    places = {"capacity": 10, "cutoff": FREES, "kept_offline": 2}
    put_seating(docs, SESSION, "participant", places, BEFORE)
    put = docs.the("seatings", "S1")
    assert (put["settle_at"], put["taken"], put["starts_at"]) == (FREES, 0, BEGINS)
