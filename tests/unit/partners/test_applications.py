"""Partners: given what happened, when one applies or decides, then an event or a refusal."""

from collections.abc import Callable

import marshmallow as ma
import pytest

from schemas import fields
from schemas import partners as package
from schemas.documents import Json
from schemas.partners import partners as schemas
from schemas.partners.profile import KINDS
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from services.partners.rules import alliance, applications, standing
from services.partners.service import Partners
from tests.examples import partners as examples
from tests.examples.fit import assert_examples_fit
from tests.given import asked, example_of, refused
from tests.unit.partners.stage import (
    APPLICANT,
    APPLIED,
    APPROVED,
    COMMANDS,
    DISTRICT,
    MANAGER,
    OTHER_STREET,
    REAPPLIED,
    REJECTED,
    STRANGER,
    STREET,
    SUSPENDED,
    WITHDRAWN,
    after,
    follow,
)

Rule = Callable[[Overlay, Json, Asked], Fact]
OF_THE_STREET: dict[str, Rule] = {
    "approve": applications.approve,
    "reject": applications.reject,
    "suspend": standing.suspend,
    "reinstate": standing.reinstate,
}
OF_THE_PARTNER: dict[str, Rule] = {
    "reapply": applications.reapply,
    "update_profile": applications.update_profile,
    "withdraw": standing.withdraw,
    "join_alliance": alliance.join,
    "leave_alliance": alliance.leave,
}


def complaint(payload: Json) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        schemas.Apply().load(payload)
    told = fields.complaints(caught.value)[0]
    return told["path"], told["code"]


def test_the_examples_fit() -> None:
    assert_examples_fit(Partners, package, examples)


def test_an_application_is_recorded_with_who_made_it() -> None:
    fact = applications.apply(after(), COMMANDS["apply"], APPLICANT)
    assert (fact.type, fact.stream) == ("partner_applied.v3", "partner/N1")
    assert fact.data == examples.EVENTS["partner_applied.v3"]
    assert fact.notes == {"N1.name": "青禾社区书店", "N1.contact_role": "店长"}


def test_a_community_nobody_recorded_is_refused() -> None:
    with refused("unknown_division"):
        applications.apply(
            after(), {**COMMANDS["apply"], "community": "510108015099"}, APPLICANT
        )


def test_a_second_partner_with_the_same_code_is_refused_and_the_first_named() -> None:
    with refused("duplicate_credit_code", says="已有同代码单位: 青禾社区书店"):
        applications.apply(after(APPLIED, APPROVED), COMMANDS["apply"], APPLICANT)


def test_who_knows_of_one_that_waits_is_told_and_a_stranger_keeps_nobody_out() -> None:
    for who in (APPLICANT, STREET):
        with refused(
            "duplicate_credit_code", says="已用这个代码申请过，正在等街道审核"
        ):
            applications.apply(after(APPLIED), COMMANDS["apply"], who)
    other = asked(("resident", "*"), id="P7", new_id="N2")
    assert (
        applications.apply(after(APPLIED), COMMANDS["apply"], other).stream
        == "partner/N2"
    )
    assert (
        applications.apply(after(APPLIED, REJECTED), COMMANDS["apply"], other).data[
            "similar"
        ]
        == []
    )


def test_of_two_with_one_code_the_street_approves_one() -> None:
    docs = after(
        APPLIED,
        example_of(examples, "partner_applied.v3", partner="N2", by="P7"),
        APPROVED,
    )
    with refused("duplicate_credit_code", says="已有同代码单位: 青禾社区书店"):
        applications.approve(docs, {"partner": "N2"}, STREET)
    assert applications.approve(follow(docs, WITHDRAWN), {"partner": "N2"}, STREET)


def test_a_suspended_partner_holds_its_code() -> None:
    with refused("duplicate_credit_code"):
        applications.apply(
            after(APPLIED, APPROVED, SUSPENDED), COMMANDS["apply"], APPLICANT
        )


@pytest.mark.parametrize(
    "facts", [(APPLIED, REJECTED), (APPLIED, WITHDRAWN), (APPLIED, APPROVED, WITHDRAWN)]
)
def test_who_is_rejected_or_withdrew_lets_its_code_go_and_may_apply_anew(
    facts: tuple[Fact, ...],
) -> None:
    again = asked(("resident", "*"), new_id="N2")
    fact = applications.apply(after(*facts), COMMANDS["apply"], again)
    assert (fact.type, fact.stream) == ("partner_applied.v3", "partner/N2")
    assert fact.data["similar"] == (["N1"] if APPROVED in facts else [])


def test_a_code_taken_meanwhile_cannot_be_applied_with_again() -> None:
    other = example_of(examples, "partner_applied.v3", partner="N2", by="P3")
    approved = example_of(examples, "partner_approved.v2", partner="N2")
    with refused("duplicate_credit_code"):
        applications.reapply(
            after(APPLIED, REJECTED, other, approved), COMMANDS["reapply"], APPLICANT
        )


def test_residents_who_organise_need_no_code() -> None:
    payload = {
        name: value
        for name, value in COMMANDS["apply"].items()
        if name != "credit_code"
    }
    loaded = schemas.Apply().load({**payload, "kind": "居民骨干"})
    first = applications.apply(after(), loaded, asked(("resident", "*"), new_id="N9"))
    docs = after(first)
    assert applications.apply(docs, loaded, APPLICANT).type == "partner_applied.v3"
    assert docs.the("partners", "N9")["code_doubtful"] is False


