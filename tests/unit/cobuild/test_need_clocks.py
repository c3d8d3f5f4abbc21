"""Clocks of needs: working time, what is not counted as it, and what they say was late."""

from datetime import timedelta

import pytest

from services.cobuild.rules import closing, commitments, needs
from tests.given import NOW, asked
from tests.unit.cobuild.needs import CLAIM, COMMANDS, at
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    RESIDENT,
    UNIT,
    VERIFIED,
    WORKER,
    stage,
    take,
)


def test_the_clocks_count_working_minutes_and_say_by_what_calendar() -> None:
    docs = stage(RAISED)
    fact = take(docs, needs.verify_need(docs, COMMANDS["verify_need"], WORKER))
    assert (
        fact.data["claim_by"] == "2026-06-01T09:00:00.000Z"
    )  # A working day from Monday 9:00 in Shanghai.
    assert fact.data["basis"] == "国办发明电〔2025〕7号"


def test_the_clocks_stop_while_the_resident_is_asked() -> None:
    docs = stage(RAISED, VERIFIED)
    take(docs, needs.ask_resident(docs, COMMANDS["ask_resident"], WORKER))
    assert docs.the("needs", "N1")["claim_clock"] == "stopped"
    later = NOW + timedelta(days=10)
    take(docs, needs.answer_need(docs, COMMANDS["answer_need"], at(RESIDENT, later)))
    after = docs.the("needs", "N1")
    assert after["claim_clock"] == "running"
    assert after["claim_by"] == "2026-06-11T09:00:00.000Z"


WAITED = 2 * 480  # Two working days, from Monday to Wednesday morning.

WEDNESDAY = NOW + timedelta(days=2)


@pytest.mark.parametrize("answered", [True, False])
def test_time_spent_waiting_before_it_is_verified_is_not_counted_either(
    answered: bool,
) -> None:
    docs = stage(RAISED)
    take(docs, needs.ask_resident(docs, COMMANDS["ask_resident"], WORKER))
    if answered:
        answer = take(
            docs,
            needs.answer_need(docs, COMMANDS["answer_need"], at(RESIDENT, WEDNESDAY)),
            WEDNESDAY,
        )
        assert answer.data["waited"] == WAITED
    verified = take(
        docs,
        needs.verify_need(docs, COMMANDS["verify_need"], at(WORKER, WEDNESDAY)),
        WEDNESDAY,
    )
    assert (
        verified.data["close_by"] == "2026-06-09T09:00:00.000Z"
    )  # Five working days from Wednesday on.
    assert not docs.the("needs", "N1")["waiting"]


def test_who_reports_it_done_waits_for_no_answer_and_the_clock_runs_on() -> None:
    docs = stage(*UNIT, RAISED)
    take(docs, needs.verify_need(docs, COMMANDS["verify_need"], WORKER))
    take(docs, commitments.claim_need(docs, CLAIM, LIAISON))
    take(docs, needs.ask_resident(docs, COMMANDS["ask_resident"], WORKER))
    fulfilled = commitments.fulfil_commitment(
        docs, COMMANDS["fulfil_commitment"], at(LIAISON, WEDNESDAY)
    )
    assert fulfilled.data["close_by"] == "2026-06-09T09:00:00.000Z"
    take(docs, fulfilled, WEDNESDAY)
    need = docs.the("needs", "N1")
    assert (need["waiting"], need["close_clock"]) == (False, "running")
    confirmed = closing.confirm_need(
        docs, {"need": "N1"}, at(RESIDENT, WEDNESDAY + timedelta(hours=1))
    )
    assert confirmed.data["minutes"] == 60


def test_waiting_when_it_was_late_already_is_not_counted_though_no_clock_runs() -> None:
    docs = stage(*UNIT, RAISED)
    take(docs, needs.verify_need(docs, COMMANDS["verify_need"], WORKER))
    late = NOW + timedelta(days=14)
    take(docs, needs.note_unfinished(docs, docs.the("needs", "N1"), asked()), late)
    take(
        docs, needs.ask_resident(docs, COMMANDS["ask_resident"], at(WORKER, late)), late
    )
    after = late + timedelta(days=1)
    take(
        docs,
        needs.answer_need(docs, COMMANDS["answer_need"], at(RESIDENT, after)),
        after,
    )
    take(
        docs,
        commitments.claim_need(docs, CLAIM | {"due": "2026-06-30"}, at(LIAISON, after)),
        after,
    )
    take(
        docs,
        commitments.fulfil_commitment(
            docs, COMMANDS["fulfil_commitment"], at(LIAISON, after)
        ),
        after,
    )
    confirmed = closing.confirm_need(docs, {"need": "N1"}, at(RESIDENT, after))
    assert (confirmed.data["minutes"], confirmed.data["in_time"]) == (10 * 480, False)


def test_what_is_sent_back_may_be_late_again() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED)
    take(docs, closing.confirm_need(docs, {"need": "N1"}, RESIDENT))
    take(docs, closing.dispute_need(docs, COMMANDS["dispute_need"], RESIDENT))
    assert docs.the("needs", "N1")["close_clock"] == "off"
    take(docs, closing.send_back_need(docs, COMMANDS["send_back_need"], WORKER))
    assert docs.the("needs", "N1")["close_clock"] == "running"


def test_what_was_dispatched_and_is_done_is_not_called_unclaimed() -> None:
    docs = stage(*UNIT, RAISED, VERIFIED)
    take(docs, commitments.dispatch_need(docs, COMMANDS["dispatch_need"], WORKER))
    take(
        docs,
        commitments.fulfil_commitment(docs, COMMANDS["fulfil_commitment"], LIAISON),
    )
    assert docs.the("needs", "N1")["claim_clock"] == "off"


def test_the_first_claim_tells_how_long_it_took_and_a_later_one_does_not() -> None:
    docs = stage(*UNIT, RAISED)
    take(docs, needs.verify_need(docs, COMMANDS["verify_need"], WORKER))
    first = take(
        docs,
        commitments.claim_need(docs, CLAIM, at(LIAISON, NOW + timedelta(minutes=35))),
    )
    assert (first.data["response_minutes"], first.data["in_time"]) == (35, True)
    take(
        docs,
        commitments.give_up_commitment(docs, COMMANDS["give_up_commitment"], LIAISON),
    )
    again = asked(("unit_liaison", "unit/U1"), id="P2", new_id="C2")
    assert "response_minutes" not in commitments.claim_need(docs, CLAIM, again).data


def test_a_late_first_claim_says_so() -> None:
    docs = stage(*UNIT, RAISED, VERIFIED)
    take(docs, needs.note_unclaimed(docs, docs.the("needs", "N1"), asked()))
    fact = commitments.claim_need(docs, CLAIM, at(LIAISON, NOW + timedelta(days=2)))
    assert fact.data["in_time"] is False
