"""A partner's life: every step from where it may be taken, and refused by its name from everywhere else."""

import marshmallow as ma
import pytest

from schemas import fields
from schemas.documents import Json
from schemas.partners import partners as schemas
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.partners import views
from services.partners.model.lifecycles import ACTIVE, PARTNER
from services.partners.rules import alliance, applications, standing
from services.partners.service import Partners
from tests.examples import partners as examples
from tests.given import refused
from tests.unit.partners.stage import (
    APPLICANT,
    APPLIED,
    APPROVED,
    BOTH,
    COMMANDS,
    DISTRICT,
    JOINED,
    MANAGER,
    REAPPLIED,
    REINSTATED,
    REJECTED,
    STREET,
    SUSPENDED,
    UPDATED,
    WITHDRAWN,
    after,
)
from tests.walk import Walk

DISMISSES = {**COMMANDS["decide_partner_appeal"], "upheld": False}
WALK = Walk(
    Partners,
    PARTNER,
    "partners",
    "N1",
    begin=lambda: after(APPLIED),
    take={
        "approve": lambda docs: applications.approve(docs, COMMANDS["approve"], STREET),
        "reject": lambda docs: applications.reject(docs, COMMANDS["reject"], STREET),
        "reapply": lambda docs: applications.reapply(docs, COMMANDS["reapply"], BOTH),
        "suspend": lambda docs: standing.suspend(docs, COMMANDS["suspend"], STREET),
        "reinstate": lambda docs: standing.reinstate(
            docs, COMMANDS["reinstate"], STREET
        ),
        "withdraw": lambda docs: standing.withdraw(docs, COMMANDS["withdraw"], BOTH),
        "appeal": lambda docs: applications.appeal(
            docs, COMMANDS["appeal_partner"], BOTH
        ),
        "uphold_appeal": lambda docs: applications.decide_appeal(
            docs, COMMANDS["decide_partner_appeal"], DISTRICT
        ),
        "dismiss_appeal": lambda docs: applications.decide_appeal(
            docs, DISMISSES, DISTRICT
        ),
        "unapprove": lambda docs: standing.withdraw_approval(
            docs, COMMANDS["withdraw_partner_approval"], STREET
        ),
        "erase_words": lambda docs: applications.erase_words(
            docs, COMMANDS["erase_words"], BOTH
        ),
        "update_profile": lambda docs: applications.update_profile(
            docs, COMMANDS["update_profile"], BOTH
        ),
        "join_alliance": lambda docs: alliance.join(
            docs, COMMANDS["join_alliance"], BOTH
        ),
    },
)


def test_every_step_is_taken_where_it_may_be_and_refused_where_not() -> None:
    WALK.try_everything()


def test_the_states_are_those_of_the_schema() -> None:
    assert tuple(PARTNER.texts) == schemas.STATES


def test_a_reinstated_partner_may_do_all_an_approved_one_may() -> None:
    assert ACTIVE == ("approved", "reinstated")
    assert all(
        ("approved" in step.before) == ("reinstated" in step.before)
        for step in PARTNER.steps.values()
    )


def test_a_refused_step_says_what_the_state_is_and_what_it_should_be() -> None:
    with refused(
        "cannot_approve",
        says="“青禾社区书店”现在是“已通过”，不能“通过申请”；只有“待审核”时可以",
    ):
        applications.approve(after(APPLIED, APPROVED), COMMANDS["approve"], STREET)


@pytest.mark.parametrize(
    ("who", "facts"),
    [(APPLICANT, (APPLIED,)), (MANAGER, (APPLIED, APPROVED)), (STREET, (APPLIED,))],
)
def test_applicant_manager_and_street_withdraw_a_partner(
    who: Asked, facts: tuple[Fact, ...]
) -> None:
    fact = standing.withdraw(after(*facts), COMMANDS["withdraw"], who)
    assert (fact.type, fact.data) == (
        "partner_withdrawn.v1",
        {**COMMANDS["withdraw"], "by": who.actor.id},
    )


def test_a_suspension_says_why_and_who_decided() -> None:
    fact = standing.suspend(after(APPLIED, APPROVED), COMMANDS["suspend"], STREET)
    assert fact.data == examples.EVENTS["partner_suspended.v1"]


@pytest.mark.parametrize(
    ("schema", "said", "path", "code"),
    [
        (schemas.Suspend, {"partner": "N1"}, "reason", "missing_field"),
        (schemas.Suspend, {"partner": "N1", "reason": " "}, "reason", "empty_text"),
        (
            schemas.Suspend,
            {"partner": "N1", "reason": "长" * 201},
            "reason",
            "too_long",
        ),
        (schemas.Withdraw, {"partner": "N1"}, "reason", "missing_field"),
        (
            schemas.Withdraw,
            {"partner": "N1", "reason": "家里的事"},
            "reason",
            "not_allowed",
        ),
        (
            schemas.OfPartner,
            {"partner": "N1", "reason": "好"},
            "reason",
            "unknown_field",
        ),
    ],
)
def test_a_reason_is_asked_for_where_there_must_be_one(
    schema: type[fields.Schema], said: Json, path: str, code: str
) -> None:
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(said)
    assert [
        (told["path"], told["code"]) for told in fields.complaints(caught.value)
    ] == [(path, code)]


@pytest.mark.parametrize(
    "facts",
    [
        (APPLIED,),
        (APPLIED, REJECTED, REAPPLIED, APPROVED, UPDATED, JOINED),
        (APPLIED, REJECTED),
        (APPLIED, APPROVED, SUSPENDED, REINSTATED, JOINED, WITHDRAWN),
    ],
)
def test_the_document_is_a_partner(facts: tuple[Fact, ...]) -> None:
    shown = views.get_partner(after(*facts), {"partner": "N1"}, STREET)
    assert schemas.Partner().validate(shown) == {}
    assert (shown["name"], shown["contact_role"]) == ("青禾社区书店", "店长")
