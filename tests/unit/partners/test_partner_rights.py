"""Who may do what with a partner: who asks is looked at before the thing, and rights come from roles."""

import pytest

from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked, Command
from services.kit.errors import Forbidden, Problem, Unknown
from services.kit.log import Fact
from services.kit.service import entrypoints
from services.kit.views import Overlay
from services.partners import views
from services.partners.rules import applications, standing
from services.partners.service import Partners
from tests.asking import ask
from tests.examples import partners as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.partners.stage import (
    APPLICANT,
    APPLIED,
    APPROVED,
    COMMANDS,
    ERASED,
    JOINED,
    MANAGER,
    REAPPLIED,
    REINSTATED,
    REJECTED,
    STREET,
    SUSPENDED,
    WITHDRAWN,
    after,
    follow,
    of_residents,
    reading,
)

HIDDEN = {
    "applied": (APPLIED,),
    "rejected": (APPLIED, REJECTED),
    "erased": (APPLIED, REJECTED, ERASED),
    "applied again": (APPLIED, REJECTED, REAPPLIED),
    "withdrawn": (APPLIED, WITHDRAWN),
}
KNOWN = {
    "approved": (APPLIED, APPROVED),
    "member": (APPLIED, APPROVED, JOINED),
    "suspended": (APPLIED, APPROVED, SUSPENDED),
    "reinstated": (APPLIED, APPROVED, SUSPENDED, REINSTATED),
    "withdrawn": (APPLIED, APPROVED, JOINED, WITHDRAWN),
}
OUTSIDERS = {
    "resident": Role("resident", "510108015001"),
    "manager of another": Role("partner_manager", "partner/N2"),
    "manager of a place": Role("partner_manager", "510108"),
    "worker": Role("community_worker", "510108015001"),
    "another street": Role("street_admin", "510108016"),
    "another district": Role("district_admin", "510109"),
    "applicant before": Role("resident", "510108015001"),
}
ABOUT_ONE = [
    mark
    for mark in entrypoints(Partners)
    if isinstance(mark, Command) and mark.name != "apply"
]


def outsider(name: str) -> Asked:
    """`P1` is who applied: an outsider once it is approved."""
    return Asked(
        Actor("P1" if name == "applicant before" else "P9", (OUTSIDERS[name],)),
        NOW,
        "N9",
        lambda id: "词",
    )


def admitted(mark: Command, docs: Overlay, who: Asked) -> None:
    mark.admit(who.actor)
    ask(Partners, mark.name, docs, COMMANDS[mark.name], who)


def answer(
    mark: Command, facts: tuple[Fact, ...], who: Asked
) -> tuple[type[Problem], str, str]:
    with pytest.raises(Problem) as caught:
        admitted(mark, after(*facts), who)
    return type(caught.value), caught.value.code, caught.value.title


STRANGERS = [name for name in OUTSIDERS if name != "applicant before"]


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("mark", ABOUT_ONE, ids=lambda mark: mark.name)
def test_what_was_not_approved_is_to_outsiders_as_if_it_were_not_there(
    mark: Command, who: str
) -> None:
    unknown = answer(mark, (), outsider(who))
    answers = {answer(mark, facts, outsider(who)) for facts in HIDDEN.values()}
    assert answers == {unknown}


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("mark", ABOUT_ONE, ids=lambda mark: mark.name)
def test_what_was_approved_is_refused_to_outsiders_in_one_sentence_whatever_its_state(
    mark: Command, who: str
) -> None:
    answers = {answer(mark, facts, outsider(who)) for facts in KNOWN.values()}
    assert len(answers) == 1
    assert {kind for kind, _, _ in answers} == {Forbidden}


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_is_shown_what_was_not_approved(who: str) -> None:
    for facts in HIDDEN.values():
        with refused("not_found", Unknown, says="没有这个社区合伙人"):
            views.get_partner(after(*facts), {"partner": "N1"}, outsider(who))


@pytest.mark.parametrize("state", KNOWN)
@pytest.mark.parametrize(
    "mark", [m for m in ABOUT_ONE if "resident" in m.by], ids=lambda mark: mark.name
)
def test_who_applied_has_no_more_power_over_it_than_anybody_once_it_is_approved(
    mark: Command, state: str
) -> None:
    assert answer(mark, KNOWN[state], outsider("applicant before"))[:2] == (
        Forbidden,
        "not_your_partner",
    )


def test_who_applied_acts_for_it_until_then_and_who_manages_it_from_then_on() -> None:
    assert applications.update_profile(
        after(APPLIED), COMMANDS["update_profile"], APPLICANT
    )
    assert applications.update_profile(
        after(APPLIED, APPROVED), COMMANDS["update_profile"], MANAGER
    )
    assert standing.withdraw(after(APPLIED, APPROVED), COMMANDS["withdraw"], MANAGER)
    with refused("not_found", Unknown):
        applications.update_profile(
            after(APPLIED), COMMANDS["update_profile"], outsider("resident")
        )


# How much one may ask


MANY = [of_residents(f"M{n}") for n in range(12)]


def apply_as(who: Asked, *facts: Fact) -> Fact:
    return applications.apply(after(*facts), COMMANDS["apply"], who)


def test_three_applications_may_wait_for_the_street_and_a_fourth_is_refused_in_words() -> (
    None
):
    assert apply_as(APPLICANT, of_residents("M1"), of_residents("M2"))
    with refused("too_many_open", says="您已有 3 份申请在等街道审核"):
        apply_as(APPLICANT, of_residents("M1"), of_residents("M2"), of_residents("M3"))
    rejected = example_of(examples, "partner_rejected.v1", partner="M3")
    assert apply_as(
        APPLICANT, of_residents("M1"), of_residents("M2"), of_residents("M3"), rejected
    )


def test_ten_applications_a_day_are_enough_for_anybody_however_they_ended() -> None:
    docs = after()
    for n in range(10):
        follow(
            docs,
            of_residents(f"M{n}"),
            example_of(examples, "partner_withdrawn.v1", partner=f"M{n}"),
        )
    with refused("too_many_today", says="您今天已申请 10 次"):
        applications.apply(docs, COMMANDS["apply"], APPLICANT)
    assert applications.apply(
        docs, COMMANDS["apply"], asked(("resident", "*"), now=NOW.replace(day=2))
    )


@pytest.mark.parametrize(
    "role", [("street_admin", "510108015"), ("community_worker", "510108015001")]
)
def test_who_works_for_the_place_enters_as_many_as_have_come(
    role: tuple[str, str],
) -> None:
    assert apply_as(asked(role), *MANY)


def test_who_works_elsewhere_is_bound_like_anybody() -> None:
    with refused("too_many_open"):
        apply_as(asked(("community_worker", "510108016001")), *MANY)


def test_others_applications_do_not_count() -> None:
    assert apply_as(APPLICANT, *(of_residents(f"M{n}", by=f"Q{n}") for n in range(12)))


def test_the_street_still_decides() -> None:
    assert applications.approve(after(APPLIED), COMMANDS["approve"], reading(STREET))
