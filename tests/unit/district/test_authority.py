"""Where somebody holds a role, inside what they ask for."""

import pytest

from services.district.authority import (
    held_within,
    must_oversee,
    overseeing,
    working_in,
)
from services.kit.actor import NOWHERE, Actor, Role
from services.kit.errors import Forbidden
from services.kit.views import Nothing, Overlay
from tests.given import refused

STREET, COMMUNITY, OTHER = "510108015", "510108015001", "510108016"


def held(division: str, *scopes: str) -> list[str]:
    return held_within(
        Actor("P1", tuple(Role("street_admin", scope) for scope in scopes)),
        ("street_admin",),
        division,
    )


@pytest.mark.parametrize("scope", ["*", "510108", STREET])
def test_who_holds_it_for_all_that_is_asked_for_is_told_all_of_it(scope: str) -> None:
    assert held(STREET, scope, COMMUNITY) == [STREET]


def test_who_holds_it_in_parts_of_it_is_told_those_and_nothing_beside() -> None:
    assert held("510108", STREET, OTHER, "510107001", "unit/U1") == [STREET, OTHER]
    assert held("", STREET) == [STREET]
    assert held("", "*", STREET) == [""]


def test_a_role_without_a_scope_holds_nowhere() -> None:
    anybody = Actor("P1", (Role("street_admin", NOWHERE),))
    assert not anybody.covers("street_admin", STREET)
    assert not anybody.covers("street_admin", NOWHERE)
    assert not anybody.holds_somewhere("street_admin")
    assert held("", NOWHERE) == held(STREET, NOWHERE) == []
    assert held("", NOWHERE, STREET) == [STREET]


def test_who_holds_it_elsewhere_or_holds_another_is_told_nothing() -> None:
    assert held(STREET, OTHER) == held(STREET, "branch/B1") == held(STREET) == []
    assert (
        held_within(Actor("P1", (Role("resident", "*"),)), ("street_admin",), STREET)
        == []
    )


def test_who_may_not_is_told_of_the_place_by_its_name() -> None:
    docs = Overlay(Nothing())
    docs.put("divisions", {"id": COMMUNITY, "name": "灯塔社区", "periods": [{}]})
    nobody = Actor("P1")
    with refused("out_of_scope", Forbidden, says="“灯塔社区”不在您的管理范围内"):
        must_oversee(docs, nobody, COMMUNITY)
    with refused("out_of_scope", Forbidden, says=f"区划 {OTHER} 不在您的管理范围内"):
        must_oversee(docs, nobody, OTHER)


@pytest.mark.parametrize(
    ("role", "scope", "is_let_in"),
    [
        ("street_admin", STREET, True),
        ("district_admin", "510108", True),
        ("street_admin", OTHER, False),
        ("district_admin", NOWHERE, False),
        ("community_worker", COMMUNITY, False),
    ],
)
def test_a_mark_lets_in_who_administers_the_place_that_is_named(
    role: str, scope: str, is_let_in: bool
) -> None:
    actor = Actor("P1", (Role(role, scope),))
    held, docs = overseeing("community"), Overlay(Nothing())
    if is_let_in:
        held.must_be_held(docs, {"community": COMMUNITY}, actor)
        return
    with refused(
        "out_of_scope", Forbidden, says=f"区划 {COMMUNITY} 不在您的管理范围内"
    ):
        held.must_be_held(docs, {"community": COMMUNITY}, actor)


def test_a_mark_lets_in_who_works_in_the_place_too() -> None:
    held, docs, said = (
        working_in("community"),
        Overlay(Nothing()),
        {"community": COMMUNITY},
    )
    held.must_be_held(docs, said, Actor("P1", (Role("community_worker", COMMUNITY),)))
    for other in (Role("community_worker", OTHER), Role("resident", COMMUNITY)):
        with refused("out_of_scope", Forbidden, says="工作范围"):
            held.must_be_held(docs, said, Actor("P1", (other,)))
