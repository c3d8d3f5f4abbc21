"""Every step of every life cycle of cobuild, taken or refused in every state."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.cobuild.model import lifecycles
from services.cobuild.rules import (
    closing,
    commitments,
    meetings,
    needs,
    offerings,
    standing,
    suggestions,
    talks,
    units,
)
from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, given_from
from tests.unit.cobuild.stage import (
    LIAISON,
    RAISED,
    REGISTERED,
    RESIDENT,
    STREET,
    UNIT,
    VERIFIED,
    WORKER,
    stage,
)
from tests.walk import Walk

REGISTRAR = asked(("unit_liaison", "unit/U1"), id="P1")
OTHER_ADMIN = asked(("street_admin", "510108015"), id="P14")
AFTERWARDS = asked(("street_admin", "510108015"), id="P4", now=NOW + timedelta(days=9))

Take = Callable[[Overlay], Fact | None]


def on(
    rule: Callable[[Overlay, Any, Asked], Fact | None],
    command: str,
    who: Asked,
    **changes: Any,
) -> Take:
    """The rule asked for the example of its command; a change to None leaves the field out."""
    said = {**examples.COMMANDS[command], **changes}
    payload = {name: value for name, value in said.items() if value is not None}
    return lambda docs: rule(docs, payload, who)


def told(rule: Callable[[Overlay, Event, Asked], Fact | None]) -> Take:
    """The rule's reaction to news of the partner Q1."""
    news = Event(
        1,
        "E1",
        "partner_suspended.v1",
        "partner/Q1",
        "2026-06-01T01:00:00.000Z",
        {"partner": "Q1"},
        "",
    )
    return lambda docs: rule(docs, news, asked())


def used_up(docs: Overlay) -> Fact | None:
    """Two bookings are all there is this week; then time notices."""
    for activity in ("A1", "A2"):
        saturday = {"period": "2026-W23", "occurrence": "2026-06-06T01:00:00.000Z"}
        booked = Fact(
            "offering_reserved.v1",
            "offering/F1",
            {"offering": "F1", "activity": activity, **saturday},
        )
        given_from(docs, Cobuild, "cobuild", booked)
    return review(docs, NOW)


def review(docs: Overlay, now: datetime) -> Fact | None:
    offering = docs.the("offerings", "F1")
    watched = docs.the("watches", "F1")["state"] == "watched"
    return (
        offerings.review_offering(docs, offering, asked(now=now)) if watched else None
    )


def lapsed(docs: Overlay) -> Fact | None:
    commitment = docs.get("commitments", "C1")
    return commitments.lapse(docs, commitment, WORKER) if commitment else None


def close(docs: Overlay) -> Fact | None:
    return closing.close_confirmed(docs, docs.the("needs", "N1"), WORKER)


OF_COMMITMENT: dict[str, Take] = {
    "decline": on(commitments.decline_commitment, "decline_commitment", LIAISON),
    "give_up": on(commitments.give_up_commitment, "give_up_commitment", LIAISON),
    "lapse": lapsed,
    "fulfil": on(commitments.fulfil_commitment, "fulfil_commitment", LIAISON),
    "confirm": on(closing.confirm_need, "confirm_need", RESIDENT, score=None),
    "dispute": on(closing.dispute_need, "dispute_need", RESIDENT),
    "send_back": on(closing.send_back_need, "send_back_need", WORKER),
    "settle": on(closing.settle_need, "settle_need", WORKER),
    "withdraw": on(needs.withdraw_need, "withdraw_need", RESIDENT),
}
DISPATCHED = (RAISED, VERIFIED, example_of(examples, "need_dispatched.v1"))