def test_residents_who_organise_must_give_no_code() -> None:
    assert complaint({**COMMANDS["apply"], "kind": "居民骨干"}) == (
        "credit_code",
        "credit_code_not_expected",
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "居民骨干"])
def test_everybody_else_must_give_one(kind: str) -> None:
    payload = {
        name: value
        for name, value in COMMANDS["apply"].items()
        if name != "credit_code"
    }
    assert complaint({**payload, "kind": kind}) == ("credit_code", "missing_field")
    assert schemas.Apply().load({**COMMANDS["apply"], "kind": kind})["kind"] == kind


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"community": "510108015"}, "community", "bad_division"),
        ({"kind": "企业"}, "kind", "not_allowed"),
        ({"categories": ["亲子教育"] * 10}, "categories", "list_length"),
        ({"similar": []}, "similar", "unknown_field"),
        ({"state": "approved"}, "state", "unknown_field"),
    ],
)
def test_an_application_that_cannot_be_is_named_by_its_path(
    changes: Json, path: str, code: str
) -> None:
    assert complaint({**COMMANDS["apply"], **changes}) == (path, code)


def test_the_street_approves() -> None:
    fact = applications.approve(after(APPLIED), COMMANDS["approve"], STREET)
    assert (fact.type, fact.data) == (
        "partner_approved.v2",
        examples.EVENTS["partner_approved.v2"],
    )


def test_the_district_approves_too() -> None:
    assert (
        applications.approve(after(APPLIED), COMMANDS["approve"], DISTRICT).type
        == "partner_approved.v2"
    )


def test_the_street_rejects_with_a_reason() -> None:
    fact = applications.reject(after(APPLIED), COMMANDS["reject"], STREET)
    assert fact.data == examples.EVENTS["partner_rejected.v1"]


@pytest.mark.parametrize("name", OF_THE_STREET)
@pytest.mark.parametrize("who", [OTHER_STREET, APPLICANT, MANAGER])
def test_nobody_but_its_street_decides_on_a_partner(name: str, who: Asked) -> None:
    with refused("out_of_scope", Forbidden):
        OF_THE_STREET[name](after(APPLIED, APPROVED), COMMANDS[name], who)


@pytest.mark.parametrize("name", OF_THE_PARTNER)
@pytest.mark.parametrize("who", [STRANGER, OTHER_STREET])
def test_a_stranger_does_nothing_in_a_partners_name(name: str, who: Asked) -> None:
    with refused("not_your_partner", Forbidden):
        OF_THE_PARTNER[name](after(APPLIED, APPROVED), COMMANDS[name], who)


@pytest.mark.parametrize("name", [*OF_THE_STREET, *OF_THE_PARTNER])
def test_a_partner_nobody_knows_is_named(name: str) -> None:
    with refused("not_found", Unknown, says="没有这个社区合伙人"):
        (OF_THE_STREET | OF_THE_PARTNER)[name](after(), COMMANDS[name], STREET)


def test_the_applicant_applies_again_in_the_same_community() -> None:
    fact = applications.reapply(
        after(APPLIED, REJECTED), COMMANDS["reapply"], APPLICANT
    )
    assert fact.data == {**examples.EVENTS["partner_reapplied.v3"], "similar": []}
    assert fact.notes == {"N1.name": "青禾亲子书店", "N1.contact_role": "店长"}


@pytest.mark.parametrize("who", [MANAGER, STREET])
def test_manager_and_street_keep_the_profile(who: Asked) -> None:
    fact = applications.update_profile(
        after(APPLIED, APPROVED), COMMANDS["update_profile"], who
    )
    assert (fact.type, fact.data) == (
        "partner_profile_updated.v2",
        COMMANDS["update_profile"],
    )


def test_every_decision_stays_on_the_profile_with_who_decided() -> None:
    partner = after(APPLIED, REJECTED, REAPPLIED, APPROVED, SUSPENDED).the(
        "partners", "N1"
    )
    assert [told["state"] for told in partner["decisions"]] == [
        "rejected",
        "approved",
        "suspended",
    ]
    assert partner["decisions"][0]["reason"] == examples.REASON
    assert partner["decisions"][2] == {
        "state": "suspended",
        "at": "2026-06-01T01:00:00.000Z",
        "by": "P4",
        "reason": COMMANDS["suspend"]["reason"],
    }
    assert (partner["state"], partner["state_text"], partner["name"]) == (
        "suspended",
        "已暂停",
        "青禾社区书店",
    )


def test_the_decisions_shown_do_not_grow_without_end() -> None:
    partner = after(APPLIED, *[REJECTED, REAPPLIED] * 30).the("partners", "N1")
    assert len(partner["decisions"]) == schemas.MOST_TOLD


def test_hours_left_out_are_taken_back() -> None:
    update = {
        name: value
        for name, value in COMMANDS["update_profile"].items()
        if name != "hours"
    }
    partner = after(
        APPLIED, Fact("partner_profile_updated.v2", "partner/N1", update)
    ).the("partners", "N1")
    assert not {"hours", "hours_text"} & partner.keys()
    assert partner["credit_code"] == examples.APPLICATION["credit_code"]
