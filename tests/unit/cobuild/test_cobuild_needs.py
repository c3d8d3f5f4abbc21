"""Needs and commitments: words kept apart, clocks in working time, leases, and who may say it is done."""

from datetime import datetime, timedelta
from typing import Any

import marshmallow as ma
import pytest

import schemas.cobuild as schemas
from schemas import fields
from schemas.fields import instant
from services.cobuild import views
from services.cobuild.folds.bookings import NEVER
from services.cobuild.model.pauses import in_words
from services.cobuild.rules import (
    bookings,
    closing,
    commitments,
    needs,
    offerings,
    units,
)
from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, given_from, refused
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    RESIDENT,
    STRANGER,
    STREET,
    UNIT,
    VERIFIED,
    WORKER,
    another_unit,
    stage,
    take,
)

COMMANDS = examples.COMMANDS
SUNDAY = "2026-06-14T01:00:00.000Z"
CLAIM = {"need": "N1", "unit": "U1", "due": examples.DUE}


def at(who: Asked, now: datetime) -> Asked:
    return Asked(who.actor, now, who.new_id)


def complaint(schema: type[fields.Schema], payload: Any) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(payload)
    told = fields.complaints(caught.value)[0]
    return told["path"], told["code"]


def test_i8_a_residents_words_are_in_no_event() -> None:
    fact = needs.raise_need(stage(), COMMANDS["raise_need"], RESIDENT)
    assert fact.notes == {"N1": examples.WORDS}
    assert examples.WORDS not in str(fact.data)
    assert fact.data["beneficiary"] == "P1"


def test_a_worker_raises_for_somebody_or_for_the_community() -> None:
    for_elder = needs.raise_need(
        stage(), {**COMMANDS["raise_need"], "beneficiary": "P9"}, WORKER
    )
    assert for_elder.data["beneficiary"] == "P9"
    assert (
        "beneficiary"
        not in needs.raise_need(stage(), COMMANDS["raise_need"], WORKER).data
    )
    with refused("not_yours", Forbidden):
        needs.raise_need(
            stage(), {**COMMANDS["raise_need"], "beneficiary": "P9"}, STRANGER
        )


def test_what_may_be_the_same_is_hinted_at_not_refused() -> None:
    docs = stage(RAISED, VERIFIED)
    fact = needs.raise_need(
        docs, COMMANDS["raise_need"], asked(("resident", "*"), id="P8", new_id="N2")
    )
    take(docs, fact)
    shown = views.needs.get_need(
        docs, {"need": "N2"}, asked(("resident", "*"), id="P8")
    )
    assert shown["similar"] == [
        {"need": "N1", "title": "老旧线路检查一户", "state_text": "待认领"}
    ]


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


def test_words_and_persons_are_shown_to_those_concerned() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)

    def shown(who: Asked) -> dict[str, Any]:
        return views.needs.get_need(
            docs,
            {"need": "N1"},
            Asked(who.actor, NOW, "", {"N1": examples.WORDS}.__getitem__),
        )

    assert (
        shown(RESIDENT)["words"]
        == shown(WORKER)["words"]
        == shown(LIAISON)["words"]
        == examples.WORDS
    )
    assert "beneficiary" in shown(WORKER)
    assert not {"beneficiary", "by"} & shown(LIAISON).keys()
    assert not {"words", "beneficiary", "by"} & shown(STRANGER).keys()


def test_a_suspension_pauses_every_offering_and_its_end_resumes_exactly_those() -> None:
    other = example_of(examples, "offering_published.v2", offering="F2")
    docs = stage(*UNIT, OFFERED, other, RAISED, VERIFIED)
    take(docs, offerings.pause_offering(docs, COMMANDS["pause_offering"], LIAISON))
    news = Event(
        1,
        "E1",
        "partner_suspended.v1",
        "partner/Q1",
        "2026-06-01T01:00:00.000Z",
        {"partner": "Q1"},
        "",
    )
    take(docs, units.halt(docs, news, asked()))
    assert units.halt(docs, news, asked()) is None
    assert pauses(docs, "F1") == ["unit", "suspension"]
    assert pauses(docs, "F2") == ["suspension"]
    listed = views.offerings.list_offerings(
        docs, schemas.offerings.ListOfferings().load({}), LIAISON
    )
    assert listed["items"] == []
    with refused("not_published"):
        bookings.booking(
            docs,
            docs.the("offerings", "F2"),
            "F2",
            datetime.fromisoformat(examples.SATURDAY),
        )
    with refused("unit_halted"):
        offerings.publish_offering(docs, COMMANDS["publish_offering"], LIAISON)
    with refused("unit_halted"):
        commitments.claim_need(docs, CLAIM, LIAISON)
    take(docs, units.free(docs, news, asked()))
    assert pauses(docs, "F1") == ["unit"]
    assert pauses(docs, "F2") == []


