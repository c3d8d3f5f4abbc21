"""Who goes to a place: its members as far as their role says, and who works there, each for themself."""

import pytest

from services.grids.rules.rights import must_go_to
from services.kit.errors import Forbidden
from tests.given import asked, refused

PLACE, ELSEWHERE = "510108015001", "510108016001"


@pytest.mark.parametrize("role", ["grid_member", "community_worker"])
def test_members_and_who_works_there_go_to_their_place_alone(role: str) -> None:
    must_go_to(PLACE, asked((role, PLACE)), "community")
    with refused("out_of_scope", Forbidden):
        must_go_to(ELSEWHERE, asked((role, PLACE)), "community")


@pytest.mark.parametrize("role", ["street_admin", "district_admin"])
def test_who_administers_the_place_goes_there_as_well(role: str) -> None:
    must_go_to(PLACE, asked((role, PLACE[: 9 if role == "street_admin" else 6])), "")


def test_nobody_else_does() -> None:
    with refused("out_of_scope", Forbidden):
        must_go_to(PLACE, asked(("resident", PLACE)), "community")
