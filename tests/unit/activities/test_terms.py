"""Terms corrected after publication: more may be let in at any time, fewer only while nobody has signed up."""

from typing import Any

import pytest

from schemas.documents import Json
from services.activities.rules import changes, signups
from services.activities.service import Activities
from services.kit.errors import Problem, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION
from tests.given import given_from, refused
from tests.unit.activities.stage import (
    DRAFTED,
    OPENED,
    PUBLISHED,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
)

HERE, THERE = "510108002001", "510108002002"
TERMS: Json = {
    "least_age": 60,
    "most_age": 80,
    "communities": [HERE],
    "approval": False,
}
CUTOFF = CONTENT["sessions"][0]["cutoff"]
SOONER, LATER = "2026-06-11T01:00:00.000Z", "2026-06-12T12:00:00.000Z"


def posted(terms: Json, *facts: Fact) -> Overlay:
    told = {**CONTENT, "terms": terms}
    there = [
        Fact(DRAFTED.type, DRAFTED.stream, told),
        Fact(PUBLISHED.type, PUBLISHED.stream, told),
        OPENED,
        *facts,
    ]
    division = {
        "division": THERE,
        "parent": "510108002",
        "name": "新鸿社区",
        "level": "community",
        "status": "demo",
    }
    return given_from(
        stage(*there),
        Activities,
        "branches",
        Fact("division_recorded.v1", f"division/{THERE}", division),
    )


def waiting(person: str) -> Fact:
    party = [{"person": person, "relation": "self"}]
    return fact(
        "signup_requested.v1",
        session=SESSION,
        signup="G9",
        by=person,
        party=party,
        ticket=9,
    )


def change(docs: Overlay, **said: Any) -> Json:
    command = {"activity": ACTIVITY, "which": "all", "reason": "写错了", **said}
    return changes.change(docs, command, secretary()).data


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ({"least_age": 59}, {**TERMS, "least_age": 59}),
        ({"most_age": 81}, {**TERMS, "most_age": 81}),
        (
            {"most_age": None},
            {name: value for name, value in TERMS.items() if name != "most_age"},
        ),
        ({"communities": [HERE, THERE]}, {**TERMS, "communities": [HERE, THERE]}),
        (
            {"communities": None},
            {name: value for name, value in TERMS.items() if name != "communities"},
        ),
        ({"approval": True}, {**TERMS, "approval": True}),
        ({"least_age": 55, "most_age": 90}, {**TERMS, "least_age": 55, "most_age": 90}),
    ],
)
def test_more_are_let_in_while_some_have_signed_up(said: Json, terms: Json) -> None:
    docs = posted(TERMS, confirmed("G1", "R1", ticket=1))
    data = change(docs, terms=said)
    assert (data["terms"], data["changed"], data["moved"]) == (terms, ["terms"], [])
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_changed.v1", f"activity/{ACTIVITY}", data),
    )
    assert docs.the("sessions", SESSION)["terms"] == terms


NARROWER = [
    ({"least_age": 61}, "terms/least_age"),
    ({"most_age": 79}, "terms/most_age"),
    ({"communities": [THERE]}, "terms/communities"),
    ({"one_per_household": True}, "terms/one_per_household"),
]


@pytest.mark.parametrize(("said", "path"), NARROWER)
@pytest.mark.parametrize(
    "signed_up",
    [confirmed("G1", "R1", ticket=1), waiting("R1")],
    ids=["seated", "asking"],
)
def test_fewer_are_not_once_somebody_has_signed_up(
    said: Json, path: str, signed_up: Fact
) -> None:
    with pytest.raises(Refused, match="已有人报名") as caught:
        change(posted(TERMS, signed_up), terms=said)
    assert (caught.value.code, caught.value.errors[0]["path"]) == (
        "terms_counted_on",
        path,
    )


@pytest.mark.parametrize(("said", "path"), NARROWER)
def test_fewer_are_while_nobody_has(said: Json, path: str) -> None:
    assert change(posted(TERMS), terms=said)["terms"] == {**TERMS, **said}


