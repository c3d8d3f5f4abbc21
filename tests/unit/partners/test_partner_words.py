"""What an applicant writes: notes, released by the street that approves, and otherwise by nobody."""

import json

import pytest

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from services.partners import views
from services.partners.rules import applications, standing
from tests.examples import partners as examples
from tests.given import asked, example_of, refused
from tests.unit.partners.stage import (
    APPLICANT,
    APPLIED,
    APPROVED,
    COMMANDS,
    ERASED,
    MANAGER,
    REAPPLIED,
    REJECTED,
    STRANGER,
    STREET,
    SUSPENDED,
    WITHDRAWN,
    after,
    follow,
    of_residents,
    reading,
)

NOTES = ("N1.name", "N1.contact_role")
WRITTEN = ("青禾社区书店", "青禾亲子书店", "店长")


def event(fact: Fact) -> str:
    return json.dumps(fact.data, ensure_ascii=False)


def shown(who: Asked, *facts: Fact) -> Json:
    return views.get_partner(after(*facts), {"partner": "N1"}, reading(who))


@pytest.mark.parametrize(
    "fact",
    [
        applications.apply(after(), COMMANDS["apply"], APPLICANT),
        applications.reapply(after(APPLIED, REJECTED), COMMANDS["reapply"], APPLICANT),
        applications.update_profile(
            after(APPLIED), COMMANDS["update_profile"], APPLICANT
        ),
        applications.reject(after(APPLIED), COMMANDS["reject"], STREET),
        standing.withdraw(after(APPLIED), COMMANDS["withdraw"], APPLICANT),
    ],
    ids=lambda fact: fact.type,
)
def test_i8_no_event_before_the_approval_says_what_the_applicant_wrote(
    fact: Fact,
) -> None:
    assert not any(words in event(fact) for words in WRITTEN)


def test_i8_no_document_holds_it_either() -> None:
    docs = json.dumps(
        [*after(APPLIED, REJECTED, REAPPLIED).changed.values()], ensure_ascii=False
    )
    assert not any(words in docs for words in WRITTEN)


def test_the_street_releases_what_it_has_read() -> None:
    fact = applications.approve(after(APPLIED), COMMANDS["approve"], STREET)
    assert (fact.data["name"], fact.data["contact_role"]) == ("青禾社区书店", "店长")
    assert after(APPLIED, fact).the("partners", "N1")["name"] == "青禾社区书店"


def test_what_is_not_there_any_more_cannot_be_released() -> None:
    with refused("words_erased", says="请申请人重新申请"):
        applications.approve(
            after(APPLIED), COMMANDS["approve"], reading(STREET, lambda id: "")
        )


@pytest.mark.parametrize("version", ["partner_applied.v1", "partner_applied.v2"])
def test_one_that_applied_before_words_were_notes_is_approved_with_the_words_it_has(
    version: str,
) -> None:
    fact = applications.approve(
        after(example_of(examples, version)), COMMANDS["approve"], STREET
    )
    assert fact.data == examples.EVENTS["partner_approved.v2"]


@pytest.mark.parametrize(
    "facts", [(APPLIED, REJECTED), (APPLIED, REJECTED, REAPPLIED, REJECTED)]
)
def test_who_was_rejected_deletes_what_was_written(facts: tuple[Fact, ...]) -> None:
    fact = applications.erase_words(after(*facts), COMMANDS["erase_words"], APPLICANT)
    assert (fact.type, fact.data, fact.erases) == (
        "partner_words_erased.v1",
        {"partner": "N1"},
        NOTES,
    )
    assert "notes" not in after(*facts, fact).the("partners", "N1")


def test_who_applies_again_or_anew_leaves_nothing_of_the_first_words() -> None:
    later = asked(("resident", "*"), new_id="N2")
    assert (
        applications.reapply(
            after(APPLIED, REJECTED), COMMANDS["reapply"], later
        ).erases
        == NOTES
    )
    assert (
        applications.update_profile(
            after(APPLIED), COMMANDS["update_profile"], later
        ).erases
        == NOTES
    )
    assert (
        applications.reapply(
            after(APPLIED, REJECTED, ERASED), COMMANDS["reapply"], later
        ).erases
        == ()
    )


