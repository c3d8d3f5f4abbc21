"""Several commands in one message, over both buses: each group whole or not at all, and never twice."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from schemas.documents import Json
from services.kit.actor import OPERATOR, Actor, Role
from services.kit.clock import Deadline
from services.kit.engine.together import MOST_COMMANDS
from services.kit.errors import Forbidden, Invalid, Unknown
from tests.clocks import HUNG_S
from tests.contract import buses
from tests.contract.buses import Toys

STRANGER = Actor("S1", (Role("street_admin", "*"),))


@pytest.fixture(scope="module", params=["local", "rabbitmq"])
def shared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Toys]:
    folder = tmp_path_factory.mktemp("toys")
    if request.param == "local":
        with buses.local(folder) as toys:
            yield toys
    else:
        with buses.rabbit(folder, request.getfixturevalue("rabbitmq")) as toys:
            yield toys


@pytest.fixture
def toys(shared: Toys) -> Toys:
    """The same services for every test, with a sum of its own to add to."""
    return replace(shared, to=f"S{uuid.uuid4().hex[:8]}")


def add(toys: Toys, amount: int, name: str = "add") -> Json:
    return {
        "name": name,
        "payload": {"to": toys.to, "amount": amount},
        "key": f"{toys.to}:{amount}",
    }


def add_after(first: Json, amount: int) -> Json:
    """Adds to whatever the first one added to, known only from its fact."""
    key = f"{first['key']}:{amount}"
    return {
        "name": "add",
        "payload": {"amount": amount},
        "key": key,
        "about": "to",
        "after": first["key"],
    }


def ask(toys: Toys, *groups: list[Json], actor: Actor = OPERATOR) -> Any:
    deadline = Deadline.after(HUNG_S)
    return toys.bus.call(
        "adder", "together", {"groups": [*groups]}, actor=actor, deadline=deadline
    )


def test_a_group_is_whole_or_not_at_all_and_keeps_no_other_out(toys: Toys) -> None:
    first, second = ask(
        toys, [add(toys, 20), add(toys, 13)], [add(toys, 30), add(toys, 40)]
    )
    assert "problem" not in first[0]
    assert first[1]["problem"]["code"] == "unlucky"
    assert [answer["document"]["sum"] for answer in second] == [30, 70]
    assert [event["data"]["amount"] for event in toys.events("adder")] == [30, 40]


def test_what_was_asked_before_is_answered_again(toys: Toys) -> None:
    ((once,),) = ask(toys, [add(toys, 20)])
    ((again,), (new,)) = ask(toys, [add(toys, 20)], [add(toys, 30)])
    assert (once["again"], again["again"], new["again"]) == (False, True, False)
    assert again | {"again": False} == once
    assert toys.sums("adder")[toys.to] == 50


def test_a_command_takes_from_the_fact_of_an_earlier_one(toys: Toys) -> None:
    first = add(toys, 20)
    ((_, taken),) = ask(toys, [first, add_after(first, 40)])
    assert taken["document"]["sum"] == 60
    ((before, after),) = ask(toys, [first, add_after(first, 50)])
    assert (before["again"], after["document"]["sum"]) == (True, 110)


def test_what_would_come_after_a_refusal_is_left_out(toys: Toys) -> None:
    first = add(toys, 13)
    ((refused, left_out),) = ask(toys, [first, add_after(first, 40)])
    assert refused["problem"]["code"] == "unlucky"
    assert left_out["event"] is None
    assert toys.events("adder") == []


def test_who_may_not_ask_one_of_them_may_ask_none(toys: Toys) -> None:
    with pytest.raises(Forbidden):
        ask(toys, [add(toys, 20)], actor=STRANGER)
    with pytest.raises(Unknown):
        ask(toys, [add(toys, 20), add(toys, 30, name="top")])
    assert toys.events("adder") == []


def test_too_many_at_once_are_refused(toys: Toys) -> None:
    with pytest.raises(Invalid) as refused:
        ask(toys, [add(toys, 20)] * (MOST_COMMANDS + 1))
    assert refused.value.code == "too_many_commands"


def test_a_thousand_groups_are_one_turn(toys: Toys) -> None:
    answers = ask(toys, *([add(toys, 1000 + number)] for number in range(1000)))
    sequences = [answer["event"]["sequence"] for (answer,) in answers]
    assert sequences == list(range(sequences[0], sequences[0] + 1000))
