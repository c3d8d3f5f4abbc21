"""A unit after its approval: taken back while nothing rests on it, suspended and reinstated, ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.cobuild import views
from services.cobuild.rules import commitments, offerings, standing, units
from services.cobuild.service import Cobuild
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples import activities
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, given_from, refused
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    REGISTERED,
    STRANGER,
    STREET,
    UNIT,
    VERIFIED,
    another_unit,
    stage,
    take,
)
from tests.waiting_for import kinds

COMMANDS = examples.COMMANDS
UNAPPROVE = COMMANDS["withdraw_unit_approval"]
SUSPEND, END = COMMANDS["suspend_unit"], COMMANDS["end_unit"]
SUSPENDED, REINSTATED, ENDED = (
    example_of(examples, f"unit_{done}.v1")
    for done in ("suspended", "reinstated", "ended")
)
HELD = (*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)
UNDERWAY = (*HELD, example_of(examples, "commitment_begun.v1"))
POSTED = Fact(
    "activity_drafted.v2", "activity/1", {**activities.CONTENT, "host": "unit/U1"}
)
MEETING = example_of(examples, "meeting_called.v1")
OTHER_STREET = asked(("street_admin", "510108016"), id="P5")
LATER = replace(STREET, now=NOW + timedelta(hours=1))


def due(docs: Overlay, collection: str, by: str) -> list[str]:
    return [doc["id"] for doc in docs.find(Find(collection, {}, by))]


def settle(docs: Overlay) -> list[str]:
    """What is given back and retired by itself, done."""
    taken, offered = (
        due(docs, "commitments", "gives_back_at"),
        due(docs, "offerings", "retires_at"),
    )
    facts = [
        take(docs, standing.give_back(docs, docs.the("commitments", id), LATER))
        for id in taken
    ]
    facts += [
        take(docs, standing.retire_of_ended(docs, docs.the("offerings", id), LATER))
        for id in offered
    ]
    assert (
        due(docs, "commitments", "gives_back_at")
        == due(docs, "offerings", "retires_at")
        == []
    )
    return [fact.type for fact in facts]


def test_an_approval_is_taken_back_while_nothing_rests_on_it_and_given_again() -> None:
    docs = stage(*UNIT)
    take(docs, standing.withdraw_approval(docs, UNAPPROVE, STREET))
    assert docs.the("units", "U1")["state"] == "registered"
    assert kinds(docs, Cobuild, STREET) == ["unit_to_approve"]
    assert docs.find(Find("turns", {"division": examples.STREET}, "chaired_at")) == []
    take(docs, units.approve_unit(docs, COMMANDS["approve_unit"], STREET))
    assert (
        len(docs.find(Find("turns", {"division": examples.STREET}, "chaired_at"))) == 1
    )


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ((OFFERED,), "已发布过资源"),
        (HELD[2:], "已发布过资源"),
        ((MEETING,), "已主持过联席会议"),
    ],
)
def test_what_rests_on_an_approval_keeps_it(facts: tuple[Fact, ...], says: str) -> None:
    with refused("something_rests_on_it", says=f"“{REGISTERED.data['name']}”{says}"):
        standing.withdraw_approval(stage(*UNIT, *facts), UNAPPROVE, STREET)


def test_an_activity_of_the_unit_rests_on_its_approval() -> None:
    docs = given_from(stage(*UNIT), Cobuild, "activities", POSTED)
    with refused("something_rests_on_it", says="已办过活动"):
        standing.withdraw_approval(docs, UNAPPROVE, STREET)


@pytest.mark.parametrize("who", [OTHER_STREET, LIAISON, STRANGER])
def test_only_who_administers_the_street_suspends_and_ends(who: object) -> None:
    for rule, command in (
        (standing.suspend, SUSPEND),
        (standing.end, END),
        (standing.withdraw_approval, UNAPPROVE),
    ):
        with refused("out_of_scope", Forbidden):
            rule(stage(*UNIT), command, who)  # type: ignore[arg-type]


def test_what_else_is_struck_is_said_and_asked() -> None:
    asks = {**SUSPEND, "confirm": False}
    assert standing.suspend(stage(*UNIT), asks, STREET).data == {
        "unit": "U1",
        "reason": "年检未过",
        "by": "P4",
    }
    with refused("strikes_others", says="1 项资源不再可约，1 项还没开始的认领退回"):
        standing.suspend(stage(*HELD), asks, STREET)
    with refused("strikes_others", says="1 项办理中的由它继续办完"):
        standing.suspend(stage(*UNDERWAY), asks, STREET)
    with refused(
        "strikes_others", says="1 项资源下架，1 项没有办完的项目退回，由别的单位认领"
    ):
        standing.end(stage(*UNDERWAY), {**END, "confirm": False}, STREET)
    assert standing.suspend(stage(*HELD), SUSPEND, STREET).type == "unit_suspended.v1"
    assert standing.end(stage(*UNDERWAY), END, STREET).type == "unit_ended.v1"


def test_a_suspended_unit_gives_back_what_it_has_not_begun_and_has_nothing_to_be_had() -> (
    None
):
    docs = stage(*HELD, SUSPENDED)
    shown = views.offerings.get_offering(docs, {"offering": "F1"}, STRANGER)
    assert (shown["state"], shown["pauses"], shown["pause_text"]) == (
        "paused",
        ["unit_suspended"],
        "单位已被暂停",
    )
    with refused("unit_suspended"):
        offerings.publish_offering(docs, COMMANDS["publish_offering"], LIAISON)
    assert settle(docs) == ["commitment_withdrawn.v1"]
    assert docs.the("needs", "N1")["state"] == "verified"
    given_from(docs, Cobuild, "cobuild", REINSTATED)
    assert (
        views.offerings.get_offering(docs, {"offering": "F1"}, STRANGER)["state"]
        == "published"
    )
    claim = {name: COMMANDS["claim_need"][name] for name in ("need", "unit", "due")}
    assert commitments.claim_need(docs, claim, LIAISON).type == "need_claimed.v1"


def test_a_suspended_unit_finishes_what_it_has_begun() -> None:
    docs = stage(*UNDERWAY, SUSPENDED)
    assert settle(docs) == []
    fact = take(
        docs,
        commitments.fulfil_commitment(docs, COMMANDS["fulfil_commitment"], LIAISON),
    )
    assert fact.type == "need_fulfilled.v1"


def test_what_a_unit_begins_before_it_is_given_back_stays_with_it() -> None:
    docs = stage(*HELD, SUSPENDED)
    take(
        docs, commitments.begin_commitment(docs, COMMANDS["begin_commitment"], LIAISON)
    )
    assert settle(docs) == []
    assert docs.the("commitments", "C1")["state"] == "underway"


@pytest.mark.parametrize("facts", [HELD, UNDERWAY])
def test_an_ended_unit_gives_back_all_it_has_not_finished_and_offers_nothing(
    facts: tuple[Fact, ...],
) -> None:
    docs = stage(*facts, ENDED)
    assert (
        views.offerings.get_offering(docs, {"offering": "F1"}, STREET)["pause_text"]
        == "单位已终止"
    )
    assert settle(docs) == ["commitment_withdrawn.v1", "offering_retired.v1"]
    assert docs.the("offerings", "F1")["state"] == "retired"
    assert docs.the("needs", "N1")["state"] == "verified"
    assert docs.the("commitments", "C1")["reason"].endswith("已终止：单位撤销")


def test_what_an_ended_unit_has_done_stays_done() -> None:
    docs = stage(*HELD, FULFILLED, ENDED)
    assert settle(docs) == ["offering_retired.v1"]
    assert docs.the("commitments", "C1")["state"] == "fulfilled"


def test_an_ended_unit_leaves_its_credit_code_to_another_and_a_suspended_one_does_not() -> (
    None
):
    again, _ = another_unit(3, credit_code=REGISTERED.data["credit_code"])
    approve = {"unit": "U3"}
    assert (
        units.approve_unit(stage(*UNIT, ENDED, again), approve, STREET).type
        == "unit_approved.v1"
    )
    with refused("duplicate_credit_code"):
        units.approve_unit(stage(*UNIT, SUSPENDED, again), approve, STREET)


def test_everybody_with_a_role_still_sees_what_was_a_unit() -> None:
    for fact in (SUSPENDED, ENDED):
        assert views.units.get_unit(stage(*UNIT, fact), {"unit": "U1"}, STRANGER)[
            "state_text"
        ].startswith("已")
