"""A seat offered late: who sleeps need not answer, who answered too late may still come, and a cutoff is put off."""

from datetime import datetime, timedelta

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.activities.rules import changes, offers, parties, places
from services.activities.rules.nights import awake_after
from services.district.calendar import LOCAL
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION
from tests.given import refused
from tests.unit.activities.seats import (
    AFTER_CUTOFF,
    CUTOFF,
    full,
    give_up,
    settle,
    sign_up,
    state,
    take,
)
from tests.unit.activities.stage import STARTS, resident, secretary, waitlisted

WAITS = (waitlisted("W1", "P1", ticket=5, position=1),)
TWO_WAIT = (*WAITS, waitlisted("W2", "P2", ticket=6, position=2))
ENDS = AFTER_CUTOFF + places.TIME_TO_ANSWER


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (at(12, 9), at(12, 11)),
        (at(12, 20), at(12, 22)),
        (at(12, 21, 30), at(13, 8, 30)),
        (at(12, 22), at(13, 9)),
        (at(12, 23, 59), at(13, 9)),
        (at(13, 0), at(13, 9)),
        (at(13, 3), at(13, 9)),
        (at(13, 6, 59), at(13, 9)),
        (at(13, 7), at(13, 9)),
    ],
)
def test_the_hours_of_the_night_do_not_count(since: datetime, until: datetime) -> None:
    assert awake_after(since, timedelta(hours=2)) == until


def test_a_day_and_more_of_waking_takes_nights_between() -> None:
    assert awake_after(at(12, 9), timedelta(hours=15)) == at(13, 9)


def test_who_is_offered_a_seat_at_night_answers_in_the_morning_or_until_it_begins() -> (
    None
):
    docs = full(*WAITS)
    night = datetime(
        2026, 6, 12, 15, 30, tzinfo=STARTS.tzinfo
    )  # Half past eleven; it begins at nine.
    give_up(docs, "G1", night)
    assert settle(docs, night).data["until"] == instant(STARTS)


def offered(*waiting: Fact) -> Overlay:
    docs = full(*waiting)
    give_up(docs, "G1", AFTER_CUTOFF)
    assert settle(docs, AFTER_CUTOFF).data["signup"] == "W1"
    return docs


def lapsed(*waiting: Fact) -> Overlay:
    docs = offered(*waiting)
    take(
        docs,
        offers.let_offer_lapse(docs, docs.the("signups", "W1"), secretary(now=ENDS)),
        ENDS,
    )
    return docs


def accept(docs: Overlay, signup: str, person: str, now: datetime = ENDS) -> Fact:
    return take(
        docs,
        offers.accept_offer(docs, {"signup": signup}, resident(person, now=now)),
        now,
    )


def test_who_answered_too_late_takes_a_seat_nobody_has() -> None:
    docs = lapsed(*WAITS)
    accept(docs, "W1", "P1")
    seating = docs.the("seatings", SESSION)
    assert (state(docs, "W1"), seating["taken"], seating["offered"]) == (
        "confirmed",
        5,
        0,
    )
    assert docs.the("seats", f"{SESSION}:P1")["state"] == "confirmed"


def test_past_the_deadline_the_seat_is_theirs_while_nobody_else_waits() -> None:
    docs = offered(*WAITS)
    with refused("offer_lapsed"):
        accept(docs, "W1", "P1", STARTS)
    accept(docs, "W1", "P1", ENDS + timedelta(minutes=1))
    assert state(docs, "W1") == "confirmed"


def test_who_answered_too_late_does_not_take_what_is_anothers() -> None:
    docs = lapsed(*TWO_WAIT)
    with refused("offer_lapsed"):  # It is free, but P2 waits.
        accept(docs, "W1", "P1")
    assert settle(docs, ENDS).data["signup"] == "W2"
    with refused("offer_lapsed"):
        accept(docs, "W1", "P1")
    accept(docs, "W2", "P2")
    with refused("offer_lapsed"):
        accept(docs, "W1", "P1")
    with refused("already_started"):
        accept(docs, "W1", "P1", STARTS)


def test_who_answered_too_late_sits_once_whatever_they_signed_up_to_since() -> None:
    docs = lapsed(*WAITS)
    cutoff = {
        "activity": ACTIVITY,
        "which": "all",
        "reason": "延长",
        "cutoff": CONTENT["sessions"][0]["starts_at"],
    }
    take(docs, changes.change(docs, cutoff, secretary(now=ENDS)), ENDS)
    assert sign_up(docs, "P1", now=ENDS).type == "signup_confirmed.v1"
    with refused("already_signed_up"):
        accept(docs, "W1", "P1")
    give_up(docs, "S-P1", ENDS)
    accept(docs, "W1", "P1")
    seat = docs.the("seats", f"{SESSION}:P1")
    assert (seat["state"], seat["signup"]) == ("confirmed", "W1")
    with refused("already_signed_up"):
        sign_up(docs, "P1", "P9", now=ENDS)


def put_off(docs: Overlay, now: datetime) -> Fact:
    later: Json = {"cutoff": CONTENT["sessions"][0]["starts_at"], "reason": "再收几天"}
    command = {"activity": ACTIVITY, "which": "all", **later}
    return take(docs, changes.change(docs, command, secretary(now=now)), now)


def test_a_cutoff_put_off_makes_the_open_offer_a_seat_before_anybody_behind() -> None:
    docs = offered(*TWO_WAIT)
    put_off(docs, AFTER_CUTOFF)
    assert sign_up(docs, "R9", now=AFTER_CUTOFF).type == "signup_waitlisted.v1"
    assert settle(docs, AFTER_CUTOFF).data["promoted"] == ["W1"]
    assert (state(docs, "W1"), "answer_by" in docs.the("signups", "W1")) == (
        "confirmed",
        False,
    )


def test_the_open_offer_comes_first_where_more_seats_are_freed_before_the_platform_looks() -> (
    None
):
    docs = offered(*TWO_WAIT)
    put_off(docs, AFTER_CUTOFF)
    assert give_up(docs, "G3", AFTER_CUTOFF).data["promoted"] == ["W1", "W2"]


def test_an_offer_of_a_cutoff_put_off_does_not_lapse() -> None:
    docs = offered(*TWO_WAIT)
    put_off(docs, ENDS)
    kept = offers.let_offer_lapse(docs, docs.the("signups", "W1"), secretary(now=ENDS))
    assert (kept.type, kept.data["promoted"]) == ("waiting_promoted.v1", ["W1"])


def test_of_a_party_offered_seats_one_leaves_while_the_cutoff_is_put_off() -> None:
    docs = full(waitlisted("W1", "P1", "P3", ticket=5, position=1))
    for signup in ("G3", "G4"):
        give_up(docs, signup, AFTER_CUTOFF)
    settle(docs, AFTER_CUTOFF)
    put_off(docs, AFTER_CUTOFF)
    take(
        docs,
        parties.leave(docs, {"signup": "W1"}, resident("P3", now=AFTER_CUTOFF)),
        AFTER_CUTOFF,
    )
    assert settle(docs, AFTER_CUTOFF).data["promoted"] == ["W1"]
    assert (CUTOFF < AFTER_CUTOFF, docs.the("signups", "W1")["size"]) == (True, 1)
