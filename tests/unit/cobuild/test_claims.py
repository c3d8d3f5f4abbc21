"""Claims, dispatches and what is done about a need: by whom it is answered, confirmed, withdrawn and reopened."""

from datetime import timedelta

import pytest

import schemas.cobuild as schemas
from services.cobuild.rules import closing, commitments, needs
from services.kit.errors import Forbidden, Invalid
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.cobuild.needs import CLAIM, COMMANDS, at, complaint
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    RESIDENT,
    STRANGER,
    UNIT,
    VERIFIED,
    WORKER,
    another_unit,
    stage,
    take,
)


def test_nobody_asks_twice_or_answers_what_was_not_asked() -> None:
    docs = stage(RAISED, VERIFIED)
    with refused("not_asked"):
        needs.answer_need(docs, COMMANDS["answer_need"], RESIDENT)
    take(docs, needs.ask_resident(docs, COMMANDS["ask_resident"], WORKER))
    with refused("already_waiting"):
        needs.ask_resident(docs, COMMANDS["ask_resident"], WORKER)


def test_a_claim_books_the_units_own_offering_and_a_lapse_frees_it() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED)
    fact = take(docs, commitments.claim_need(docs, COMMANDS["claim_need"], LIAISON))
    assert (fact.data["period"], fact.data["occurrence"]) == (
        "2026-W24",
        examples.SATURDAY,
    )
    assert docs.the("usage", "F1:2026-W24")["used"] == 1
    take(docs, commitments.lapse(docs, docs.the("commitments", "C1"), LIAISON))
    assert docs.the("usage", "F1:2026-W24")["used"] == 0
    assert docs.the("needs", "N1")["state"] == "verified"
    assert docs.the("commitments", "C1")["state_text"] == "认领失效"


def test_a_need_claimed_is_not_claimed_again() -> None:
    docs = stage(*UNIT, *another_unit(2), RAISED, VERIFIED)
    take(docs, commitments.claim_need(docs, CLAIM, LIAISON))
    with refused("cannot_claim"):
        commitments.claim_need(
            docs, {**CLAIM, "unit": "U2"}, asked(("unit_liaison", "unit/U2"), id="P3")
        )


def test_a_claim_asks_for_the_units_own_offering_at_a_time_it_takes_place() -> None:
    other = example_of(examples, "offering_published.v2", offering="F2", unit="U2")
    docs = stage(*UNIT, *another_unit(2), OFFERED, other, RAISED, VERIFIED)
    with refused("not_the_units_offering"):
        commitments.claim_need(
            docs, {**COMMANDS["claim_need"], "offering": "F2"}, LIAISON
        )
    with refused("no_occurrence"):
        commitments.claim_need(
            docs,
            {**COMMANDS["claim_need"], "starts_at": "2026-06-14T01:00:00.000Z"},
            LIAISON,
        )
    with refused("in_the_past", Invalid):
        commitments.claim_need(
            docs,
            {**COMMANDS["claim_need"], "starts_at": "2026-05-30T01:00:00.000Z"},
            LIAISON,
        )
    for far in ("2027-06-05T01:00:00.000Z", "9999-12-31T23:59:59.999Z"):
        with refused("too_far_ahead", Invalid):
            commitments.claim_need(
                docs, {**COMMANDS["claim_need"], "starts_at": far}, LIAISON
            )
    payload = {
        name: value
        for name, value in COMMANDS["claim_need"].items()
        if name != "starts_at"
    }
    assert complaint(schemas.commitments.ClaimNeed, payload) == (
        "starts_at",
        "missing_field",
    )


@pytest.mark.parametrize(
    ("due", "code"), [("2026-05-31", "in_the_past"), ("2027-06-30", "too_far_ahead")]
)
def test_a_due_day_lies_ahead_within_a_year(due: str, code: str) -> None:
    with refused(code, Invalid):
        commitments.claim_need(
            stage(*UNIT, RAISED, VERIFIED), {**CLAIM, "due": due}, LIAISON
        )


def test_a_dispatched_need_is_answered_by_beginning_or_declining() -> None:
    docs = stage(*UNIT, RAISED)
    take(docs, needs.verify_need(docs, COMMANDS["verify_need"], WORKER))
    take(docs, commitments.dispatch_need(docs, COMMANDS["dispatch_need"], WORKER))
    begun = commitments.begin_commitment(
        docs, COMMANDS["begin_commitment"], at(LIAISON, NOW + timedelta(hours=1))
    )
    assert begun.data["response_minutes"] == 60
    take(
        docs,
        commitments.decline_commitment(docs, COMMANDS["decline_commitment"], LIAISON),
    )
    assert docs.the("declines", "U1:零距离安全")["times"] == 1


