"""Seats, parties and the waitlist."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from schemas.documents import Json
from services.activities.rules.signers import MOST_OF_A_SESSION
from services.activities.rules.signups import cancel_signup, sign_up
from services.activities.service import Activities
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT
from tests.given import asked, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    CLOSED,
    DRAFTED,
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


def party(*persons: str) -> Json:
    return {
        "activity": ACTIVITY,
        "party": [{"person": person, "relation": "self"} for person in persons],
    }


def cancelling(docs: Overlay, signup: str, by: str) -> Fact:
    return cancel_signup(docs, {"signup": signup}, resident(by))


def test_a_party_that_fits_is_confirmed_together() -> None:
    docs = stage(PUBLISHED, OPENED)
    event = sign_up(docs, party("R1", "R2"), resident("R1", new_id="G1"))
    assert event.type == "signup_confirmed.v1"
    assert event.data["signup"] == "G1"
    assert event.data["ticket"] == 1


def test_a_party_that_does_not_fit_waits_together() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", "R2", "R3", "R4", ticket=1))
    event = sign_up(docs, party("R5", "R6"), resident("R5"))
    assert (event.type, event.data["position"]) == ("signup_waitlisted.v1", 1)


def test_a_small_party_takes_the_seat_a_larger_waiting_one_cannot_use() -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", "R1", "R2", "R3", "R4", ticket=1),
        waitlisted("G2", "R5", "R6", ticket=2, position=1),
    )
    assert sign_up(docs, party("R7"), resident("R7")).type == "signup_confirmed.v1"


def test_a_cancelled_seat_goes_to_the_first_group_that_fits() -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", "R1", "R2", "R3", ticket=1),
        confirmed("G2", "R4", "R5", ticket=2),
        waitlisted("G3", "R6", "R7", "R8", ticket=3, position=1),
        waitlisted("G4", "R9", ticket=4, position=2),
        waitlisted("G5", "R10", ticket=5, position=3),
        waitlisted("G6", "R11", ticket=6, position=4),
    )
    event = cancelling(docs, "G2", "R4")
    assert event.data["promoted"] == ["G4", "G5"]
    given_from(docs, Activities, "activities", event)
    seating = docs.the("seatings", event.data["session"])
    assert (seating["taken"], seating["waiting"]) == (5, 2)
    assert docs.the("seats", f"{seating['id']}:R9")["state"] == "confirmed"


def test_a_cancelled_waiting_group_frees_no_seat_and_promotes_nobody() -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", "R1", "R2", "R3", "R4", "R5", ticket=1),
        waitlisted("G2", "R6", ticket=2, position=1),
        waitlisted("G3", "R7", ticket=3, position=2),
    )
    assert cancelling(docs, "G2", "R6").data["promoted"] == []


def test_a_cancelled_seat_can_be_taken_again_by_the_same_person() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", ticket=1))
    given_from(docs, Activities, "activities", cancelling(docs, "G1", "R1"))
    assert sign_up(docs, party("R1"), resident("R1")).type == "signup_confirmed.v1"


def test_cancelling_after_the_cutoff_is_late() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", ticket=1))
    late = resident("R1", now=STARTS - timedelta(hours=1))
    assert cancel_signup(docs, {"signup": "G1"}, late).data["late"] is True
    assert cancelling(docs, "G1", "R1").data["late"] is False


@pytest.mark.parametrize(("seconds", "late"), [(-1, False), (0, True), (1, True)])
def test_at_the_cutoff_itself_it_is_late(seconds: int, late: bool) -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", ticket=1))
    cutoff = datetime.fromisoformat(CONTENT["sessions"][0]["cutoff"])
    then = resident("R1", now=cutoff + timedelta(seconds=seconds))
    assert cancel_signup(docs, {"signup": "G1"}, then).data["late"] is late


@pytest.mark.parametrize(
    ("facts", "persons", "hours_before", "code"),
    [
        ([PUBLISHED], ["R1"], 72, "not_open"),
        ([PUBLISHED, OPENED], ["R1"], 1, "signup_closed"),
        ([PUBLISHED, OPENED, STARTED], ["R1"], 72, "signup_closed"),
        ([PUBLISHED, OPENED, STARTED, CLOSED], ["R1"], 72, "signup_closed"),
        (
            [
                PUBLISHED,
                fact("activity_cancelled.v2", sessions=[f"{ACTIVITY}.1"], reason="雨"),
            ],
            ["R1"],
            72,
            "activity_cancelled",
        ),
        ([PUBLISHED, OPENED], ["R1", "R1"], 72, "person_twice"),
        (
            [PUBLISHED, OPENED],
            ["R1", "R2", "R3", "R4", "R5", "R6"],
            72,
            "party_larger_than_capacity",
        ),
        (
            [PUBLISHED, OPENED, confirmed("G1", "R1", ticket=1)],
            ["R1", "R2"],
            72,
            "already_signed_up",
        ),
        ([PUBLISHED, OPENED], ["R1", "R2~child"], 72, "anothers_guest"),
    ],
)
def test_a_sign_up_is_refused_with_its_reason(
    facts: list[Fact], persons: list[str], hours_before: int, code: str
) -> None:
    who = resident(persons[0], now=STARTS - timedelta(hours=hours_before))
    with pytest.raises(Refused) as refusal:
        sign_up(stage(*facts), party(*persons), who)
    assert refusal.value.code == code


def test_signing_up_to_nothing_is_unknown() -> None:
    with pytest.raises(Unknown):
        sign_up(stage(), party("R1"), resident("R1"))


def test_the_refused_person_is_named_with_the_place_in_the_party() -> None:
    with pytest.raises(Refused) as refusal:
        sign_up(stage(PUBLISHED, OPENED), party("R1", "R2~child"), resident("R1"))
    assert refusal.value.errors[0]["path"] == "party/1/person"


def test_only_who_signed_up_the_host_or_a_worker_of_the_community_cancels() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", ticket=1))
    worker = asked(("community_worker", "510108002001"), id="W1", now=BEFORE)
    for allowed in (resident("R1"), secretary(), worker):
        assert (
            cancel_signup(docs, {"signup": "G1"}, allowed).type == "signup_cancelled.v1"
        )
    with pytest.raises(Unknown):
        cancelling(docs, "G1", "R2")


def test_a_sign_up_is_cancelled_once() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", ticket=1))
    given_from(docs, Activities, "activities", cancelling(docs, "G1", "R1"))
    with pytest.raises(Refused) as refusal:
        cancelling(docs, "G1", "R1")
    assert refusal.value.code == "cannot_cancel"


def test_nobody_cancels_what_has_started() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", ticket=1), STARTED)
    with pytest.raises(Refused) as refusal:
        cancelling(docs, "G1", "R1")
    assert refusal.value.code == "already_started"


def test_cancelling_an_unknown_sign_up_is_unknown() -> None:
    with pytest.raises(Unknown):
        cancelling(stage(PUBLISHED, OPENED), "G9", "R1")


def test_seats_kept_for_those_not_online_are_not_for_who_helps_them() -> None:
    worker = asked(("community_worker", "510108002001"), id="W1", now=BEFORE)
    for by, pool in (("R1", "offline"), ("W1", None)):
        command = {
            "activity": ACTIVITY,
            "party": [{"person": by, "relation": "self"}],
            "by": by,
        }
        assert (
            sign_up(stage(PUBLISHED, OPENED), command, worker).data.get("pool") == pool
        )


def test_nor_are_they_for_who_made_the_key_that_signs_up() -> None:
    docs = stage(PUBLISHED, OPENED)
    docs.put("machines", {"id": "K1", "maker": "W1"})
    actor = asked(("community_worker", "510108002001"), id="K1").actor
    key = replace(asked(now=BEFORE), actor=replace(actor, maker="W1"))
    said = [{**party(by), "by": by} for by in ("W1", "R1")]
    pools = [sign_up(docs, command, key).data.get("pool") for command in said]
    assert pools == [None, "offline"]


def test_a_draft_is_as_if_it_were_not_there_to_who_signs_up() -> None:
    for docs in (stage(DRAFTED), stage(DRAFTED, fact("activity_submitted.v1"))):
        with pytest.raises(Unknown) as unknown:
            sign_up(docs, party("R1"), resident("R1"))
        assert "包粽子" not in unknown.value.title


def test_a_worker_says_for_whom_they_sign_up() -> None:
    docs = stage(PUBLISHED, OPENED)
    worker = asked(("community_worker", "510108002001"), id="W1", now=BEFORE)
    with pytest.raises(Invalid) as invalid:
        sign_up(docs, party("E1"), worker)
    assert invalid.value.code == "by_needed"
    assert sign_up(docs, {**party("E1"), "by": "E1"}, worker).data["by"] == "E1"
    assert sign_up(docs, party("W1"), worker).data["by"] == "W1"


def test_one_signer_has_one_sign_up_in_a_session_whatever_names_they_say() -> None:
    docs = stage(PUBLISHED, OPENED)
    given_from(
        docs, Activities, "activities", sign_up(docs, party("R1"), resident("R1"))
    )
    with refused("already_signed_up", says="您已有一个本场的报名"):
        sign_up(docs, party("aunt", "uncle"), resident("R1", new_id="N2"))
    worker = asked(("community_worker", "510108002001"), id="W1", now=BEFORE)
    with refused("already_signed_up", says="这位居民已有一个本场的报名"):
        sign_up(docs, {**party("aunt"), "by": "R1"}, worker)
    assert sign_up(docs, {**party("E1"), "by": "E1"}, worker)


def test_a_signer_signs_up_so_often_in_a_day_and_no_more() -> None:
    docs = stage(PUBLISHED, OPENED)
    for number in range(MOST_OF_A_SESSION):
        again = sign_up(docs, party("R1"), resident("R1", new_id=f"N{number}"))
        given_from(docs, Activities, "activities", again, now=BEFORE)
        given_from(
            docs,
            Activities,
            "activities",
            cancelling(docs, f"N{number}", "R1"),
            now=BEFORE,
        )
    with refused("too_many_today"):
        sign_up(docs, party("R1"), resident("R1"))
    assert sign_up(docs, party("R2"), resident("R2"))
    assert sign_up(docs, party("R1"), resident("R1", now=BEFORE + timedelta(days=1)))