WALKS = (
    Walk(
        Cobuild,
        lifecycles.UNIT,
        "units",
        "U1",
        lambda: stage(REGISTERED),
        {
            "approve": on(units.approve_unit, "approve_unit", STREET),
            "reject": on(units.reject_unit, "reject_unit", STREET),
            "appeal": on(units.appeal_unit, "appeal_unit", REGISTRAR),
            "uphold_appeal": on(units.decide_appeal, "decide_unit_appeal", OTHER_ADMIN),
            "dismiss_appeal": on(
                units.decide_appeal, "decide_unit_appeal", OTHER_ADMIN, upheld=False
            ),
            "unapprove": on(
                standing.withdraw_approval, "withdraw_unit_approval", STREET
            ),
            "suspend": on(standing.suspend, "suspend_unit", STREET),
            "reinstate": on(standing.reinstate, "reinstate_unit", STREET),
            "end": on(standing.end, "end_unit", STREET),
            "update": on(units.update_unit, "update_unit", LIAISON),
            "halt": told(units.halt),
            "free": told(units.free),
        },
        {
            ("registered", "free"): ("halt",),
            ("approved", "free"): ("approve", "halt"),
            ("suspended", "free"): ("approve", "suspend", "halt"),
        },
    ),
    Walk(
        Cobuild,
        lifecycles.OFFERING,
        "offerings",
        "F1",
        lambda: stage(*UNIT, example_of(examples, "offering_published.v2")),
        {
            "revise": on(offerings.revise_offering, "revise_offering", LIAISON),
            "pause": on(offerings.pause_offering, "pause_offering", LIAISON),
            "resume": on(offerings.resume_offering, "resume_offering", LIAISON),
            "retire": on(offerings.retire_offering, "retire_offering", LIAISON),
            "use_up": used_up,
            "renew": lambda docs: review(docs, NOW + timedelta(days=7)),
            "expire": lambda docs: review(docs, NOW + timedelta(days=365)),
        },
        {("paused", "renew"): ("use_up",), ("paused", "pause"): ("use_up",)},
    ),
    Walk(
        Cobuild,
        lifecycles.NEED,
        "needs",
        "N1",
        lambda: stage(*UNIT, example_of(examples, "offering_published.v2"), RAISED),
        {
            **OF_COMMITMENT,
            "verify": on(needs.verify_need, "verify_need", WORKER),
            "reject": on(needs.reject_need, "reject_need", WORKER),
            "appeal": on(needs.appeal_need, "appeal_need", RESIDENT),
            "uphold_appeal": on(needs.decide_appeal, "decide_need_appeal", STREET),
            "dismiss_appeal": on(
                needs.decide_appeal, "decide_need_appeal", STREET, upheld=False
            ),
            "ask": on(needs.ask_resident, "ask_resident", WORKER),
            "answer": on(needs.answer_need, "answer_need", RESIDENT),
            "suggest": lambda docs: suggestions.suggest(
                docs, docs.the("needs", "N1"), WORKER
            ),
            "pass_up": on(suggestions.pass_up, "pass_up_need", LIAISON),
            "claim": on(
                commitments.claim_need,
                "claim_need",
                LIAISON,
                offering=None,
                starts_at=None,
            ),
            "dispatch": on(commitments.dispatch_need, "dispatch_need", WORKER),
            "rate": on(closing.rate_need, "rate_need", RESIDENT),
            "close": close,
            "reopen": on(closing.reopen_need, "reopen_need", RESIDENT),
        },
        {
            ("raised", "answer"): ("ask",),
            ("verified", "answer"): ("verify", "ask"),
            ("verified", "pass_up"): ("verify", "suggest"),
            ("claimed", "answer"): ("verify", "claim", "ask"),
            ("claimed", "decline"): ("verify", "dispatch"),
        },
    ),
    Walk(
        Cobuild,
        lifecycles.COMMITMENT,
        "commitments",
        "C1",
        lambda: stage(*UNIT, *DISPATCHED),
        {
            **OF_COMMITMENT,
            "begin": on(commitments.begin_commitment, "begin_commitment", LIAISON),
            "postpone": on(
                commitments.postpone_commitment, "postpone_commitment", LIAISON
            ),
            "talk": on(talks.say, "say_on_commitment", RESIDENT),
            "arrange": on(talks.propose_time, "propose_time", LIAISON),
        },
    ),
    Walk(
        Cobuild,
        lifecycles.MEETING,
        "meetings",
        "M1",
        lambda: stage(*UNIT, example_of(examples, "meeting_called.v1")),
        {
            "cancel": on(meetings.cancel_meeting, "cancel_meeting", STREET),
            "attend": on(meetings.record_attendance, "record_attendance", AFTERWARDS),
            "minute": on(meetings.record_minutes, "record_minutes", AFTERWARDS),
            "resolve": on(meetings.pass_resolution, "pass_resolution", AFTERWARDS),
            "conclude": on(meetings.conclude_meeting, "conclude_meeting", AFTERWARDS),
        },
        {("called", "conclude"): ("attend", "minute")},
    ),
)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.life.subject)
def test_every_step_leads_where_it_says_or_is_refused_by_its_name(walk: Walk) -> None:
    walk.try_everything()


def test_every_life_cycle_is_walked() -> None:
    assert [walk.life for walk in WALKS] == list(Cobuild.lifecycles)