def test_where_everybody_might_come_some_communities_are_fewer() -> None:
    with refused("terms_counted_on"):
        change(
            posted({}, confirmed("G1", "R1", ticket=1)), terms={"communities": [HERE]}
        )
    assert change(posted({}), terms={"communities": [HERE]})["terms"] == {
        "communities": [HERE]
    }


def test_who_has_cancelled_counts_on_nothing() -> None:
    gone = fact(
        "signup_cancelled.v1", session=SESSION, signup="G1", late=False, promoted=[]
    )
    assert change(
        posted(TERMS, confirmed("G1", "R1", ticket=1), gone), terms={"least_age": 61}
    )["terms"]


def test_nobody_passes_those_who_wait_for_a_yes() -> None:
    terms = {"approval": True}
    with refused("requests_undecided"):
        change(posted(terms, waiting("R1")), terms={"approval": False})
    assert change(posted(terms), terms={"approval": False})["terms"] == {
        "approval": False
    }


def test_who_signs_up_afterwards_is_held_to_what_is_said_now() -> None:
    docs = posted({"least_age": 60})
    member = {
        "person": "R1",
        "relation": "self",
        "born": "1971-06-13",
    }  # 55 on the day.
    with refused("age_not_admitted"):
        signups.sign_up(docs, {"activity": ACTIVITY, "party": [member]}, resident("R1"))
    given_from(
        docs,
        Activities,
        "activities",
        Fact(
            "activity_changed.v1",
            f"activity/{ACTIVITY}",
            change(docs, terms={"least_age": 55}),
        ),
    )
    assert (
        signups.sign_up(
            docs, {"activity": ACTIVITY, "party": [member]}, resident("R1")
        ).type
        == "signup_confirmed.v1"
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"least_age": 81}, "ages_out_of_order"),
        ({"communities": ["510108002099"]}, "unknown_division"),
    ],
)
def test_terms_that_cannot_be_are_named(said: Json, code: str) -> None:
    with refused(code, Problem):
        change(posted(TERMS), terms=said)


def test_ages_may_be_one() -> None:
    assert change(posted(TERMS), terms={"least_age": 80})["terms"]["least_age"] == 80


@pytest.mark.parametrize("said", [{"least_age": 60}, {}, {"communities": [HERE]}])
def test_terms_that_are_as_they_were_are_no_change(said: Json) -> None:
    with refused("nothing_changes"):
        change(posted(TERMS, confirmed("G1", "R1", ticket=1)), terms=said)


def test_sign_up_may_end_later_and_while_nobody_has_signed_up_sooner() -> None:
    assert (
        change(posted({}, confirmed("G1", "R1", ticket=1)), cutoff=LATER)["sessions"][
            0
        ]["cutoff"]
        == LATER
    )
    assert change(posted({}), cutoff=SOONER)["sessions"][0]["cutoff"] == SOONER


@pytest.mark.parametrize(
    "signed_up",
    [confirmed("G1", "R1", ticket=1), waiting("R1")],
    ids=["seated", "asking"],
)
def test_who_has_signed_up_may_cancel_until_when_they_were_told(
    signed_up: Fact,
) -> None:
    with refused("cutoff_counted_on"):
        change(posted({}, signed_up), cutoff=SOONER)


def test_the_cutoff_of_a_session_held_sooner_goes_along() -> None:
    docs = posted({}, confirmed("G1", "R1", ticket=1))
    data = change(docs, starts_at="2026-06-12T23:00:00.000Z")
    assert data["sessions"][0]["cutoff"] < CUTOFF


def test_a_session_held_later_may_keep_its_cutoff() -> None:
    docs = posted({}, confirmed("G1", "R1", ticket=1))
    data = change(docs, starts_at="2026-06-13T03:00:00.000Z", cutoff=CUTOFF)
    assert (data["sessions"][0]["cutoff"], data["moved"]) == (CUTOFF, [SESSION])


def test_where_approval_stays_those_who_wait_for_it_hinder_nothing() -> None:
    terms = {"approval": True, "most_age": 80}
    assert change(posted(terms, waiting("R1")), terms={"most_age": 90})["terms"] == {
        **terms,
        "most_age": 90,
    }