def pauses(docs: Overlay, offering: str) -> list[str]:
    found: list[str] = views.offerings.get_offering(
        docs, {"offering": offering}, LIAISON
    )["pauses"]
    return found


def test_of_units_with_the_code_of_a_suspended_partner_the_approved_one_is_halted_whichever_came_first() -> (
    None
):
    registered = (
        example_of(examples, "unit_registered.v1", unit=unit) for unit in ("U8", "U9")
    )
    docs = stage(*registered, example_of(examples, "unit_approved.v1", unit="U9"))
    news = Event(
        1,
        "E1",
        "partner_suspended.v1",
        "partner/Q1",
        "2026-06-01T01:00:00.000Z",
        {"partner": "Q1"},
        "",
    )
    halted = units.halt(docs, news, asked())
    assert halted
    assert halted.data["unit"] == "U9"


def test_a_suspended_partner_is_not_approved_as_a_unit() -> None:
    docs = stage(UNIT[0])
    docs.put(
        "partner_codes", {"id": examples.REGISTRATION["credit_code"], "suspended": True}
    )
    with refused("partner_suspended"):
        units.approve_unit(docs, COMMANDS["approve_unit"], STREET)


def test_an_offering_pauses_itself_when_used_up_and_resumes_in_the_next_period() -> (
    None
):
    docs = stage(*UNIT, OFFERED)
    week = {"period": "2026-W23", "occurrence": "2026-06-06T01:00:00.000Z"}
    for activity in ("A1", "A2"):
        booked = {"offering": "F1", "activity": activity, **week}
        given_from(docs, Cobuild, "cobuild", Fact("offering_reserved.v1", "x", booked))
    assert docs.the("watches", "F1")["check_at"] == "2026-06-01T01:00:00.000Z"
    take(docs, offerings.review_offering(docs, docs.the("offerings", "F1"), STREET))
    offering = docs.the("offerings", "F1")
    assert (offering["state"], in_words(offering["pauses"])) == (
        "paused",
        "本期已约满",
    )
    assert docs.the("watches", "F1")["check_at"] == "2026-06-07T16:00:00.000Z"
    next_week = at(STREET, NOW + timedelta(days=7))
    take(docs, offerings.review_offering(docs, offering, next_week))
    assert docs.the("offerings", "F1")["state"] == "published"


def test_a_week_that_was_full_while_nobody_looked_is_over_and_done_with() -> None:
    docs = stage(*UNIT, OFFERED)
    for activity in ("A1", "A2"):
        week = {"period": "2026-W24", "occurrence": examples.SATURDAY}
        given_from(
            docs,
            Cobuild,
            "cobuild",
            Fact(
                "offering_reserved.v1",
                "x",
                {"offering": "F1", "activity": activity, **week},
            ),
        )
    assert docs.the("watches", "F1")["check_at"] == "2026-06-07T16:00:00.000Z"
    later = NOW + timedelta(days=30)
    take(
        docs,
        offerings.review_offering(docs, docs.the("offerings", "F1"), at(STREET, later)),
        later,
    )
    assert docs.the("watches", "F1")["check_at"] == "2026-12-31T16:00:00.000Z"