def test_a_dispatched_need_done_without_a_word_is_answered_by_that_and_once() -> None:
    docs = stage(*UNIT, RAISED)
    take(docs, needs.verify_need(docs, COMMANDS["verify_need"], WORKER))
    take(docs, commitments.dispatch_need(docs, COMMANDS["dispatch_need"], WORKER))
    later = at(LIAISON, NOW + timedelta(hours=1))
    done = take(
        docs, commitments.fulfil_commitment(docs, COMMANDS["fulfil_commitment"], later)
    )
    assert (done.data["response_minutes"], done.data["in_time"]) == (60, True)
    take(docs, closing.dispute_need(docs, COMMANDS["dispute_need"], RESIDENT))
    take(docs, closing.send_back_need(docs, COMMANDS["send_back_need"], WORKER))
    again = commitments.fulfil_commitment(docs, COMMANDS["fulfil_commitment"], later)
    assert "response_minutes" not in again.data


@pytest.mark.parametrize("begun", [True, False])
def test_doing_what_was_begun_or_claimed_is_no_second_answer(begun: bool) -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, *([] if begun else [CLAIMED]))
    if begun:
        take(docs, commitments.dispatch_need(docs, COMMANDS["dispatch_need"], WORKER))
        take(
            docs,
            commitments.begin_commitment(docs, COMMANDS["begin_commitment"], LIAISON),
        )
    done = commitments.fulfil_commitment(docs, COMMANDS["fulfil_commitment"], LIAISON)
    assert "response_minutes" not in done.data


def test_what_was_claimed_is_given_up_not_declined() -> None:
    with refused("not_dispatched"):
        commitments.decline_commitment(
            stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED),
            COMMANDS["decline_commitment"],
            LIAISON,
        )


def test_the_beneficiary_confirms_not_the_unit() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED)
    for who in (STRANGER, LIAISON):
        with refused("not_yours", Forbidden):
            closing.confirm_need(docs, COMMANDS["confirm_need"], who)
    both = asked(
        ("unit_liaison", "unit/U1"), ("community_worker", "510108015001"), id="P2"
    )
    with refused("own_work", Forbidden):
        closing.confirm_need(docs, COMMANDS["confirm_need"], both)
    once_of_the_unit = asked(
        ("community_worker", "510108015001"), id="P2"
    )  # Who reported it done, FULFILLED says.
    with refused("own_work", Forbidden):
        closing.confirm_need(docs, COMMANDS["confirm_need"], once_of_the_unit)
    assert (
        closing.confirm_need(docs, COMMANDS["confirm_need"], RESIDENT).data["way"]
        == "beneficiary"
    )
    assert (
        closing.confirm_need(docs, COMMANDS["confirm_need"], WORKER).data["way"]
        == "visit"
    )


def test_the_unit_does_not_rate_itself_either() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED)
    take(docs, closing.confirm_need(docs, {"need": "N1"}, WORKER))
    with refused("own_work", Forbidden):
        closing.rate_need(
            docs,
            COMMANDS["rate_need"],
            asked(("community_worker", "510108015001"), id="P2"),
        )
    assert closing.rate_need(docs, COMMANDS["rate_need"], RESIDENT).data["score"] == 5


def test_withdrawn_by_the_beneficiary_the_unit_is_not_to_blame() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)
    take(docs, needs.withdraw_need(docs, COMMANDS["withdraw_need"], RESIDENT))
    assert docs.the("commitments", "C1")["state"] == "cancelled"
    assert docs.the("usage", "F1:2026-W24")["used"] == 0
    assert docs.the("records", "U1")["withdrawn"] == 0


def test_a_need_is_reopened_within_a_month_and_three_times_at_most() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED)
    take(docs, closing.confirm_need(docs, COMMANDS["confirm_need"], RESIDENT))
    with refused("too_late_to_reopen"):
        closing.reopen_need(
            docs, COMMANDS["reopen_need"], at(RESIDENT, NOW + timedelta(days=31))
        )
    take(docs, closing.reopen_need(docs, COMMANDS["reopen_need"], RESIDENT))
    assert docs.the("needs", "N1")["reopened"] == 1
    docs.put("needs", {**docs.the("needs", "N1"), "reopened": 3, "state": "closed"})
    with refused("reopened_too_often"):
        closing.reopen_need(docs, COMMANDS["reopen_need"], RESIDENT)


def test_what_was_settled_is_reopened_within_a_month_too() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED)
    take(docs, closing.dispute_need(docs, COMMANDS["dispute_need"], RESIDENT))
    take(docs, closing.settle_need(docs, COMMANDS["settle_need"], WORKER))
    with refused("too_late_to_reopen"):
        closing.reopen_need(
            docs, COMMANDS["reopen_need"], at(RESIDENT, NOW + timedelta(days=31))
        )
    take(
        docs,
        closing.reopen_need(
            docs, COMMANDS["reopen_need"], at(RESIDENT, NOW + timedelta(days=29))
        ),
    )


def test_only_later_due_days_and_three_of_them() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)
    with refused("not_later", Invalid):
        commitments.postpone_commitment(
            docs, {**COMMANDS["postpone_commitment"], "due": examples.DUE}, LIAISON
        )
    docs.put("commitments", {**docs.the("commitments", "C1"), "postponed": 3})
    with refused("postponed_too_often"):
        commitments.postpone_commitment(docs, COMMANDS["postpone_commitment"], LIAISON)
