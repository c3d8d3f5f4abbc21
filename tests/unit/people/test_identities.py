"""Who somebody is elsewhere: linked to one account, by its own person, and never a way to a new one."""

import json

import pytest

from services.kit.errors import Unknown
from services.kit.log import Fact
from services.people.rules import accounts, identities, persons
from services.people.views import identities as views
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.stage import (
    COMMANDS,
    KEYS,
    PERSON,
    World,
    has_second_factor,
    recorded,
)

LINK, ENTER = COMMANDS["link_identity"], COMMANDS["enter_by_identity"]


def with_accounts() -> World:
    world = recorded()
    world.open_account()
    world.open_account("R2", "+8613700007777")
    return world


def link(world: World, person: str = PERSON, **changes: str) -> Fact:
    payload = LINK | {"person": person} | changes
    return world.happens(identities.link(world.docs, payload, world.platform, KEYS))


def enter(world: World, **changes: str) -> Fact:
    payload = ENTER | changes
    return world.happens(identities.enter(world.docs, payload, world.platform, KEYS))


def test_an_identity_that_is_linked_lets_in() -> None:
    world = with_accounts()
    link(world)
    begun = enter(world)
    assert (begun.type, begun.data["person"]) == ("session_begun.v1", PERSON)
    assert begun.data["way"] == "foreign"


def test_it_stands_for_no_second_factor() -> None:
    world = with_accounts()
    link(world)
    has_second_factor(world)
    assert enter(world).data["limited"]


def test_by_it_an_administrator_is_a_resident() -> None:
    world = with_accounts()
    link(world)
    world.happens(example_of(examples, "role_granted.v1", role="street_admin"))
    assert enter(world).data["limited"]


def test_whoever_is_let_in_anew_by_a_link_links_anew() -> None:
    """Who had the account meanwhile may have linked what they are elsewhere."""
    world = with_accounts()
    link(world)
    account = world.docs.the("persons", PERSON)["account"]
    sent = world.happens(example_of(examples, "person_invited.v1"))
    about = {"account": account, "invitation": sent.data["invitation"]}
    world.happens(example_of(examples, "invitation_accepted.v1", **about))
    assert enter(world).type == "sign_in_failed.v1"
    assert views.listed(world.docs, {"person": PERSON}, world.platform)["items"] == []
    link(world)
    assert enter(world).type == "session_begun.v1"


def test_one_that_is_not_linked_lets_in_nobody_and_makes_nobody() -> None:
    failed = enter(with_accounts())
    assert (failed.type, failed.data) == (
        "sign_in_failed.v1",
        {"way": "foreign", "counts": False},
    )


@pytest.mark.parametrize("changes", [{"issuer": "https://evil"}, {"subject": "u-2"}])
def test_issuer_and_subject_together_are_one(changes: dict[str, str]) -> None:
    world = with_accounts()
    link(world)
    assert enter(world, **changes).type == "sign_in_failed.v1"


def test_an_identity_is_of_one_account() -> None:
    world = with_accounts()
    link(world)
    with refused("identity_taken"):
        link(world, "R2")
    link(world)


def test_who_unlinked_it_is_let_in_by_it_no_more_and_it_is_free() -> None:
    world = with_accounts()
    identity = link(world).data["identity"]
    payload = {"person": PERSON, "identity": identity}
    with refused("not_found", Unknown):
        identities.unlink(world.docs, payload | {"person": "R2"}, world.platform)
    world.happens(identities.unlink(world.docs, payload, world.platform))
    assert enter(world).type == "sign_in_failed.v1"
    assert link(world, "R2").data["person"] == "R2"


def test_what_is_linked_is_told_without_saying_who_one_is_there() -> None:
    world = with_accounts()
    linked = link(world)
    question = {"person": PERSON}
    (shown,) = views.listed(world.docs, question, world.platform)["items"]
    assert shown["provider"] == "city"
    assert LINK["subject"] not in json.dumps([shown, linked.data])
    nobody = views.listed(world.docs, {"person": "R9"}, world.platform)
    assert nobody["items"] == []


def test_an_account_that_is_not_open_lets_in_nobody() -> None:
    world = with_accounts()
    account = link(world).data["account"]
    suspended = COMMANDS["suspend_account"] | {"account": account}
    world.happens(accounts.suspend(world.docs, suspended, world.district))
    assert enter(world).type == "sign_in_failed.v1"
    with refused("account_not_open"):
        link(world, subject="u-2")


def test_with_the_person_it_goes_and_may_be_somebody_else_s() -> None:
    world = with_accounts()
    link(world)
    erase = examples.COMMANDS["erase_person"]
    world.happens(persons.erase(world.docs, erase, world.district))
    assert enter(world).type == "sign_in_failed.v1"
    link(world, "R2")
