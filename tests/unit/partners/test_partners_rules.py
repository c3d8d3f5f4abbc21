"""Partners: given what happened, when one asks, then an event or a refusal."""

import marshmallow as ma
import pytest

import schemas.partners as schemas
from schemas import fields
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from services.partners import rules, views
from services.partners.service import Partners
from tests.examples import Example
from tests.examples import partners as examples
from tests.examples.fit import assert_examples_fit
from tests.given import DIVISIONS, asked, example_of, given, given_from, refused

APPLICANT = asked(("resident", "*"))
MANAGER = asked(("partner_manager", "partner/N1"), id="P2")
STRANGER = asked(("partner_manager", "partner/N2"), id="P3")
STREET = asked(("street_admin", "510108015"), id="P4")
OTHER_STREET = asked(("street_admin", "510108016"), id="P5")
COMMANDS = examples.COMMANDS

APPLIED = example_of(examples, "partner_applied.v1")
APPROVED = example_of(examples, "partner_approved.v1")
REJECTED = example_of(examples, "partner_rejected.v1")
REAPPLIED = example_of(examples, "partner_reapplied.v1")
UPDATED = example_of(examples, "partner_profile_updated.v1")


def after(*facts: Fact) -> Overlay:
    return given_from(given(Partners, *facts), Partners, "branches", *DIVISIONS)


def complaint(payload: Example) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        schemas.Apply().load(payload)
    told = fields.complaints(caught.value)[0]
    return told["path"], told["code"]


def test_the_examples_fit() -> None:
    assert_examples_fit(Partners, schemas, examples)


def test_an_application_is_recorded_with_who_made_it() -> None:
    fact = rules.apply(after(), COMMANDS["apply"], APPLICANT)
    assert (fact.type, fact.stream) == ("partner_applied.v1", "partner/N1")
    assert fact.data == examples.EVENTS["partner_applied.v1"]


def test_a_community_nobody_recorded_is_refused() -> None:
    with refused("unknown_division"):
        rules.apply(after(), {**COMMANDS["apply"], "community": "510108015099"}, APPLICANT)


def test_a_second_partner_with_the_same_code_is_refused_and_the_first_named() -> None:
    with refused("duplicate_credit_code", says="已有同代码单位: 青禾社区书店"):
        rules.apply(after(APPLIED), COMMANDS["apply"], APPLICANT)


def test_a_rejected_application_lets_its_code_go() -> None:
    fact = rules.apply(after(APPLIED, REJECTED), COMMANDS["apply"], APPLICANT)
    assert fact.type == "partner_applied.v1"


def test_a_code_taken_meanwhile_cannot_be_applied_with_again() -> None:
    other = example_of(examples, "partner_applied.v1", partner="N2", by="P3")
    with refused("duplicate_credit_code"):
        rules.reapply(after(APPLIED, REJECTED, other), COMMANDS["reapply"], APPLICANT)


def test_residents_who_organise_need_no_code() -> None:
    payload = {name: value for name, value in COMMANDS["apply"].items() if name != "credit_code"}
    loaded = schemas.Apply().load({**payload, "kind": "居民骨干"})
    docs = after(Fact("partner_applied.v1", "partner/N9", {**loaded, "partner": "N9", "by": "P9"}))
    assert rules.apply(docs, loaded, APPLICANT).type == "partner_applied.v1"
    assert docs.the("partners", "N9")["code_doubtful"] is False


def test_residents_who_organise_must_give_no_code() -> None:
    assert complaint({**COMMANDS["apply"], "kind": "居民骨干"}) == ("credit_code", "credit_code_not_expected")


@pytest.mark.parametrize("kind", [kind for kind in schemas.KINDS if kind != "居民骨干"])
def test_everybody_else_must_give_one(kind: str) -> None:
    payload = {name: value for name, value in COMMANDS["apply"].items() if name != "credit_code"}
    assert complaint({**payload, "kind": kind}) == ("credit_code", "missing_field")


def test_a_street_is_no_community() -> None:
    assert complaint({**COMMANDS["apply"], "community": "510108015"}) == ("community", "bad_division")


def test_the_street_approves() -> None:
    assert rules.approve(after(APPLIED), COMMANDS["approve"], STREET).data == {"partner": "N1"}


def test_the_district_approves_too() -> None:
    district = asked(("district_admin", "510108"))
    assert rules.approve(after(APPLIED), COMMANDS["approve"], district).type == "partner_approved.v1"


def test_the_street_rejects_with_a_reason() -> None:
    assert rules.reject(after(APPLIED), COMMANDS["reject"], STREET).data == COMMANDS["reject"]