def test_an_offering_that_expired_while_used_up_is_looked_at_no_more_than_once() -> (
    None
):
    docs = stage(
        *UNIT, example_of(examples, "offering_published.v2", valid_until="2026-06-06")
    )
    week = {"period": "2026-W23", "occurrence": "2026-06-06T01:00:00.000Z"}
    for activity in ("A1", "A2"):
        given_from(
            docs,
            Cobuild,
            "cobuild",
            Fact(
                "offering_reserved.v1",
                "x",
                {"offering": "F1", "activity": activity, **week},
            ),
        )
    for days, pauses_then in (
        (0, ["used_up"]),
        (6, ["used_up", "expired"]),
        (8, ["expired"]),
    ):
        then = NOW + timedelta(days=days)
        assert docs.the("watches", "F1")["check_at"] <= instant(then)
        take(
            docs,
            offerings.review_offering(
                docs, docs.the("offerings", "F1"), at(STREET, then)
            ),
            then,
        )
        assert docs.the("offerings", "F1")["pauses"] == pauses_then
    assert docs.the("watches", "F1")["check_at"] == NEVER


def test_a_freed_booking_ends_the_pause_at_once() -> None:
    docs = stage(*UNIT, OFFERED)
    week = {"period": "2026-W23", "occurrence": "2026-06-06T01:00:00.000Z"}
    for activity in ("A1", "A2"):
        booked = {"offering": "F1", "activity": activity, **week}
        given_from(docs, Cobuild, "cobuild", Fact("offering_reserved.v1", "x", booked))
    take(docs, offerings.review_offering(docs, docs.the("offerings", "F1"), STREET))
    freed = {"activity": "A1", "offerings": [{"offering": "F1", "period": "2026-W23"}]}
    given_from(docs, Cobuild, "cobuild", Fact("offerings_released.v1", "x", freed))
    fact = take(
        docs, offerings.review_offering(docs, docs.the("offerings", "F1"), STREET)
    )
    assert fact.type == "offering_renewed.v1"


def test_a_revision_keeps_what_was_promised() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)
    revision = COMMANDS["revise_offering"]
    for changes, path in (
        ({"per": "month"}, "per"),
        ({"valid_until": "2026-06-12"}, "valid_until"),
        (
            {"repeats": "FREQ=WEEKLY;BYDAY=SU", "starts_at": SUNDAY, "except_on": []},
            "starts_at",
        ),
    ):
        with pytest.raises(Refused) as caught:
            offerings.revise_offering(docs, {**revision, **changes}, LIAISON)
        assert caught.value.errors[0]["path"] == path
    take(docs, offerings.revise_offering(docs, revision, LIAISON))
    assert docs.the("offerings", "F1")["version"] == 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "BYDAY=SA", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYMONTHDAY=31", "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;UNTIL=20261399", "FREQ=MONTHLY;BYSETPOS=1", "每周六",
        "FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;BYHOUR=9", "FREQ=MONTHLY;BYDAY=+MO", "FREQ=MONTHLY;BYDAY=4MO;BYSETPOS=4",
        "FREQ=MONTHLY;BYDAY=4MO;BYMONTHDAY=1", "FREQ=DAILY\nEXDATE:20260101",
    ],
)  # fmt: skip
def test_a_rule_that_is_none_or_never_comes_round_is_refused(rule: str) -> None:
    payload = {**COMMANDS["publish_offering"], "repeats": rule}
    assert complaint(schemas.offerings.PublishOffering, payload) == (
        "repeats",
        "bad_rule",
    )


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=DAILY", "2026-06-13"),
        ("FREQ=WEEKLY;BYDAY=SA,SU;INTERVAL=2", "2026-06-14"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-06-26"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-07-31"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "2026-06-30"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29"),
        ("RRULE:FREQ=DAILY;COUNT=5", "2026-06-13"),
        ("FREQ=WEEKLY;UNTIL=20261231", "2026-06-13"),
    ],
)
def test_the_usual_rules_are_understood(rule: str, first: str) -> None:
    times = {"starts_at": f"{first}T09:00:00+08:00", "minutes": 120, "repeats": rule}
    payload = {**examples.ABOUT, "unit": "U1", **times, "valid_until": "2029-12-31"}
    loaded = schemas.offerings.PublishOffering().load(payload)
    assert (
        offerings.publish_offering(stage(*UNIT), loaded, LIAISON).type
        == "offering_published.v2"
    )


