"""Which place the page of figures opens at."""

from datetime import UTC, datetime
from typing import cast

from gateway.edge.rpc import Services
from gateway.web.district import scope_of
from gateway.web.page import Visit
from gateway.web.places import Places
from services.kit.actor import Actor, Role

ADMIN = (Role("resident", "510108002001"), Role("district_admin", "510108"))


def test_who_lives_in_one_place_and_works_for_another_sees_the_one_they_work_for() -> (
    None
):
    assert scope_of(visit(*ADMIN)) == "510108"
    assert scope_of(visit(ADMIN[0])) == "510108002001"
    assert scope_of(visit(Role("unit_liaison", "unit/U1"))) == ""


def visit(*roles: Role) -> Visit:
    services, places = cast(Services, None), cast(Places, None)
    now = datetime(2026, 6, 1, tzinfo=UTC)
    return Visit(services, places, Actor("A1", roles), now, "", {}, {})