@pytest.mark.parametrize("decide", ["approve", "reject"])
def test_another_street_decides_nothing(decide: str) -> None:
    with refused("out_of_scope", Forbidden):
        getattr(rules, decide)(after(APPLIED), COMMANDS[decide], OTHER_STREET)


@pytest.mark.parametrize("decide", ["approve", "reject"])
@pytest.mark.parametrize(("decided", "code"), [(APPROVED, "already_approved"), (REJECTED, "already_rejected")])
def test_what_is_decided_is_not_decided_again(decide: str, decided: Fact, code: str) -> None:
    with refused(code):
        getattr(rules, decide)(after(APPLIED, decided), COMMANDS[decide], STREET)


@pytest.mark.parametrize("name", ["approve", "reject", "reapply", "update_profile"])
def test_a_partner_nobody_knows_is_named(name: str) -> None:
    with refused("not_found", Unknown, says="没有编号为 N1 的社区合伙人"):
        getattr(rules, name)(after(), COMMANDS[name], STREET)


def test_the_applicant_applies_again_in_the_same_community() -> None:
    fact = rules.reapply(after(APPLIED, REJECTED), COMMANDS["reapply"], APPLICANT)
    assert fact.data == examples.EVENTS["partner_reapplied.v1"]


@pytest.mark.parametrize("facts", [(APPLIED,), (APPLIED, APPROVED), (APPLIED, REJECTED, REAPPLIED)])
def test_only_a_rejected_application_is_made_again(facts: tuple[Fact, ...]) -> None:
    with refused("not_rejected"):
        rules.reapply(after(*facts), COMMANDS["reapply"], APPLICANT)


@pytest.mark.parametrize("who", [APPLICANT, MANAGER, STREET])
def test_applicant_manager_and_street_keep_the_profile(who: Asked) -> None:
    fact = rules.update_profile(after(APPLIED, APPROVED), COMMANDS["update_profile"], who)
    assert fact.data == COMMANDS["update_profile"]


@pytest.mark.parametrize("who", [STRANGER, OTHER_STREET])
@pytest.mark.parametrize("name", ["reapply", "update_profile"])
def test_a_stranger_touches_neither_application_nor_profile(who: Asked, name: str) -> None:
    with refused("not_your_partner", Forbidden):
        getattr(rules, name)(after(APPLIED, REJECTED), COMMANDS[name], who)


def test_a_rejected_partner_applies_again_instead_of_changing_its_profile() -> None:
    with refused("rejected"):
        rules.update_profile(after(APPLIED, REJECTED), COMMANDS["update_profile"], APPLICANT)


def test_every_decision_stays_on_the_profile() -> None:
    partner = after(APPLIED, REJECTED, REAPPLIED, APPROVED).the("partners", "N1")
    assert [told["state"] for told in partner["decisions"]] == ["rejected", "approved"]
    assert partner["decisions"][0]["reason"] == examples.REASON
    assert (partner["state"], partner["state_text"], partner["name"]) == ("approved", "已通过", "青禾亲子书店")


def test_the_decisions_shown_do_not_grow_without_end() -> None:
    partner = after(APPLIED, *[REJECTED, REAPPLIED] * 30).the("partners", "N1")
    assert len(partner["decisions"]) == schemas.MOST_TOLD


def test_hours_left_out_are_taken_back() -> None:
    update = {name: value for name, value in COMMANDS["update_profile"].items() if name != "hours"}
    partner = after(APPLIED, Fact("partner_profile_updated.v1", "partner/N1", update)).the("partners", "N1")
    assert "hours" not in partner
    assert partner["credit_code"] == examples.APPLICATION["credit_code"]


def test_the_document_is_a_partner() -> None:
    partner = after(APPLIED, REJECTED, REAPPLIED, APPROVED, UPDATED).the("partners", "N1")
    assert schemas.Partner().validate(partner) == {}


def test_partners_are_listed_by_place_and_state() -> None:
    other = {"partner": "N2", "community": "510108016001", "credit_code": "52510108MJX0000184"}
    docs = after(APPLIED, APPROVED, example_of(examples, "partner_applied.v1", **other))

    def listed(**question: str) -> list[str]:
        found = views.list_partners(docs, schemas.ListPartners().load(question), STREET)
        return [partner["id"] for partner in found["items"]]

    assert listed() == ["N1", "N2"]
    assert listed(state="applied") == ["N2"]
    assert listed(division="510108015") == ["N1"]
    assert listed(division="510108016001", state="approved") == []
