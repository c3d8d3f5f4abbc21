"""Sessions of programs: begun by who is signed in by a browser, refreshed turn by turn, over when one is said twice."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from services.kit.errors import Unauthenticated
from services.kit.log import Fact
from services.people.rules import sessions, tokens
from tests.given import refused
from tests.unit.people.stage import KEYS, PERSON, World, recorded

OF_BROWSER, OF_PROGRAM = "ab" * 32, "cd" * 32


@pytest.fixture
def world() -> World:
    world = recorded()
    world.open_account()
    return world


def signed_in(world: World, **about: object) -> str:
    """By password; the session's id."""
    account = world.docs.the("persons", PERSON)["account"]
    payload = {"account": account, "right": True, "session": OF_BROWSER, **about}
    fact = sessions.enter_by_password(world.docs, payload, world.platform)
    return str(world.happens(fact).data["session"])


def begin(world: World, rests_on: str) -> Fact:
    payload = {"person": PERSON, "rests_on": rests_on, "session": OF_PROGRAM}
    return tokens.begin(world.docs, payload, world.platform)


def refresh(world: World, turn: int, proof: str = "") -> Fact:
    payload: Json = {"hash": OF_PROGRAM, "turn": turn}
    payload["proof"] = proof or KEYS.turn(OF_PROGRAM, turn)
    return tokens.refresh(world.docs, payload, world.platform, KEYS)


def test_it_is_begun_of_a_browser_s_session_and_of_no_program_s(world: World) -> None:
    begun = world.happens(begin(world, signed_in(world)))
    assert begun.data["for_program"]
    for none in (begun.data["session"], "NOBODY"):
        with refused("session_over", Unauthenticated):
            begin(world, none)


def test_nothing_is_begun_of_a_session_that_is_over(world: World) -> None:
    session = signed_in(world)
    world.later(timedelta(days=31))
    with refused("session_over", Unauthenticated):
        begin(world, session)


def test_each_turn_is_had_once_and_said_again_it_is_the_end(world: World) -> None:
    world.happens(begin(world, signed_in(world)))
    second = world.happens(refresh(world, 1))
    assert (second.type, second.data["turn"]) == ("session_refreshed.v1", 2)
    third = world.happens(refresh(world, 2))
    assert third.data["turn"] == 3
    with refused("session_over", Unauthenticated):
        refresh(world, 3, proof=KEYS.turn(OF_PROGRAM, 4))
    assert world.happens(refresh(world, 1)).type == "session_replayed.v1"
    with refused("session_over", Unauthenticated):
        refresh(world, 3)


def test_a_turn_said_again_at_once_is_answered_the_same_and_no_longer_than_that(
    world: World,
) -> None:
    """Of two tabs, or of who got no answer. However often it is said, the while is that since the turn was had."""
    world.happens(begin(world, signed_in(world)))
    world.happens(refresh(world, 1))
    for _ in range(2):
        world.later(tokens.SAID_AGAIN_WITHIN / 2)
        again = world.happens(refresh(world, 1))
        assert (again.type, again.data["turn"]) == ("session_refreshed.v1", 2)
    world.later(timedelta(milliseconds=1))
    assert world.happens(refresh(world, 1)).type == "session_replayed.v1"
    with refused("session_over", Unauthenticated):
        refresh(world, 2)


def test_a_turn_said_again_once_the_next_was_said_is_the_end_at_once(
    world: World,
) -> None:
    world.happens(begin(world, signed_in(world)))
    for turn in (1, 1, 2):
        world.happens(refresh(world, turn))
    assert refresh(world, 1).type == "session_replayed.v1"


def test_a_turn_had_before_it_was_noted_when_is_the_end_as_well(world: World) -> None:
    begun = world.happens(begin(world, signed_in(world)))
    world.docs.change("sessions", begun.data["session"], turn=2)
    assert refresh(world, 1).type == "session_replayed.v1"


def test_a_turn_that_is_not_yet_is_the_end_as_well(world: World) -> None:
    world.happens(begin(world, signed_in(world)))
    assert refresh(world, 2).type == "session_replayed.v1"


def test_nobody_refreshes_what_is_a_browser_s_or_nobody_s_or_over(
    world: World,
) -> None:
    with refused("session_over", Unauthenticated):
        refresh(world, 1)
    session = signed_in(world)
    with refused("session_over", Unauthenticated):
        tokens.programs(world.docs, OF_BROWSER, world.platform)
    world.happens(begin(world, session))
    world.later(timedelta(days=31))
    with refused("session_over", Unauthenticated):
        refresh(world, 1)
