"""Merging: by whom, with whose word. Attacks first."""

from dataclasses import replace

import pytest

from services.kit.errors import Forbidden, Problem, Unknown
from services.kit.log import Fact
from services.people.rules import merges, persons
from services.people.views import merges as views
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.merging import (
    ALICE,
    BY_ANOTHER,
    COMMANDS,
    ELSEWHERE,
    TWIN,
    begun,
    confirm,
    other_administrator,
    proposed,
    the_merge,
    undo,
    worker_of,
)
from tests.unit.people.stage import (
    CODE_GIVEN,
    DISMISSED,
    INVITED,
    OPENED,
    hired,
    recorded,
)

NUMBER_CHANGED = example_of(examples, "login_changed.v1")


# Attacks


def test_a_double_made_in_ones_own_place_owns_nobody() -> None:
    """Who keeps only the double can neither propose nor, having done both, confirm."""
    world = recorded()
    there = {**COMMANDS["record_person"], "community": ELSEWHERE}
    attacker = worker_of(world, ELSEWHERE)
    double = world.happens(persons.record(world.docs, there, attacker)).data["person"]
    for person, into in ((ALICE, double), (double, ALICE)):
        payload = {"person": person, "into": into, "basis": "登记重复"}
        with pytest.raises(Problem) as caught:
            merges.propose(world.docs, payload, attacker)
        assert caught.value.code in {"not_found", "not_yours_to_keep"}


def test_who_proposed_cannot_confirm_also_as_an_administrator() -> None:
    world = recorded()
    district = world.district
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], district))
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, district)


def test_whoever_proposed_is_no_second_one_by_a_key_nor_proposes_by_one() -> None:
    """A machine has another id than its maker: with one of the two, an administrator would be two."""
    world = recorded(example_of(examples, "api_key_made.v1", person="P9"))
    places = (("street_admin", "510108015"), ("community_worker", examples.COMMUNITY))
    machine = world.who(*places, id=examples.API_KEY)
    with refused("only_by_account", Forbidden):
        merges.propose(world.docs, COMMANDS["propose_merge"], machine)
    proposer = other_administrator(world)
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], proposer))
    with refused("only_by_account", Forbidden):
        confirm(world, machine)
    confirm(world, world.who(("street_admin", "510108015"), id="P8"))
    with refused("only_by_account", Forbidden):
        undo(world, machine)


def test_whoever_proposed_is_no_second_one_by_the_record_they_were_merged_into() -> (
    None
):
    world = proposed()
    proposer = the_merge(world)["by"]
    other = replace(other_administrator(world), merged=lambda: (proposer,))
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, other)


def test_another_worker_of_both_places_cannot_confirm() -> None:
    world = proposed()
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, worker_of(world, examples.COMMUNITY))


def test_the_survivor_confirms_but_not_by_digits_the_worker_has_seen() -> None:
    world = proposed(BY_ANOTHER, begun())
    world.happens(begun(way="desk"))
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself())


@pytest.mark.parametrize("way_in", [OPENED, NUMBER_CHANGED, INVITED, CODE_GIVEN])
def test_the_proposer_is_no_survivor_they_let_in_themself(way_in: Fact) -> None:
    """Who opened the account, knows the link or has the telephone may sit there with a password of their own."""
    world = proposed(BY_ANOTHER, way_in, begun())
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself())


def test_who_is_let_in_by_the_proposer_only_afterwards_cannot_confirm_either() -> None:
    world = proposed(BY_ANOTHER, begun())
    world.happens(INVITED)
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself())


def test_an_administrator_the_proposer_let_in_is_no_second_one() -> None:
    there = (
        example_of(examples, "person_recorded.v1", person="P9"),
        example_of(examples, "account_opened.v1", account="N12", person="P9"),
    )
    world = proposed(*there)
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, other_administrator(world))


def test_nobody_is_merged_by_the_word_of_who_works_there_no_more() -> None:
    """Nor do they see it, or take it back: an office is over with all that was begun in it."""
    world = recorded(example_of(examples, "person_recorded.v1", person="R3"))
    hired(world, "R3")
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], world.worker))
    merge = {"merge": the_merge(world)["id"]}
    assert views.get_merge(world.docs, merge, world.worker)["state"] == "proposed"
    world.happens(DISMISSED)
    with refused("not_meant_any_more"):
        confirm(world, other_administrator(world))
    formerly = world.oneself("R3")
    with refused("not_found", Unknown):
        views.get_merge(world.docs, merge, formerly)
    with refused("not_found", Unknown):
        merges.withdraw(world.docs, merge, formerly)


def test_nobody_is_given_away_to_a_friend_of_the_proposer() -> None:
    """Who signs in by the record that goes would lose all that is theirs to whoever says to be the same."""
    of_twin = example_of(
        examples, "account_opened.v1", account="N12", person=TWIN, by="P77"
    )
    world = proposed(BY_ANOTHER, of_twin, begun())
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself())
    assert confirm(world, other_administrator(world)).type == "persons_merged.v1"


def test_who_is_to_go_may_say_no() -> None:
    world = proposed(BY_ANOTHER, begun())
    payload = {"merge": the_merge(world)["id"]}
    world.happens(merges.withdraw(world.docs, payload, world.oneself(TWIN)))
    assert the_merge(world)["state"] == "withdrawn"


def test_the_record_that_goes_cannot_confirm() -> None:
    world = proposed(OPENED, begun(TWIN))
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself(TWIN))


def test_nobody_has_their_own_records_merged_by_themself() -> None:
    world = recorded()
    for id in (ALICE, TWIN):
        oneself = replace(world.worker, actor=replace(world.worker.actor, id=id))
        with refused("own_decision", Forbidden):
            merges.propose(world.docs, COMMANDS["propose_merge"], oneself)
