"""Similar names in one community: told to the applicant and the street, refused to nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.partners import partners as schemas
from services.kit.views import Overlay
from services.partners import views
from services.partners.rules import applications
from services.partners.rules.likeness import (
    LEAST_IN_COMMON,
    likeness,
    particular,
    released_name,
    similar_to,
)
from tests.examples import partners as examples
from tests.given import asked, example_of
from tests.unit.partners.stage import (
    APPLICANT,
    APPLIED,
    COMMANDS,
    REJECTED,
    STREET,
    after,
    follow,
    reading,
)

PLACES = ("成华区", "望平社区", "四川省", "四川", "成都市", "成都")
OTHER_CODE = "52510108MJX0000184"


def known(
    *names: str, community: str = examples.COMMUNITY, approved: bool = True
) -> Overlay:
    docs = after()
    for n, name in enumerate(names):
        other = {"partner": f"K{n}", "community": community, "credit_code": OTHER_CODE}
        follow(docs, example_of(examples, "partner_applied.v3", **other))
        if approved:
            follow(
                docs,
                example_of(examples, "partner_approved.v2", partner=f"K{n}", name=name),
            )
    return docs


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("成都市成华区青禾社区书店有限责任公司", "青禾社区书店"),
        ("四川青禾（集团）股份有限公司", "青禾集团"),
        ("青禾 社区·书店（个体工商户）", "青禾社区书店"),
        ("望平社区青禾书店（成华区）", "青禾书店"),
        ("Ｂook Café", "bookcafé"),
        ("成都有限公司", "成都有限公司"),
        ("——", "——"),
    ],
)
def test_place_legal_form_and_punctuation_are_nothing_particular(
    name: str, left: str
) -> None:
    assert particular(name, PLACES) == left


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("青禾社区书店", "成都青禾社区书店有限公司", True),
        ("青禾", "青禾社区书店", True),
        ("青禾书店", "青和书店", True),
        ("青禾社区书店", "青禾社区书坊", True),
        ("青禾社区书店", "灯塔助老服务中心", False),
        ("青禾书店", "青禾酒家", False),
        ("青", "青禾书店", False),
    ],
)
def test_names_are_alike_when_equal_held_or_nearly_equal(
    one: str, other: str, alike: bool
) -> None:
    alikeness = likeness(particular(one, PLACES), particular(other, PLACES))
    assert (alikeness >= LEAST_IN_COMMON) is alike


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_the_same_both_ways_round(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


def test_an_application_with_a_similar_name_is_taken_and_the_others_are_told() -> None:
    docs = known("成都青禾社区书店有限公司")
    fact = applications.apply(docs, COMMANDS["apply"], APPLICANT)
    assert fact.data["similar"] == ["K0"]
    follow(docs, fact)
    told = [{"partner": "K0", "name": "成都青禾社区书店有限公司", "state": "approved"}]
    assert docs.the("partners", "N1")["similar"] == told


def test_an_applicant_is_told_of_nobody_who_is_not_approved() -> None:
    docs = known("成都青禾社区书店有限公司", approved=False)
    fact = applications.apply(docs, COMMANDS["apply"], APPLICANT)
    assert fact.data["similar"] == []
    assert (
        views.get_partner(follow(docs, fact), {"partner": "N1"}, reading(APPLICANT))[
            "similar"
        ]
        == []
    )


def test_who_decides_is_told_of_those_that_wait_as_well() -> None:
    docs = follow(
        after(APPLIED),
        example_of(
            examples, "partner_applied.v3", partner="N2", credit_code=OTHER_CODE
        ),
    )
    shown = views.get_partner(docs, {"partner": "N1"}, STREET)
    assert shown["similar"] == [
        {"partner": "N2", "name": "青禾社区书店", "state": "applied"}
    ]


def test_an_application_made_again_is_told_as_well_and_never_of_itself() -> None:
    docs = follow(known("青禾亲子书店"), APPLIED, REJECTED)
    assert applications.reapply(docs, COMMANDS["reapply"], APPLICANT).data[
        "similar"
    ] == ["K0"]


def test_a_partner_is_shown_with_those_similar_to_it_now() -> None:
    docs = follow(known("青禾社区书屋"), APPLIED)
    follow(docs, example_of(examples, "partner_withdrawn.v1", partner="K0"))
    shown = views.get_partner(docs, {"partner": "N1"}, STREET)
    assert shown["similar"] == [
        {"partner": "K0", "name": "青禾社区书屋", "state": "withdrawn"}
    ]


def test_the_same_name_in_another_community_is_another_partner() -> None:
    docs = known("青禾社区书店", community="510108016001")
    assert applications.apply(docs, COMMANDS["apply"], APPLICANT).data["similar"] == []


def test_the_likest_are_told_first_and_no_more_than_a_few() -> None:
    docs = known("青禾社区书坊", "青禾", "青禾社区书店", *["青禾书店社区"] * 6)
    similar = similar_to(docs, examples.COMMUNITY, "青禾社区书店", "N1", released_name)
    assert [other["partner"] for other in similar[:3]] == ["K2", "K1", "K0"]
    assert len(similar) <= schemas.MOST_SIMILAR


def test_one_character_of_four_may_differ_and_no_more() -> None:
    docs = known("青和书店", "青和书屋")
    similar = similar_to(docs, examples.COMMUNITY, "青禾书店", "N1", released_name)
    assert [other["partner"] for other in similar] == ["K0"]


def test_the_same_request_is_told_the_same_though_more_have_applied_since() -> None:
    first = applications.apply(
        known("青禾书屋"), COMMANDS["apply"], asked(("resident", "*"), new_id="N1")
    )
    alone = after(first)
    later = follow(
        known("青禾书屋"),
        first,
        example_of(examples, "partner_applied.v3", partner="N8"),
    )
    assert (
        alone.the("partners", "N1")["similar"] == later.the("partners", "N1")["similar"]
    )


@pytest.mark.parametrize("district", ["朝阳区", "玉林.区"])
def test_the_district_is_the_one_that_is_recorded(district: str) -> None:
    """Nothing but its name tells the two apart; another district's name is as particular as any."""
    docs = known(f"{district}书店")
    docs.put(
        "divisions", {"id": examples.COMMUNITY[:6], "name": district, "periods": [{}]}
    )
    alike = similar_to(docs, examples.COMMUNITY, "书店", "N1", released_name)
    assert [other["partner"] for other in alike] == ["K0"]
    assert particular("成华区书店", [district]) == "成华区书店"
