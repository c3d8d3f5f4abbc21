"""Whatever happens to an activity's seats: what is shown is what the events say, and nobody is wronged."""

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.fields import instant
from services.activities.model.lifecycles import STANDING
from services.kit.log import Event
from services.xfh.reconcile.halls import (
    APART,
    Hall,
    hall_of,
    halls_after,
    let_in_by,
    overtaken_by,
)
from tests.unit.activities.seat_histories import History

SEEDS = st.integers(0, 2**32)
STEPS = st.integers(5, 60)


def played(seed: int, steps: int) -> History:
    history = History(seed)
    for _ in history.play(steps):
        pass
    return history


@settings(max_examples=150, deadline=None)
@given(SEEDS, STEPS)
def test_seats_and_queues_are_what_the_events_say(seed: int, steps: int) -> None:
    history = played(seed, steps)
    for id, hall in halls_after(history.events).items():
        seating = history.docs.the("seatings", id)
        assert (seating["taken"], seating["offered"]) == (
            hall.seats("confirmed"),
            hall.seats("offered"),
        )
        assert seating["waiting"] == sum(
            party.state == "waiting" for party in hall.parties.values()
        )
        for signup, party in hall.parties.items():
            shown = history.docs.the("signups", signup)
            assert (
                shown["state"],
                [member["person"] for member in shown["party"]],
            ) == (party.state, party.people)
            for person in party.people if party.state in STANDING else ():
                seat = history.docs.the("seats", f"{id.removesuffix(APART)}:{person}")
                assert (seat["state"], seat["signup"]) == (party.state, signup), (
                    "a family is never split"
                )


@settings(max_examples=150, deadline=None)
@given(SEEDS, STEPS)
def test_at_every_moment_nobody_has_two_seats_and_there_are_no_more_than_there_are(
    seed: int, steps: int
) -> None:
    events = played(seed, steps).events
    for upto in range(1, len(events) + 1):
        for hall in halls_after(events[:upto]).values():
            people = hall.people(*STANDING)
            assert len(people) == len(set(people))
            assert hall.seats("confirmed", "offered") <= hall.plan["capacity"]


@settings(max_examples=150, deadline=None)
@given(SEEDS, STEPS)
def test_seats_are_given_only_where_they_are_free_and_kept_for_nobody_else(
    seed: int, steps: int
) -> None:
    events = played(seed, steps).events
    for upto, event in enumerate(events, start=1):
        if let_in := let_in_by(event):
            halls = halls_after(events[:upto])
            hall = halls[hall_of(halls, event)]
            given = [id for id in let_in if not _was_offered(events[: upto - 1], id)]
            assert all(
                hall.free(hall.parties[id].pool, event.time) >= 0 for id in given
            ), event.seq


def _was_offered(events: list[Event], signup: str) -> bool:
    """Whoever was offered a seat after the cutoff keeps it when that is put off, kept as it may be for others again."""
    return any(
        hall.parties[signup].state == "offered"
        for hall in halls_after(events).values()
        if signup in hall.parties
    )


@settings(max_examples=150, deadline=None)
@given(SEEDS, STEPS)
def test_who_is_let_in_came_before_all_who_still_wait_and_would_have_fitted(
    seed: int, steps: int
) -> None:
    events = played(seed, steps).events
    for upto, event in enumerate(events, start=1):
        if let_in := let_in_by(event):
            halls = halls_after(events[:upto])
            hall = halls[hall_of(halls, event)]
            assert not [id for id in let_in if overtaken_by(hall, id)], (
                f"{event.type} {event.seq}"
            )


@settings(max_examples=150, deadline=None)
@given(SEEDS, STEPS)
def test_nobody_signs_up_for_two_sessions_at_the_same_time(
    seed: int, steps: int
) -> None:
    events = played(seed, steps).events
    for upto, event in enumerate(events, start=1):
        if event.type in {
            "signup_confirmed.v1",
            "signup_waitlisted.v1",
            "signup_requested.v1",
        }:
            halls = halls_after(events[:upto])
            own = halls[hall_of(halls, event)]
            beside = [
                hall
                for hall in halls.values()
                if hall is not own and not hall.cancelled and _meet(hall, own)
            ]
            coming = {member["person"] for member in event.data["party"]}
            assert not [
                hall for hall in beside if coming & set(hall.people(*STANDING))
            ], event.seq


def _meet(one: Hall, other: Hall) -> bool:
    return bool(
        one.plan["starts_at"] < other.plan["ends_at"]
        and other.plan["starts_at"] < one.plan["ends_at"]
    )


@settings(max_examples=150, deadline=None)
@given(SEEDS, STEPS)
def test_no_seat_stays_free_that_somebody_waits_for(seed: int, steps: int) -> None:
    history = History(seed)
    for now in history.play(steps):
        for id, hall in halls_after(history.events).items():
            session = history.docs.the("sessions", id.removesuffix(APART))
            if session["state"] == "planned" and instant(now) < session["starts_at"]:
                waiting = [
                    party for party in hall.parties.values() if party.state == "waiting"
                ]
                fitting = [
                    party
                    for party in waiting
                    if len(party.people) <= hall.free(party.pool, instant(now))
                ]
                assert not fitting, f"{id} at {now}, after {history.events[-1].seq}"
            elif not hall.cancelled:
                assert not hall.those("waiting", "requested"), (
                    f"{id} at {now}: nobody waits for what has begun"
                )


def test_the_histories_tell_of_everything() -> None:
    """What is tried above happens in them."""
    told: set[str] = set()
    for seed in range(60):
        told |= {event.type for event in played(seed, 60).events}
    assert told >= {
        "signup_confirmed.v1", "signup_waitlisted.v1", "signup_requested.v1", "signup_approved.v1",
        "signup_declined.v1", "signup_cancelled.v1", "waiting_promoted.v1", "seat_offered.v1", "offer_accepted.v1",
        "offer_lapsed.v1", "waiting_ended.v1", "seat_passed_on.v1", "party_grown.v1", "party_joined.v1",
        "party_left.v1", "activity_changed.v1", "sessions_cancelled.v1",
    }  # fmt: skip


def test_the_histories_tell_of_helpers_in_all_that_becomes_of_a_sign_up() -> None:
    of_helpers: set[str] = set()
    for seed in range(60):
        docs = played(seed, 60).docs
        signups = [doc for (kind, _), doc in docs.changed.items() if kind == "signups"]
        of_helpers |= {
            signup["state"] for signup in signups if signup["role"] == "helper"
        }
    assert of_helpers >= {"confirmed", "cancelled", "declined", "missed"}


@settings(max_examples=150, deadline=None)
@given(SEEDS, STEPS)
def test_nobody_waits_for_more_seats_than_there_will_ever_be(
    seed: int, steps: int
) -> None:
    for hall in halls_after(played(seed, steps).events).values():
        room = hall.plan["capacity"] - hall.plan.get("kept_walk_in", 0)
        assert all(
            len(party.people) <= room for party in hall.those("waiting", "requested")
        )
