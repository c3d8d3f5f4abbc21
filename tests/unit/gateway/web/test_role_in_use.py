"""Somebody works in one role at a time, and is asked in all of them whose work something is."""

import pytest
from flask import Flask

from gateway.web.role_in_use import BETWEEN, COOKIE, in_use
from services.kit.actor import Actor, Role

LIAISON = Role("unit_liaison", "unit/U1")
WORKER = Role("community_worker", "510108015001")
RESIDENT = Role("resident", "510108015001")
BOTH = Actor("P1", (RESIDENT, LIAISON, WORKER))


def chosen(role: Role) -> Actor:
    sent = {"Cookie": f"{COOKIE}={role.role}{BETWEEN}{role.scope}"}
    with Flask(__name__).test_request_context(headers=sent):
        return in_use(BOTH)


@pytest.mark.parametrize(("role", "other"), [(LIAISON, WORKER), (WORKER, LIAISON)])
def test_whoever_chooses_a_role_may_what_it_may_and_answers_for_the_other(
    role: Role, other: Role
) -> None:
    actor = chosen(role)
    assert actor.roles == (role, RESIDENT)
    assert not actor.covers(other.role, other.scope)
    assert actor.stands_for(other.role, other.scope)


def test_whoever_chooses_none_has_all() -> None:
    assert chosen(Role("street_admin", "510108015")) == BOTH
