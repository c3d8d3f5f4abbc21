"""Ways in: an invitation, good once, for a time, and for nobody else."""

import json
from datetime import timedelta

import pytest

from services.kit.errors import Unknown
from services.people.model import records
from services.people.rules import desk, invitations
from services.people.views import accounts as views
from tests.examples import people as examples
from tests.given import refused
from tests.unit.people.stage import KEYS, PERSON, recorded
from tests.unit.people.ways import OF_PERSON, accept, check, invited


def test_who_is_invited_chooses_a_number_and_a_password() -> None:
    world = recorded()
    accepted = accept(world, invited(world))
    assert accepted.of == PERSON
    account = accepted.data["account"]
    assert check(world, examples.PASSWORD) == {"account": account, "right": True}
    assert check(world, "another one 42")["right"] is False
    assert records.read(world.note, PERSON)["login"] == examples.PHONE
    assert examples.PASSWORD not in json.dumps(world.notes)


def test_an_invitation_is_good_once() -> None:
    world = recorded()
    secret = invited(world)
    accept(world, secret)
    with refused("not_found", Unknown):
        accept(world, secret)


def test_an_invitation_is_good_for_a_week() -> None:
    world = recorded()
    secret = invited(world)
    world.later(timedelta(days=7))
    with refused("not_found", Unknown):
        accept(world, secret)


@pytest.mark.parametrize("secret", ["", "NEW0", "NEW0.", "NEW0.x", "NEW9.x", ".", "x."])
def test_a_link_that_was_not_sent_is_none(secret: str) -> None:
    world = recorded()
    invited(world)
    with refused("not_found", Unknown):
        accept(world, secret)


def test_a_new_invitation_ends_the_one_before() -> None:
    world = recorded()
    secret = invited(world)
    accept(world, invited(world))
    with refused("not_found", Unknown):
        accept(world, secret)


def test_an_invitation_lets_in_again_who_forgot_the_password() -> None:
    world = recorded()
    before = accept(world, invited(world)).data["account"]
    again = accept(world, invited(world), phone="+8613700007777")
    assert again.data["account"] == before
    assert check(world, examples.PASSWORD, "+8613700007777")["right"]
    assert check(world, examples.PASSWORD) == {"account": "", "right": False}


def test_nothing_in_an_event_leads_to_a_link_or_a_code() -> None:
    world = recorded()
    sent = world.happens(invitations.invite(world.docs, OF_PERSON, world.worker))
    world.open_account()
    given = world.happens(desk.give(world.docs, OF_PERSON, world.worker))
    secret = KEYS.invitation(sent.data["invitation"])
    digits = KEYS.digits(given.data["desk_code"])
    assert secret not in json.dumps(sent.data)
    assert digits not in json.dumps(given.data)


def test_the_link_is_shown_to_who_sent_it_alone() -> None:
    world = recorded()
    sent = world.happens(invitations.invite(world.docs, OF_PERSON, world.worker))
    question = {"invitation": sent.data["invitation"]}
    assert "path" not in views.get_invitation(world.docs, question, world.street, KEYS)
    with refused("not_found", Unknown):
        views.get_invitation(world.docs, question, world.oneself("R9"), KEYS)
