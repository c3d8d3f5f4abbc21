"""Who asks, on the way from one process to another."""

import pytest

from services.kit.actor import Actor, Role, actor_from
from services.kit.entrypoints import Asked
from tests.given import NOW

ROLES = (Role("community_worker", "510108015001"),)


@pytest.mark.parametrize(
    "actor",
    [
        Actor("R1"),
        Actor("K1", ROLES, maker="R1"),
        Actor("R1", ROLES, offices=(*ROLES, Role("unit_liaison", "unit/U1"))),
        Actor(
            "K1", ROLES, maker="R1", offices=(*ROLES, Role("unit_liaison", "unit/U1"))
        ),
    ],
)
def test_it_arrives_as_it_was_sent(actor: Actor) -> None:
    assert actor_from(actor.as_dict()) == actor


def test_a_machine_is_its_maker_where_somebody_else_is_asked_for() -> None:
    machine = Asked(Actor("K1", ROLES, maker="R1"), NOW, "N1")
    assert machine.is_oneself("R1")
    assert machine.is_oneself("K1")
    assert not machine.is_me("R1")
    person = Asked(Actor("R1"), NOW, "N1")
    assert not person.is_oneself("")
    assert not person.is_oneself(None)
