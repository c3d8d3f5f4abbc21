"""Ways in: an invitation, a code from the desk, a password; each good once, for a time, and for nobody else."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from schemas.documents import Json, without
from schemas.people.desk_codes import TRIES
from schemas.people.invitations import AcceptInvitation
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.people.folds.ways import locked_for
from services.people.model import passwords, records
from services.people.rules import (
    accounts,
    desk,
    invitations,
    persons,
    roles,
    second_factors,
    sessions,
)
from services.people.views import accounts as views
from services.people.views import signing_in
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.stage import (
    ACCOUNT,
    COMMANDS,
    DISMISSED,
    GRANTED,
    KEYS,
    OPENED,
    PERSON,
    World,
    hired,
    recorded,
)

OF_PERSON = {"person": PERSON}
HASH = examples.HASH
SECOND_HASH = "cd" * 32
PAGE = {"after": None, "limit": 20}


def invited(world: World) -> str:
    """The secret of a link that was sent."""
    sent = world.happens(invitations.invite(world.docs, OF_PERSON, world.worker))
    question = {"invitation": sent.data["invitation"]}
    path: str = views.get_invitation(world.docs, question, world.worker, KEYS)["path"]
    return path.partition("=")[2]


def accept(world: World, secret: str, **changes: str) -> Fact:
    said = {"secret": secret, "phone": examples.PHONE, "password": examples.PASSWORD}
    payload = passwords.with_hash(said | changes)
    return world.happens(invitations.accept(world.docs, payload, world.platform, KEYS))


def given_code(world: World) -> Json:
    given = world.happens(desk.give(world.docs, OF_PERSON, world.worker))
    question = {"desk_code": given.data["desk_code"]}
    return views.get_desk_code(world.docs, question, world.worker, KEYS)


def enter(world: World, digits: str, phone: str = examples.PHONE) -> Fact:
    payload = {"phone": phone, "digits": digits, "session": HASH}
    return world.happens(desk.enter(world.docs, payload, world.platform, KEYS))


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


def check(world: World, password: str, phone: str = examples.PHONE) -> Json:
    question = {"phone": phone, "password": password}
    return signing_in.check_password(world.docs, question, world.platform, KEYS)


def try_password(world: World, password: str) -> Fact:
    payload = check(world, password) | {"session": HASH}
    return world.happens(
        sessions.enter_by_password(world.docs, payload, world.platform)
    )


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


def test_nobody_gets_at_an_account_that_may_more_than_they() -> None:
    world = recorded()
    account = world.open_account()
    granted = roles.grant(world.docs, COMMANDS["grant_role"], world.district)
    world.happens(granted)
    of_account = {"account": account}
    login = of_account | {"phone": "+8613700007777"}
    reason = of_account | {"reason": "其他"}
    attempts: list[Callable[[Asked], Fact]] = [
        lambda who: invitations.invite(world.docs, OF_PERSON, who),
        lambda who: desk.give(world.docs, OF_PERSON, who),
        lambda who: accounts.change_login(world.docs, login, who, KEYS),
        lambda who: accounts.suspend(world.docs, reason, who),
        lambda who: persons.erase(world.docs, COMMANDS["erase_person"], who),
    ]
    for attempt in attempts:
        with refused("outranked", Forbidden):
            attempt(world.worker)
        attempt(world.street)


def test_a_machine_gives_nobody_a_way_in_and_no_role() -> None:
    """Whoever has its key would have a way in that outlasts it."""
    world = recorded(OPENED, example_of(examples, "api_key_made.v1"))
    machine = world.who(("district_admin", "510108"), id=examples.API_KEY)
    account, person = {"account": ACCOUNT}, {"person": PERSON}
    asked: tuple[tuple[Callable[..., Fact], Json], ...] = (
        (invitations.invite, person),
        (desk.give, person),
        (roles.grant, COMMANDS["grant_role"]),
        (second_factors.take_off, COMMANDS["take_off_second_factor"]),
        (accounts.reinstate, account),
    )
    for rule, payload in asked:
        with refused("only_by_account", Forbidden):
            rule(world.docs, payload, machine)
    login = {"phone": "+8613700007777"}
    for changes, of in (
        (accounts.open, {"person": "R2"}),
        (accounts.change_login, account),
    ):
        with refused("only_by_account", Forbidden):
            changes(world.docs, of | login, machine, KEYS)


def test_what_let_somebody_in_ends_when_they_may_more() -> None:
    world = recorded()
    world.open_account()
    secret, code = invited(world), given_code(world)
    world.happens(roles.grant(world.docs, COMMANDS["grant_role"], world.district))
    with refused("not_found", Unknown):
        accept(world, secret)
    assert enter(world, code["digits"]).type == "sign_in_failed.v1"


def test_a_link_is_good_for_nothing_once_who_sent_it_might_not() -> None:
    """Nor shown to them: whoever has it chooses a password, so it would outlast the role."""
    world = recorded()
    hired(world, "R2")
    secret = invited(world)
    world.happens(DISMISSED)
    question = {"invitation": secret.partition(".")[0]}
    formerly = world.oneself("R2")
    with refused("not_found", Unknown):
        views.get_invitation(world.docs, question, formerly, KEYS)
    with refused("not_found", Unknown):
        invitations.withdraw(world.docs, question, formerly)
    with refused("not_found", Unknown):
        accept(world, secret)


@pytest.mark.parametrize(
    "end",
    [
        DISMISSED,
        example_of(examples, "account_suspended.v1", account="NEW0", person="R2"),
        example_of(examples, "person_erased.v1", person="R2"),
        example_of(examples, "person_moved.v1", community="510108016001"),
    ],
    ids=["dismissed", "suspended", "erased", "moved"],
)
def test_what_lets_in_ends_with_what_let_the_giver_give_it(end: Fact) -> None:
    world = recorded()
    hired(world, "R2")
    world.open_account_by(world.district)
    secret, code = invited(world), given_code(world)
    world.happens(end)
    assert enter(world, code["digits"]).type == "sign_in_failed.v1"
    with refused("not_found", Unknown):
        accept(world, secret)


def test_what_lets_in_is_good_while_who_gave_it_might() -> None:
    world = recorded()
    hired(world, "R2")
    world.open_account_by(world.district)
    secret, code = invited(world), given_code(world)
    assert enter(world, code["digits"]).type == "session_begun.v1"
    accept(world, secret)


@pytest.mark.parametrize(
    ("way", "role", "stays"),
    [
        ("desk", "community_worker", False),
        ("password", "community_worker", True),
        ("code", "community_worker", True),
        ("password", "street_admin", False),
        ("code", "district_admin", False),
    ],
)
def test_who_may_more_signs_in_again_where_that_took_less(
    way: str, role: str, *, stays: bool
) -> None:
    """By a code from somebody of lesser rank; or, of who administers others, without a second factor."""
    world = recorded()
    account = world.open_account()
    about = {"account": account, "way": way}
    world.happens(example_of(examples, "session_begun.v1", **about))
    world.happens(example_of(examples, "role_granted.v1", role=role))
    live = views.list_signed_in(world.docs, PAGE, world.oneself())["items"]
    assert bool(live) == stays


def test_a_session_of_before_lasts_no_longer_than_one_begun_with_the_role() -> None:
    world = recorded()
    account = world.open_account()
    about = {"account": account, "way": "password"}
    world.happens(example_of(examples, "session_begun.v1", **about))
    world.happens(example_of(examples, "role_granted.v1"))
    world.later(timedelta(hours=12) - timedelta(seconds=1))
    assert signing_in.find_session(world.docs, {"hash": HASH}, world.platform)
    world.later(timedelta(seconds=1))
    with refused("session_over", Unknown):
        signing_in.find_session(world.docs, {"hash": HASH}, world.platform)


def test_an_account_of_who_holds_a_role_is_not_opened_by_everybody() -> None:
    world = recorded(GRANTED)
    with refused("outranked", Forbidden):
        world.open_account()


def test_a_code_from_the_desk_begins_a_session_once() -> None:
    world = recorded()
    world.open_account()
    digits = given_code(world)["digits"]
    begun = enter(world, digits)
    assert (begun.type, begun.data["person"]) == ("session_begun.v1", PERSON)
    found = signing_in.find_session(world.docs, {"hash": HASH}, world.platform)
    assert found["person"] == PERSON
    assert enter(world, digits).type == "sign_in_failed.v1"


def test_a_code_is_good_for_ten_minutes() -> None:
    world = recorded()
    world.open_account()
    digits = given_code(world)["digits"]
    world.later(timedelta(minutes=10))
    assert enter(world, digits).type == "sign_in_failed.v1"


def test_a_code_is_dead_after_five_wrong_tries() -> None:
    world = recorded()
    world.open_account()
    digits = given_code(world)["digits"]
    for _ in range(TRIES):
        assert enter(world, wrong(digits)).type == "sign_in_failed.v1"
    assert enter(world, digits).type == "sign_in_failed.v1"
    assert enter(world, given_code(world)["digits"]).type == "session_begun.v1"


def test_a_code_is_of_no_use_with_another_number() -> None:
    world = recorded()
    world.open_account()
    world.open_account("R2", "+8613700007777")
    digits = given_code(world)["digits"]
    assert enter(world, digits, "+8613700007777").type == "sign_in_failed.v1"
    unknown = enter(world, digits, "+8613600006666")
    assert without(unknown.data, "note") == {"way": "desk", "counts": True}
    assert enter(world, digits).type == "session_begun.v1"


def test_the_digits_are_shown_to_who_gave_them_alone() -> None:
    world = recorded()
    world.open_account()
    question = {"desk_code": given_code(world)["id"]}
    with refused("not_found", Unknown):
        views.get_desk_code(world.docs, question, world.street, KEYS)


def test_no_code_without_an_account_that_is_open() -> None:
    world = recorded()
    with refused("no_account"):
        given_code(world)
    suspended = COMMANDS["suspend_account"] | {"account": world.open_account()}
    world.happens(accounts.suspend(world.docs, suspended, world.worker))
    with refused("account_not_open"):
        given_code(world)


def test_a_child_has_no_account() -> None:
    world = recorded()
    world.record(born="2015-03")
    with refused("too_young"):
        world.open_account()
    with refused("too_young"):
        invited(world)


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
