"""Seats given up late are offered: to whom, until when, and what ends an offer."""

from datetime import timedelta

from schemas.fields import instant
from services.activities.rules import offers, places
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import CONTENT, SESSION, STREAM
from tests.given import refused
from tests.unit.activities.seats import (
    AFTER_CUTOFF,
    CUTOFF,
    WAITING,
    full,
    give_up,
    settle,
    state,
    take,
)
from tests.unit.activities.stage import STARTS, fact, resident, secretary


def test_a_seat_given_up_after_the_cutoff_is_offered_and_held() -> None:
    docs = full(*WAITING)
    assert give_up(docs, "G1", AFTER_CUTOFF).data["promoted"] == []
    offer = settle(docs, AFTER_CUTOFF)
    assert (offer.type, offer.data["signup"]) == ("seat_offered.v1", "W2")
    seating = docs.the("seatings", SESSION)
    assert (seating["taken"], seating["offered"], seating["waiting"]) == (4, 1, 2)
    accepted = offers.accept_offer(
        docs, {"signup": "W2"}, resident("P4", now=AFTER_CUTOFF)
    )
    take(docs, accepted, AFTER_CUTOFF)
    seating = docs.the("seatings", SESSION)
    assert (state(docs, "W2"), seating["taken"], seating["offered"]) == (
        "confirmed",
        5,
        0,
    )


def test_an_offer_not_taken_in_time_goes_to_the_next() -> None:
    docs = full(*WAITING[1:])
    give_up(docs, "G2", AFTER_CUTOFF)
    assert settle(docs, AFTER_CUTOFF).data["signup"] == "W2"
    late = AFTER_CUTOFF + places.TIME_TO_ANSWER
    with refused("offer_lapsed"):
        offers.accept_offer(docs, {"signup": "W2"}, resident("P4", now=late))
    take(
        docs,
        offers.let_offer_lapse(docs, docs.the("signups", "W2"), secretary(now=late)),
        late,
    )
    assert state(docs, "W2") == "lapsed"
    assert settle(docs, late).data["signup"] == "W3"


def test_an_offer_ends_when_the_session_begins() -> None:
    docs = full(*WAITING)
    soon = STARTS - timedelta(minutes=20)
    give_up(docs, "G1", soon)
    assert settle(docs, soon).data["until"] == CONTENT["sessions"][0]["starts_at"]


def offered_soon() -> Overlay:
    """W2 is offered the seat of G1, two hours to answer."""
    docs = full(*WAITING)
    give_up(docs, "G1", AFTER_CUTOFF)
    assert settle(docs, AFTER_CUTOFF).data["signup"] == "W2"
    return docs


def test_an_offer_of_a_session_that_is_cancelled_is_not_accepted_and_not_said_to_go_to_the_next() -> (
    None
):
    docs = offered_soon()
    take(
        docs,
        fact("activity_cancelled.v2", sessions=[SESSION], reason="雨"),
        AFTER_CUTOFF,
    )
    with refused("session_cancelled"):
        offers.accept_offer(docs, {"signup": "W2"}, resident("P4", now=AFTER_CUTOFF))
    late = AFTER_CUTOFF + places.TIME_TO_ANSWER
    gone = take(
        docs,
        offers.let_offer_lapse(docs, docs.the("signups", "W2"), secretary(now=late)),
        late,
    )
    assert (gone.type, state(docs, "W2")) == ("signup_cancelled.v1", "cancelled")
    assert "answer_by" not in docs.the("signups", "W2")


def test_an_offer_ends_when_its_session_was_moved_to_begin_before_the_answer() -> None:
    docs = offered_soon()
    starts = AFTER_CUTOFF + timedelta(minutes=30)
    plan = {
        **CONTENT["sessions"][0],
        "starts_at": instant(starts),
        "cutoff": instant(CUTOFF),
    }
    about = {"changed": ["starts_at"], "moved": [SESSION], "reason": "提前"}
    take(
        docs,
        Fact("activity_changed.v1", STREAM, {**CONTENT, "sessions": [plan], **about}),
        AFTER_CUTOFF,
    )
    with refused("offer_lapsed"):
        offers.accept_offer(docs, {"signup": "W2"}, resident("P4", now=starts))
    assert offers.accept_offer(
        docs, {"signup": "W2"}, resident("P4", now=starts - timedelta(seconds=1))
    )


def test_an_offer_holds_though_the_session_was_started_early() -> None:
    docs = full(*WAITING)
    give_up(docs, "G1", soon := STARTS - timedelta(minutes=40))
    settle(docs, soon)
    take(docs, fact("session_started.v1", session=SESSION), soon)
    assert offers.accept_offer(docs, {"signup": "W2"}, resident("P4", now=soon))
