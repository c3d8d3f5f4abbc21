"""Ways in: a password, what tries at it cost, and the sessions it begins."""

from datetime import timedelta

import pytest

from schemas.people.desk_codes import TRIES
from schemas.people.invitations import AcceptInvitation
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Fact
from services.people.folds.ways import locked_for
from services.people.model import passwords
from services.people.rules import desk, sessions
from services.people.views import accounts as views
from services.people.views import signing_in
from tests.examples import people as examples
from tests.given import refused
from tests.unit.people.stage import COMMANDS, GRANTED, KEYS, PERSON, World, recorded
from tests.unit.people.ways import (
    HASH,
    OF_PERSON,
    PAGE,
    accept,
    check,
    enter,
    given_code,
    invited,
)


def try_password(world: World, password: str) -> Fact:
    payload = check(world, password) | {"session": HASH}
    return world.happens(
        sessions.enter_by_password(world.docs, payload, world.platform)
    )


def test_a_right_password_begins_a_session_and_a_wrong_one_is_on_record() -> None:
    world = recorded()
    accept(world, invited(world))
    assert try_password(world, "another one 42").type == "sign_in_failed.v1"
    assert try_password(world, examples.PASSWORD).type == "session_begun.v1"


def test_after_five_wrong_passwords_nothing_is_right_for_a_minute() -> None:
    world = recorded()
    accept(world, invited(world))
    for _ in range(TRIES):
        try_password(world, "another one 42")
    locked = try_password(world, examples.PASSWORD)
    assert (locked.type, locked.data["counts"]) == ("sign_in_failed.v1", False)
    world.later(timedelta(minutes=1))
    assert try_password(world, examples.PASSWORD).type == "session_begun.v1"


@pytest.mark.parametrize(("failures", "minutes"), [(5, 1), (6, 2), (10, 32), (99, 60)])
def test_each_more_locks_for_twice_as_long(failures: int, minutes: int) -> None:
    assert locked_for(failures) == timedelta(minutes=minutes)


def test_a_new_password_ends_every_session() -> None:
    world = recorded()
    accept(world, invited(world))
    try_password(world, examples.PASSWORD)
    payload = passwords.with_hash(OF_PERSON | {"password": "quite another 7"})
    world.happens(sessions.set_password(world.docs, payload, world.platform))
    with refused("session_over", Unknown):
        signing_in.find_session(world.docs, {"hash": HASH}, world.platform)
    assert check(world, "quite another 7")["right"]


def signed_in(world: World) -> Asked:
    world.open_account()
    enter(world, given_code(world)["digits"])
    return world.oneself()


def test_one_sees_and_ends_one_s_own_sessions() -> None:
    world = recorded()
    oneself = signed_in(world)
    (session,) = views.list_signed_in(world.docs, PAGE, oneself)["items"]
    assert "hash" not in session
    question = {"session": session["id"]}
    with refused("not_found", Unknown):
        sessions.end(world.docs, question, world.oneself("R2"))
    world.happens(sessions.end(world.docs, question, oneself))
    assert views.list_signed_in(world.docs, PAGE, oneself)["items"] == []


def test_signing_out_everywhere_ends_all() -> None:
    world = recorded()
    oneself = signed_in(world)
    world.happens(sessions.end_all(world.docs, {}, oneself))
    assert views.list_signed_in(world.docs, PAGE, oneself)["items"] == []


@pytest.mark.parametrize(
    ("facts", "lasts"), [((), timedelta(days=30)), ((GRANTED,), timedelta(hours=12))]
)
def test_who_may_more_signs_in_more_often(
    facts: tuple[Fact, ...], lasts: timedelta
) -> None:
    world = recorded(*facts)
    world.open_account_by(world.district)
    code = desk.give(world.docs, OF_PERSON, world.district)
    world.happens(code)
    enter(world, KEYS.digits(code.data["desk_code"]))
    world.later(lasts - timedelta(seconds=1))
    question = {"hash": HASH}
    assert signing_in.find_session(world.docs, question, world.platform)
    world.later(timedelta(seconds=1))
    with refused("session_over", Unknown):
        signing_in.find_session(world.docs, question, world.platform)


@pytest.mark.parametrize(
    "password", ["1111111111", "1234567890", "abababababab", "kjihgfedcba", "short"]
)
def test_what_is_easily_guessed_is_no_password(password: str) -> None:
    payload = COMMANDS["accept_invitation"] | {"password": password}
    assert "password" in AcceptInvitation().validate(payload)


def test_one_s_own_number_is_no_password() -> None:
    payload = COMMANDS["accept_invitation"] | {"password": "a13800001234b"}
    assert "password" in AcceptInvitation().validate(payload)


def test_nobody_chooses_their_own_words_for_a_password() -> None:
    world = recorded()
    with refused("easy_password"):
        accept(world, invited(world), password="王秀英1950-00001234")
    accept(world, invited(world))
    payload = {"person": PERSON, "password": "王秀英王秀英1950!!"}
    with refused("easy_password"):
        sessions.set_password(world.docs, passwords.with_hash(payload), world.oneself())