def test_an_offering_begins_on_a_day_of_its_rule() -> None:
    command = {**COMMANDS["publish_offering"], "repeats": "FREQ=WEEKLY;BYDAY=SU"}
    with refused("first_not_on_rule", Invalid):
        offerings.publish_offering(stage(*UNIT), command, LIAISON)


def test_what_nobody_knows_is_named() -> None:
    with refused("not_found", Unknown, says="没有这个需求"):
        commitments.claim_need(stage(*UNIT), {**CLAIM, "need": "N9"}, LIAISON)
    with refused("not_found", Unknown, says="没有这个项目"):
        commitments.begin_commitment(stage(*UNIT), {"commitment": "C9"}, LIAISON)


ANALYST = asked(("district_analyst", "510108"), id="P11")
OTHER_LIAISON = asked(("unit_liaison", "unit/U2"), id="P10")
IN_A_GRID = example_of(examples, "need_raised.v1", grid="WG-0001")


def listed(docs: Overlay, who: Asked, **question: Any) -> list[str]:
    found = views.needs.list_needs(docs, schemas.needs.ListNeeds().load(question), who)
    return [need["id"] for need in found["items"]]


def test_a_need_not_yet_verified_is_for_whose_it_is_and_who_serves_the_place() -> None:
    docs = stage(*UNIT, IN_A_GRID)
    for who in (RESIDENT, WORKER, STREET):
        assert views.needs.get_need(docs, {"need": "N1"}, who)["grid"] == "WG-0001"
    for who in (STRANGER, ANALYST, LIAISON):
        with refused("not_found", Unknown, says="没有这个需求"):
            views.needs.get_need(docs, {"need": "N1"}, who)
        with refused("not_found", Unknown, says="没有这个需求"):
            views.matching.matches_of_need(docs, {"need": "N1", "limit": 5}, who)
        assert listed(docs, who, state="raised,rejected,withdrawn") == []
    assert (
        listed(docs, WORKER, state="raised")
        == listed(docs, STREET, state="raised")
        == ["N1"]
    )


def test_of_a_listed_need_others_see_what_the_work_needs_and_no_more() -> None:
    docs = stage(*UNIT, OFFERED, IN_A_GRID, VERIFIED, CLAIMED)
    for who in (STRANGER, ANALYST, OTHER_LIAISON):
        shown = views.needs.get_need(docs, {"need": "N1"}, who)
        assert (
            not {"grid", "reason", "similar", "by", "beneficiary", "notes", "words"}
            & shown.keys()
        )
        assert listed(docs, who, state="claimed") == ["N1"]
    assert views.needs.get_need(docs, {"need": "N1"}, LIAISON)["grid"] == "WG-0001"


def test_pages_of_needs_are_of_what_the_asker_sees_alone() -> None:
    elsewhere = {"community": "510108016001", "need": "N2", "note": "N2"}
    docs = stage(RAISED, example_of(examples, "need_raised.v1", **elsewhere))
    question = schemas.needs.ListNeeds().load({"state": "raised", "limit": 1})
    found = views.needs.list_needs(docs, question, WORKER)
    assert ([need["id"] for need in found["items"]], found["next"]) == (["N1"], None)


def test_what_resembles_a_residents_need_is_told_of_listed_ones_alone() -> None:
    docs = stage(RAISED)
    assert (
        needs.raise_need(docs, COMMANDS["raise_need"], STRANGER).data["similar"] == []
    )
    assert [
        each["need"]
        for each in needs.raise_need(docs, COMMANDS["raise_need"], WORKER).data[
            "similar"
        ]
    ] == ["N1"]


def test_my_needs_are_mine_and_those_i_raised_where_i_still_work() -> None:
    docs = stage(example_of(examples, "need_raised.v1", by="P6", beneficiary="P9"))
    mine = schemas.needs.MyNeeds().load({})
    for who, seen in (
        (asked(("resident", "*"), id="P9"), ["N1"]),
        (WORKER, ["N1"]),
        (asked(("resident", "*"), ("community_worker", "510108016001"), id="P6"), []),
    ):
        assert [
            need["id"] for need in views.needs.my_needs(docs, mine, who)["items"]
        ] == seen
