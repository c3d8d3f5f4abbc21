"""A party changes: a guest joins as themself, one leaves and the others stay."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.fields import instant
from services.activities.rules import parties, places, signups
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import asked, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
    waitlisted,
)

LATE = STARTS - timedelta(hours=1)
PAIR = (PUBLISHED, OPENED, confirmed("G1", "R1", "R1~child", ticket=1))


def take(docs: Overlay, happened: Fact, now: datetime = BEFORE) -> Fact:
    given_from(docs, Activities, "activities", happened, now=now)
    return happened


def join(
    docs: Overlay, person: str, who: Asked, signup: str = "G1", **said: Any
) -> Fact:
    return take(
        docs, parties.join(docs, {"signup": signup, "person": person, **said}, who)
    )


def leave(
    docs: Overlay, who: Asked, signup: str = "G1", now: datetime = BEFORE, **said: Any
) -> Fact:
    return take(docs, parties.leave(docs, {"signup": signup, **said}, who), now)


def people(docs: Overlay, signup: str = "G1") -> list[str]:
    return [member["person"] for member in docs.the("signups", signup)["party"]]


def state(docs: Overlay, person: str) -> str:
    return str(docs.the("seats", f"{SESSION}:{person}")["state"])


def worker() -> Asked:
    return asked(("community_worker", "510108002001"), id="W1", now=BEFORE)


# One more


def add(docs: Overlay, who: Asked, person: str = "aunt", **said: Any) -> Fact:
    member = {"person": person, "relation": "family", **said}
    return take(docs, parties.add(docs, {"signup": "G1", "member": member}, who))


def test_one_more_of_the_family_comes_while_a_seat_is_free() -> None:
    docs = stage(*PAIR, confirmed("G2", "R2", "R3", ticket=2))
    assert add(docs, resident("R1")).data["member"]["person"] == "R1~aunt"
    assert (
        docs.the("seatings", SESSION)["taken"],
        docs.the("signups", "G1")["size"],
    ) == (5, 3)
    assert state(docs, "R1~aunt") == "confirmed"
    with refused("no_seat_left"):
        add(docs, resident("R1"), "uncle")


def test_a_party_that_waits_or_asks_grows_as_far_as_it_could_ever_fit() -> None:
    docs = stage(*PAIR[:2], confirmed("G2", "R2", "R3", "R4", "R5", ticket=1))
    take(docs, waitlisted("G1", "R1", "R1~g1", "R1~g2", "R1~g3", ticket=2, position=1))
    add(docs, resident("R1"))
    assert (
        docs.the("seatings", SESSION)["waiting"],
        docs.the("signups", "G1")["size"],
    ) == (1, 5)
    with refused("party_larger_than_capacity"):
        add(docs, resident("R1"), "uncle")


def test_a_party_has_six_at_most() -> None:
    plan = {**CONTENT["sessions"][0], "capacity": 20}
    roomy = Fact("activity_published.v2", STREAM, {**CONTENT, "sessions": [plan]})
    docs = stage(
        roomy, OPENED, confirmed("G1", "R1", *(f"R1~g{n}" for n in range(5)), ticket=1)
    )
    with refused("party_size"):
        add(docs, resident("R1"))


def test_nobody_is_added_twice_late_or_to_a_party_of_others() -> None:
    docs = stage(*PAIR)
    with refused("already_signed_up"):
        add(docs, resident("R1"), "child")
    with refused("signup_closed"):
        add(docs, resident("R1", now=LATE))
    with refused("not_found", Unknown):
        add(docs, resident("R2"))


# Joining


@pytest.mark.parametrize("said", ["child", "R1~child"])
def test_a_guest_joins_as_themself_by_the_name_they_were_given(said: str) -> None:
    docs = stage(*PAIR)
    joined = join(docs, said, resident("R2"))
    assert (joined.data["person"], joined.data["instead_of"]) == ("R2", "R1~child")
    assert people(docs) == ["R1", "R2"]
    assert (state(docs, "R1~child"), state(docs, "R2")) == ("cancelled", "confirmed")
    assert docs.the("seatings", SESSION)["taken"] == 2


def test_who_does_not_know_the_name_is_told_nothing_whatever_the_sign_up_is() -> None:
    told = set()
    for facts in (
        PAIR[:2],
        PAIR,
        (*PAIR, STARTED),
        (*PAIR, fact("signup_cancelled.v1", **CANCELLED)),
    ):
        for said in ("R1", "elder", "R1~elder", "R2", "R2~child"):
            with pytest.raises(Unknown) as unknown:
                join(stage(*facts), said, resident("R2"))
            told.add(unknown.value.title)
    assert len(told) == 1


CANCELLED = {"session": SESSION, "signup": "G1", "late": False, "promoted": []}


def test_a_seat_that_somebody_has_joined_is_joined_by_nobody_else() -> None:
    docs = stage(*PAIR)
    join(docs, "child", resident("R2"))
    for said in ("child", "R2"):
        with refused("not_found", Unknown):
            join(docs, said, resident("R3"))


def test_who_has_a_seat_already_or_is_elsewhere_is_told_so_and_nobody_else_is() -> None:
    docs = stage(*PAIR, confirmed("G2", "R2", ticket=2))
    with refused("already_signed_up"):
        join(docs, "child", resident("R2"))


def test_who_joins_is_held_to_the_terms() -> None:
    content = {**CONTENT, "terms": {"least_age": 60, "communities": ["510108002001"]}}
    docs = stage(Fact("activity_published.v2", STREAM, content), *PAIR[1:])
    with refused("birth_needed", Invalid):
        join(docs, "child", resident("R2"))
    with refused("age_not_admitted"):
        join(docs, "child", resident("R2"), born="1990-01-01", community="510108002001")
    to = join(
        docs, "child", resident("R2"), born="1950-01-01", community="510108002001"
    ).data["to"]
    assert to == {"person": "R2", "relation": "self", "community": "510108002001"}


def test_nobody_joins_what_has_begun() -> None:
    with refused("already_started"):
        join(stage(*PAIR, STARTED), "child", resident("R2"))


def test_who_joined_may_also_sign_up_guests_of_their_own() -> None:
    docs = stage(*PAIR)
    join(docs, "child", resident("R2"))
    command = {
        "activity": ACTIVITY,
        "party": [{"person": "grandma", "relation": "elder"}],
    }
    assert (
        signups.sign_up(docs, command, resident("R2")).data["party"][0]["person"]
        == "R2~grandma"
    )


# Leaving


def test_whoever_is_in_a_party_leaves_it_and_the_others_stay() -> None:
    docs = stage(*PAIR[:2], confirmed("G1", "R1", "R2", ticket=1))
    leave(docs, resident("R2"))
    assert people(docs) == ["R1"]
    assert (state(docs, "R2"), state(docs, "R1")) == ("cancelled", "confirmed")
    assert (
        docs.the("seatings", SESSION)["taken"],
        docs.the("signups", "G1")["size"],
    ) == (1, 1)


def test_who_signed_up_may_leave_and_still_answers_for_the_others() -> None:
    docs = stage(*PAIR)
    leave(docs, resident("R1"))
    assert people(docs) == ["R1~child"]
    assert take(docs, signups.cancel_signup(docs, {"signup": "G1"}, resident("R1")))


def test_the_seat_given_up_goes_at_once_to_the_first_group_that_fits() -> None:
    full = confirmed("G1", "R1", "R2", "R3", "R4", "R5", ticket=1)
    docs = stage(*PAIR[:2], full, waitlisted("W1", "R6", "R7", ticket=2, position=1))
    take(docs, waitlisted("W2", "R8", ticket=3, position=2))
    assert leave(docs, resident("R2")).data["promoted"] == ["W2"]
    assert (state(docs, "R8"), state(docs, "R6")) == ("confirmed", "waiting")
    seating = docs.the("seatings", SESSION)
    assert (seating["taken"], seating["waiting"]) == (5, 1)


def test_a_smaller_party_that_waits_gets_the_seat_that_fits_now() -> None:
    docs = stage(*PAIR[:2], confirmed("G1", "R1", "R2", "R3", "R4", ticket=1))
    take(docs, waitlisted("W1", "R5", "R6", ticket=2, position=1))
    leave(docs, resident("R6"), signup="W1")
    settled = places.settle(docs, docs.the("seatings", SESSION), secretary())
    assert settled.data["promoted"] == ["W1"]


def test_leaving_late_is_late_and_frees_the_seat_for_an_offer() -> None:
    docs = stage(*PAIR[:2], confirmed("G1", "R1", "R2", "R3", "R4", "R5", ticket=1))
    take(docs, waitlisted("W1", "R6", ticket=2, position=1))
    left = leave(docs, resident("R2", now=LATE), now=LATE)
    assert (left.data["late"], left.data["promoted"]) == (True, [])
    seating = docs.the("seatings", SESSION)
    assert (seating["late"], seating["taken"]) == (1, 4)
    assert places.settle(docs, seating, secretary(now=LATE)).type == "seat_offered.v1"


def test_a_party_whose_last_one_leaves_is_cancelled() -> None:
    docs = stage(*PAIR[:2], confirmed("G1", "R1", ticket=1))
    assert leave(docs, resident("R1")).type == "signup_cancelled.v1"
    assert docs.the("signups", "G1")["state"] == "cancelled"


def test_who_signed_up_takes_one_out_and_a_host_says_why() -> None:
    docs = stage(
        *PAIR[:2], confirmed("G1", "R1", "R1~child", "R1~elder", "R2", ticket=1)
    )
    leave(docs, resident("R1"), person="child")
    with refused("missing_field", Invalid):
        leave(docs, secretary(), person="R2")
    leave(docs, secretary(), person="R2", reason="场地变小")
    leave(docs, worker(), person="elder")
    assert people(docs) == ["R1"]


def test_nobody_takes_out_another_or_gives_a_reason_for_themselves() -> None:
    docs = stage(*PAIR[:2], confirmed("G1", "R1", "R2", "R3", ticket=1))
    with refused("not_yours", Forbidden):
        leave(docs, resident("R2"), person="R3")
    for person in ("R4", "R1", "nobody"):
        with refused("not_found", Unknown):
            leave(docs, resident("R4"), person=person)
    with refused("not_your_host", Forbidden):
        leave(docs, resident("R2"), reason="不想去")


def test_a_sign_up_is_left_alike_whether_it_waits_is_offered_or_asks() -> None:
    for before in ("requested", "waitlisted"):
        more = {"position": 1} if before == "waitlisted" else {}
        party = [
            {"person": person, "relation": "self"} for person in ("R1", "R1~child")
        ]
        asks = fact(
            f"signup_{before}.v1",
            session=SESSION,
            signup="G1",
            by="R1",
            party=party,
            ticket=1,
            **more,
        )
        docs = stage(*PAIR[:2], asks)
        leave(docs, resident("R1"), person="child")
        seating = docs.the("seatings", SESSION)
        assert seating["waiting"] + seating["requested"] == 1
        assert (seating["taken"], people(docs)) == (0, ["R1"])


def test_nobody_leaves_what_has_begun_or_when_they_are_there() -> None:
    docs = stage(*PAIR)
    take(
        docs,
        fact(
            "checked_in.v1",
            session=SESSION,
            person="R1",
            at="2026-06-13T00:50:00.000Z",
            way="scanned",
        ),
    )
    early = STARTS - timedelta(minutes=5)
    with refused("already_checked_in"):
        leave(docs, resident("R1", now=early))
    assert leave(docs, resident("R1", now=early), person="child")
    with refused("already_started"):
        leave(stage(*PAIR, STARTED), resident("R1"))


def test_a_party_changes_so_often_in_a_day_and_no_more() -> None:
    docs = stage(*PAIR)
    to = [
        {"person": f"aunt{number}", "relation": "family"}
        for number in range(parties.MOST_MOVES_A_DAY)
    ]
    names = ["child", *(member["person"] for member in to)]
    for name, member in zip(names, to, strict=False):
        take(
            docs,
            parties.pass_on(
                docs, {"signup": "G1", "person": name, "to": member}, resident("R1")
            ),
        )
    once_more = {
        "signup": "G1",
        "person": names[-1],
        "to": {"person": "uncle", "relation": "family"},
    }
    with refused("too_many_today"):
        parties.pass_on(docs, once_more, resident("R1"))
    assert parties.pass_on(
        docs, once_more, resident("R1", now=BEFORE + timedelta(days=1))
    )
    assert leave(docs, resident("R1"))


def settles_at_once(docs: Overlay, now: datetime) -> bool:
    return bool(docs.the("seatings", SESSION).get("settle_at", "~") <= instant(now))


def test_a_seat_given_up_late_is_to_be_offered_and_one_given_up_early_is_given_at_once() -> (
    None
):
    full = (
        *PAIR,
        confirmed("G2", "R2", "R2~a", "R2~b", ticket=2),
        waitlisted("G3", "R3", ticket=3, position=1),
    )
    docs = stage(*full)
    assert (
        leave(docs, resident("R1", now=LATE), person="R1~child", now=LATE).data[
            "promoted"
        ]
        == []
    )
    assert settles_at_once(docs, LATE)
    docs = stage(*full)
    assert leave(docs, resident("R1"), person="R1~child").data["promoted"] == ["G3"]
    assert not settles_at_once(docs, BEFORE)


def test_a_party_that_waits_and_grows_smaller_is_looked_at_again() -> None:
    full = (PUBLISHED, OPENED, confirmed("G1", "R1", "R1~a", "R1~b", "R1~c", ticket=1))
    docs = stage(*full, waitlisted("G2", "R2", "R2~child", ticket=2, position=1))
    leave(docs, resident("R2"), signup="G2", person="R2~child")
    assert settles_at_once(docs, BEFORE)
