"""Ways in end with what let whoever gave them give them, and once somebody may do more."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.people.rules import (
    accounts,
    desk,
    invitations,
    persons,
    roles,
    second_factors,
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
    hired,
    recorded,
)
from tests.unit.people.ways import (
    HASH,
    OF_PERSON,
    PAGE,
    accept,
    enter,
    given_code,
    invited,
)


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
