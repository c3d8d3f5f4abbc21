"""A partner's rejection appealed, its approval taken back, and whom its suspension strikes besides."""

import pytest

from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Overlay
from services.partners import views
from services.partners.rules import applications, standing
from services.partners.service import Partners
from tests.examples import activities, cobuild
from tests.examples import partners as examples
from tests.given import asked, example_of, given_from, refused
from tests.unit.partners.stage import (
    APPLICANT,
    APPLIED,
    APPROVED,
    DISTRICT,
    JOINED,
    REJECTED,
    STRANGER,
    STREET,
    after,
    follow,
    reading,
)
from tests.waiting_for import items, kinds

COMMANDS = examples.COMMANDS
APPEAL, DECIDE = COMMANDS["appeal_partner"], COMMANDS["decide_partner_appeal"]
UNAPPROVE, SUSPEND = COMMANDS["withdraw_partner_approval"], COMMANDS["suspend"]
APPEALED = example_of(examples, "partner_appealed.v1", by="P1")
UPHELD = example_of(examples, "partner_appeal_decided.v1")
CODE = {"credit_code": examples.CREDENTIALS["credit_code"], "name": "青禾书业"}
UNIT = (
    example_of(cobuild, "unit_registered.v1", **CODE),
    example_of(cobuild, "unit_approved.v1"),
)


def beside(docs: Overlay, source: str, *facts: Fact) -> Overlay:
    return given_from(docs, Partners, source, *facts)


def test_a_rejection_is_appealed_once_and_another_person_decides() -> None:
    docs = after(APPLIED, REJECTED)
    fact = applications.appeal(docs, APPEAL, APPLICANT)
    assert (fact.notes, "words" in fact.data) == ({"N1": APPEAL["words"]}, False)
    follow(docs, APPEALED)
    assert kinds(docs, Partners, STREET) == []
    (item,) = items(docs, Partners, reading(DISTRICT, lambda id: f"写在 {id}"))
    assert (item["kind"], item["words"]) == ("partner_appeal", "写在 N9")
    with refused("own_decision", Forbidden):
        applications.decide_appeal(docs, DECIDE, STREET)
    assert (
        applications.decide_appeal(docs, DECIDE, DISTRICT).type
        == "partner_appeal_decided.v1"
    )
    follow(docs, UPHELD)
    assert kinds(docs, Partners, STREET) == ["partner_to_approve"]
    with refused("already_appealed"):
        applications.appeal(follow(docs, REJECTED), APPEAL, APPLICANT)


def test_an_approval_is_taken_back_while_nothing_rests_on_it_and_hidden_again() -> None:
    docs = after(APPLIED, APPROVED)
    follow(docs, standing.withdraw_approval(docs, UNAPPROVE, STREET))
    assert (
        views.list_partners(docs, {"limit": 9, "after": None}, STRANGER)["items"] == []
    )
    assert kinds(docs, Partners, STREET) == ["partner_to_approve"]
    again = applications.approve(docs, COMMANDS["approve"], STREET)
    assert again.data["name"] == "青禾社区书店"
    assert (
        views.get_partner(follow(docs, again), {"partner": "N1"}, STRANGER)["state"]
        == "approved"
    )


def test_what_rests_on_an_approval_keeps_it() -> None:
    with refused("something_rests_on_it", says="“青禾社区书店”已加入过益·社联盟"):
        standing.withdraw_approval(after(APPLIED, APPROVED, JOINED), UNAPPROVE, STREET)
    posted = Fact(
        "activity_drafted.v2",
        "activity/1",
        {**activities.CONTENT, "host": "partner/N1"},
    )
    with refused("something_rests_on_it", says="已办过活动"):
        standing.withdraw_approval(
            beside(after(APPLIED, APPROVED), "activities", posted), UNAPPROVE, STREET
        )


def test_suspending_names_the_unit_of_the_same_code_and_asks() -> None:
    docs = beside(after(APPLIED, APPROVED), "cobuild", *UNIT)
    with refused(
        "strikes_others", says="联建单位“青禾书业”与“青禾社区书店”是同一信用代码"
    ):
        standing.suspend(docs, {**SUSPEND, "confirm": False}, STREET)
    fact = standing.suspend(docs, {**SUSPEND, "confirm": True}, STREET)
    assert fact.data == {"partner": "N1", "reason": SUSPEND["reason"], "by": "P4"}


@pytest.mark.parametrize(
    "of_the_unit",
    [
        UNIT[:1],
        (*UNIT, example_of(cobuild, "unit_ended.v1")),
        (*UNIT, example_of(cobuild, "unit_approval_withdrawn.v1")),
        (example_of(cobuild, "unit_registered.v1"), UNIT[1]),
    ],
)
def test_a_unit_that_waits_has_ended_or_has_another_code_is_not_struck(
    of_the_unit: tuple[Fact, ...],
) -> None:
    docs = beside(after(APPLIED, APPROVED), "cobuild", *of_the_unit)
    assert (
        standing.suspend(docs, {**SUSPEND, "confirm": False}, STREET).type
        == "partner_suspended.v1"
    )


def test_an_outsider_appeals_nothing() -> None:
    with pytest.raises(Exception, match="没有这个"):
        applications.appeal(
            after(APPLIED, REJECTED), APPEAL, asked(("resident", "*"), id="P77")
        )
