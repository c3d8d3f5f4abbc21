"""What merging brings in and what it does not, and how it is undone."""

from datetime import timedelta

import pytest

from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.persons import aliases
from services.kit.views import Find
from services.people.rules import accounts, consents, merges, persons, roles
from services.people.views import roles as role_views
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.merging import (
    ALICE,
    BY_ANOTHER,
    COMMANDS,
    TWIN,
    begun,
    confirm,
    other_administrator,
    proposed,
    the_merge,
    undo,
)
from tests.unit.people.stage import KEYS, World, recorded


def merged(*facts: Fact) -> World:
    world = proposed(*facts)
    confirm(world, other_administrator(world))
    return world


def test_neither_roles_nor_credentials_nor_links_come_along() -> None:
    world = merged()
    assert (
        role_views.access(world.docs, {"person": TWIN}, world.platform)["roles"] == []
    )
    world = recorded(example_of(examples, "role_granted.v1", person=TWIN))
    with refused("roles_would_go"):
        merges.propose(world.docs, COMMANDS["propose_merge"], world.district)
    world = recorded()
    world.open_account(TWIN)
    with refused("account_would_go"):
        merges.propose(world.docs, COMMANDS["propose_merge"], world.worker)


def test_who_may_do_more_than_the_proposer_is_merged_by_who_might_have_granted_it() -> (
    None
):
    world = recorded(example_of(examples, "role_granted.v1"))
    with refused("outranked", Forbidden):
        merges.propose(world.docs, COMMANDS["propose_merge"], world.worker)


# What comes of it


def test_the_survivor_says_yes() -> None:
    world = proposed(BY_ANOTHER, begun())
    assert confirm(world, world.oneself()).type == "persons_merged.v1"


def test_who_is_merged_is_out_and_their_account_stays_shut_after_an_undo() -> None:
    world = recorded()
    world.open_account()
    account = world.open_account(TWIN, "+8613700007777")
    world.happens(begun(TWIN, account=account))
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], world.worker))
    confirm(world, other_administrator(world))
    assert world.docs.the("sessions", f"S-{TWIN}-password")["state"] == "ended"
    assert world.docs.the("accounts", account)["state"] == "suspended"
    with refused("person_merged"):
        accounts.reinstate(world.docs, {"account": account}, world.worker)
    undo(world)
    assert world.docs.the("accounts", account)["state"] == "suspended"
    world.happens(accounts.reinstate(world.docs, {"account": account}, world.worker))
    assert world.docs.the("accounts", account)["state"] == "open"


def test_the_old_id_is_an_alias_until_it_is_undone() -> None:
    world = merged()
    assert aliases.survivor(world.docs, TWIN) == ALICE
    assert aliases.survivor(world.docs, f"{TWIN}~grandma") == f"{ALICE}~grandma"
    undo(world)
    assert aliases.survivor(world.docs, TWIN) == TWIN


def test_who_was_merged_further_is_parted_in_the_order_of_it() -> None:
    world = merged()
    third = world.happens(
        persons.record(world.docs, COMMANDS["record_person"], world.worker)
    ).data["person"]
    further = {"person": ALICE, "into": third, "basis": "登记重复"}
    second = world.happens(merges.propose(world.docs, further, world.worker))
    payload = {"merge": second.data["merge"]}
    world.happens(merges.confirm(world.docs, payload, other_administrator(world)))
    assert aliases.survivor(world.docs, TWIN) == third
    with refused("merged_further"):
        undo(world)


def test_whoever_is_erased_is_erased_under_every_id() -> None:
    world = merged()
    fact = persons.erase(world.docs, COMMANDS["erase_person"], world.worker)
    assert fact.erases_of == (ALICE, TWIN)
    world.happens(fact)
    assert world.docs.the("persons", TWIN)["state"] == "erased"
    assert not world.note(f"person.{TWIN}")
    with refused("person_erased"):
        undo(world)


def test_a_proposal_is_for_a_week() -> None:
    assert the_merge(proposed())["until"] == "2026-06-08T01:00:00.000Z"


def test_what_nobody_confirms_within_a_week_lapses() -> None:
    world = proposed()
    world.later(timedelta(days=8))
    world.happens(merges.lapse(world.docs, the_merge(world), world.platform))
    with refused("cannot_confirm"):
        confirm(world, other_administrator(world))


def test_one_of_them_is_proposed_once_at_a_time() -> None:
    world = proposed()
    with refused("already_proposed"):
        merges.propose(world.docs, COMMANDS["propose_merge"], world.worker)


@pytest.mark.parametrize("most", [1, 2])
def test_so_many_records_are_merged_into_one_and_no_more(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is merged into it already."""
    monkeypatch.setattr(merges, "MOST_MERGED", most)
    world = merged()
    said = COMMANDS["record_person"]
    third = world.happens(persons.record(world.docs, said, world.worker))
    payload = COMMANDS["propose_merge"] | {"person": third.data["person"]}
    if most > 1:
        assert merges.propose(world.docs, payload, world.worker)
        return
    with refused("merged_too_often"):
        merges.propose(world.docs, payload, world.worker)


def test_roles_that_came_since_the_proposal_are_looked_at_again() -> None:
    world = proposed()
    grant = {**COMMANDS["grant_role"], "person": TWIN}
    world.happens(roles.grant(world.docs, grant, world.district))
    with refused("roles_would_go"):
        confirm(world, other_administrator(world))


def test_the_number_of_an_account_is_not_free_for_another_after_a_merge() -> None:
    world = recorded()
    world.open_account()
    world.open_account(TWIN, "+8613700007777")
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], world.worker))
    confirm(world, other_administrator(world))
    payload = {
        "account": world.docs.the("persons", ALICE)["account"],
        "phone": "+8613700007777",
    }
    with refused("phone_taken"):
        accounts.change_login(world.docs, payload, world.worker, KEYS)


def test_who_stays_agrees_anew_to_what_the_other_withdrew() -> None:
    """Though they never withdrew it themself; and what they withdraw then is withdrawn, however often they agreed."""
    world = proposed()
    ids = [agree(world, person) for person in (ALICE, TWIN)]
    agree_no_more(world, ids[1])
    confirm(world, other_administrator(world))
    again = agree(world, ALICE)
    agree_no_more(world, again)
    assert {one["state"] for one in world.docs.find(Find("consents", {}, "id"))} == {
        "withdrawn"
    }
    agree(world, ALICE)


def agree(world: World, person: str) -> str:
    said = COMMANDS["give_consent"] | {"person": person}
    fact = world.happens(consents.give(world.docs, said, world.worker))
    return str(fact.data["consent"])


def agree_no_more(world: World, consent: str) -> None:
    said = COMMANDS["withdraw_consent"] | {"consent": consent}
    world.happens(consents.withdraw(world.docs, said, world.worker))
