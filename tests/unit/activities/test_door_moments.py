"""At the door, to the moment: which codes are good, what they tell of when, and how much of a stay counts."""

from datetime import datetime, timedelta

import pytest

from schemas.activities.door import LETTERS, LETTERS_TYPED
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.hours import GRACE, clipped, minutes_within
from services.activities.rules import proofs
from services.activities.rules.codes import (
    CLOCKS_DIFFER,
    door_code,
    must_be_of_the_door,
    own_code,
    scanned_now,
    scanned_then,
)
from services.activities.rules.minutes import _comes_near
from services.activities.service import Activities
from services.kit.errors import Refused
from tests.examples.activities import SESSION
from tests.given import given, refused
from tests.unit.activities.stage import (
    KEY,
    STARTS,
    secretary,
)

MOMENT = timedelta(milliseconds=1)
NOW = instant(STARTS)


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ({}, "scanned"),
        ({"at": NOW}, "backfilled"),
        ({"seat_code": "A" * LETTERS_TYPED}, "backfilled"),
        ({"seat_code": "A" * LETTERS_TYPED, "at": NOW}, "backfilled"),
    ],
)
def test_a_seat_is_seen_by_a_whole_code_of_now_alone(said: Json, way: str) -> None:
    command = {"seat_code": "A" * LETTERS} | said
    seen = proofs.by_a_seat(command, "R9", secretary(now=STARTS))
    assert (seen.way, seen.at) == (way, STARTS)


@pytest.mark.parametrize(
    ("more", "way"),
    [
        ({}, "backfilled"),
        ({"seat_code": "A" * LETTERS}, "scanned"),
        ({"seat_code": "A" * LETTERS_TYPED}, "backfilled"),
        ({"seat_code": "A" * LETTERS, "sent_at": NOW}, "scanned"),
    ],
)
def test_a_device_has_seen_what_it_tells_a_whole_code_of(more: Json, way: str) -> None:
    command = {"device": "phone-1", "nonce": "a", "at": NOW} | more
    seen = proofs.by_a_device(command, "R9", secretary(now=STARTS), KEY)
    assert (seen.way, seen.at, seen.person) == (way, STARTS, "R9")


def keeper(at: datetime | None) -> proofs.Seen:
    shown = own_code("R9", KEY, STARTS)["code"]
    said = {"own_code": shown} | ({"at": instant(at)} if at else {})
    return proofs.by_the_keeper(said, secretary(now=STARTS), KEY)


def test_an_earlier_time_is_believed_as_far_as_the_code_goes_back() -> None:
    since = scanned_now(own_code("R9", KEY, STARTS)["code"], KEY, STARTS).since
    moments = (None, since - MOMENT, since, STARTS, STARTS + MOMENT)
    ways = [keeper(at).way for at in moments]
    assert ways == ["scanned", "backfilled", "scanned", "scanned", "backfilled"]


@pytest.mark.parametrize(
    ("begins_later", "is_near"),
    [(timedelta(), True), (2 * GRACE - MOMENT, True), (2 * GRACE, False)],
)
def test_two_sessions_are_near_as_long_as_their_graces_meet(
    begins_later: timedelta, is_near: bool
) -> None:
    docs = given(Activities)
    begins = STARTS + begins_later
    for id, since, until in (
        ("S1", STARTS - timedelta(hours=1), STARTS),
        ("S2", begins, begins + timedelta(hours=1)),
    ):
        times = {"starts_at": instant(since), "ends_at": instant(until)}
        docs.put("sessions", times | {"id": id})
    before, after = ({"id": f"{id}:R1", "session": id} for id in ("S1", "S2"))
    assert _comes_near(docs, before, after) is is_near
    assert not _comes_near(docs, after, after)


def test_a_code_of_ones_own_was_scanned_while_it_was_shown_by_clocks_that_differ() -> (
    None
):
    code = own_code("R9", KEY, STARTS)["code"]
    own = scanned_now(code, KEY, STARTS)
    first, last = own.since - CLOCKS_DIFFER, own.until + CLOCKS_DIFFER
    for at in (first, last):
        assert scanned_then(code, KEY, at) == own
    for at in (first - MOMENT, last + MOMENT):
        with refused("code_expired"):
            scanned_then(code, KEY, at)
    assert scanned_now(code, KEY, own.until) == own
    with refused("code_expired"):
        scanned_now(code, KEY, own.until + MOMENT)


@pytest.mark.parametrize(
    ("begins", "ends", "counts"),
    [
        (-30, -15, 0),
        (-30, -14, 1),
        (134, 200, 1),
        (135, 200, 0),
    ],
)
def test_of_a_stay_that_counts_which_meets_the_session_with_its_grace(
    begins: int, ends: int, counts: int
) -> None:
    stay = tuple(STARTS + timedelta(minutes=minute) for minute in (begins, ends))
    session = STARTS, STARTS + timedelta(minutes=120)
    assert len(clipped([(stay[0], stay[1])], *session)) == counts
    assert minutes_within([(stay[0], stay[1])], *session) == counts


def test_what_is_no_code_is_named_by_the_field_it_was_in() -> None:
    with pytest.raises(Refused) as of_the_door:
        must_be_of_the_door("?", SESSION, KEY, STARTS)
    with pytest.raises(Refused) as of_a_person:
        scanned_now("?", KEY, STARTS)
    paths = [one.value.errors[0]["path"] for one in (of_the_door, of_a_person)]
    assert paths == ["code", "own_code"]


def test_a_code_of_the_door_is_good_to_its_last_moment() -> None:
    shown = door_code(SESSION, KEY, STARTS)
    until = datetime.fromisoformat(shown["expires_at"])
    must_be_of_the_door(shown["code"], SESSION, KEY, until)
    with refused("code_expired"):
        must_be_of_the_door(shown["code"], SESSION, KEY, until + MOMENT)