def test_an_application_that_is_withdrawn_takes_its_words_along() -> None:
    fact = standing.withdraw(after(APPLIED), COMMANDS["withdraw"], APPLICANT)
    assert fact.erases == NOTES
    assert "name" not in shown(APPLICANT, APPLIED, fact)


@pytest.mark.parametrize("who", [APPLICANT, STREET])
@pytest.mark.parametrize("facts", [(APPLIED,), (APPLIED, REJECTED)])
def test_who_applied_and_who_decides_read_it(
    who: Asked, facts: tuple[Fact, ...]
) -> None:
    partner = shown(who, *facts)
    assert (partner["name"], partner["contact_role"]) == ("青禾社区书店", "店长")
    assert "notes" not in partner
    [listed] = views.list_partners(
        after(*facts), {"limit": 9, "after": None}, reading(who)
    )["items"]
    assert listed == {**partner, "similar": []}


def test_who_applied_is_shown_the_reason_and_others_neither_that_nor_who_applied() -> (
    None
):
    facts = (APPLIED, REJECTED, REAPPLIED, APPROVED, SUSPENDED)
    for who in (APPLICANT, MANAGER, STREET):
        assert [told.get("reason") for told in shown(who, *facts)["decisions"]] == [
            examples.REASON, None, COMMANDS["suspend"]["reason"],
        ]  # fmt: skip
    others = shown(STRANGER, *facts)
    assert [told["state"] for told in others["decisions"]] == ["approved", "suspended"]
    assert not any("reason" in told or "by" in told for told in others["decisions"])
    assert "by" not in others


@pytest.mark.parametrize(
    "role", ["resident", "community_worker", "unit_liaison", "district_analyst"]
)
def test_what_is_not_approved_is_in_nobodys_list_but_theirs(role: str) -> None:
    other = example_of(
        examples,
        "partner_applied.v3",
        partner="N2",
        kind="社会组织",
        credit_code="52510108MJX0000184",
        by="P7",
    )
    docs = follow(after(APPLIED, APPROVED), other)
    who = reading(asked((role, "510108"), id="P8"))
    for question in (
        {},
        {"state": ["applied"]},
        {"division": "510108"},
        {"category": "亲子教育"},
    ):
        found = views.list_partners(docs, {"limit": 9, "after": None, **question}, who)[
            "items"
        ]
        assert "N2" not in [partner["id"] for partner in found]
    own = views.list_partners(
        docs, {"limit": 9, "after": None}, reading(asked((role, "510108"), id="P7"))
    )["items"]
    assert [partner["id"] for partner in own] == ["N1", "N2"]


def test_hidden_partners_leave_no_trace_in_the_pages_of_others() -> None:
    docs: Overlay = after()
    for n in range(9):
        follow(docs, of_residents(f"N{n}"))
    who = reading(asked(("resident", "510108"), id="P8"))
    assert views.list_partners(docs, {"limit": 2, "after": None}, who) == {
        "items": [],
        "next": None,
    }


@pytest.mark.parametrize("scope", ["*", "510108", "510108015"])
def test_who_decides_finds_what_waits_with_and_without_a_place(scope: str) -> None:
    who = reading(asked(("street_admin", scope), id="P4"))
    for question in (
        {},
        {"division": "510108"},
        {"division": "510108015"},
        {"division": "510108015001"},
    ):
        found = views.list_partners(
            after(APPLIED), {"limit": 9, "after": None, **question}, who
        )["items"]
        assert [partner["id"] for partner in found] == ["N1"], question
    elsewhere = {"limit": 9, "after": None, "division": "510108016"}
    assert views.list_partners(after(APPLIED), elsewhere, who)["items"] == []


WITH_ALL = (APPLIED, REJECTED, REAPPLIED, APPROVED, SUSPENDED, WITHDRAWN)


def test_one_that_was_approved_stays_known_when_it_has_withdrawn() -> None:
    assert shown(STRANGER, *WITH_ALL)["name"] == "青禾社区书店"
