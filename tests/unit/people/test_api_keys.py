"""Keys of machines: by whom they are made, of what, until when, and what they are worth afterwards."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.people.rules import api_keys
from services.people.views import api_keys as views
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.stage import COMMANDS, PERSON, World, recorded

WORKER = {"role": "community_worker", "scope": examples.COMMUNITY}
TODAY, IN_A_YEAR = "2026-06-01", "2027-06-01"
HASH = COMMANDS["make_api_key"]["hash"]


@pytest.fixture
def world() -> World:
    world = recorded()
    world.open_account()
    return world


def clerk(world: World) -> Asked:
    """The person, who works for the community."""
    return world.who((WORKER["role"], WORKER["scope"]), id=PERSON)


def make(world: World, who: Asked | None = None, **said: Any) -> Fact:
    payload = {**COMMANDS["make_api_key"], "roles": [WORKER], **said}
    return api_keys.make(world.docs, payload, who or clerk(world))


def kept(world: World, **changes: object) -> Json:
    made = example_of(
        examples, "api_key_made.v1", roles=[WORKER], until=IN_A_YEAR, **changes
    )
    world.happens(made)
    return world.docs.the("api_keys", made.data["api_key"])


@pytest.mark.parametrize("until", [TODAY, IN_A_YEAR])
def test_it_is_good_until_a_day_within_a_year(world: World, until: str) -> None:
    assert make(world, until=until).data["until"] == until


@pytest.mark.parametrize("until", ["2026-05-31", "2027-06-02"])
def test_no_key_is_over_already_or_good_for_longer(world: World, until: str) -> None:
    with refused("too_long"):
        make(world, until=until)


def test_only_a_person_with_an_account_makes_one(world: World) -> None:
    nobody = world.who((WORKER["role"], WORKER["scope"]), id="NOBODY")
    without = world.who((WORKER["role"], WORKER["scope"]), id="R2")
    for who in (nobody, without):
        with refused("only_by_account", Forbidden):
            make(world, who)


def test_it_can_do_what_its_maker_may_and_might_give_away_and_no_more(
    world: World,
) -> None:
    elsewhere = WORKER | {"scope": "510108016001"}
    for above in (elsewhere, {"role": "street_admin", "scope": "510108015"}):
        with refused("above_own", Forbidden):
            make(world, roles=[WORKER, above])
    street = world.who(("street_admin", "510108015"), id=PERSON)
    assert make(world, street)
    with refused("scope_does_not_fit"):
        make(world, world.who(("street_admin", "*"), id=PERSON), roles=[
            {"role": "street_admin", "scope": examples.COMMUNITY}
        ])  # fmt: skip


def test_somebody_has_twenty_at_most_that_are_good(world: World) -> None:
    for number in range(api_keys.MOST_LIVE - 1):
        kept(world, api_key=f"K{number}")
    last = make(world)
    kept(world, api_key="K-last")
    with refused("too_many_keys"):
        make(world)
    revoked = {"api_key": "K0"}
    world.happens(api_keys.revoke(world.docs, revoked, world.oneself()))
    assert make(world).type == last.type


def test_it_is_revoked_by_its_maker_once(world: World) -> None:
    kept(world, api_key="K1")
    payload = {"api_key": "K1"}
    with refused("not_found", Unknown):
        api_keys.revoke(world.docs, payload, world.oneself("R2"))
    world.happens(api_keys.revoke(world.docs, payload, world.oneself()))
    with refused("cannot_revoke"):
        api_keys.revoke(world.docs, payload, world.oneself())


def test_a_key_is_good_through_its_last_day_to_who_has_its_secret(
    world: World,
) -> None:
    key = kept(world)
    assert api_keys.is_good(key, HASH, world.platform)
    assert not api_keys.is_good(key, "00" * 32, world.platform)
    assert not api_keys.is_good(None, "", world.platform)
    world.now = world.now.replace(year=2027, hour=15, minute=59)
    assert api_keys.is_good(key, HASH, world.platform)
    world.later(timedelta(minutes=1))
    assert not api_keys.is_good(key, HASH, world.platform)


def test_a_key_that_is_over_is_good_for_nothing(world: World) -> None:
    over = kept(world)
    world.happens(api_keys.expire(world.docs, over, world.platform))
    over = world.docs.the("api_keys", over["id"])
    assert not api_keys.is_good(over, HASH, world.platform)


def test_it_is_worth_what_its_maker_still_has(world: World) -> None:
    key = kept(world)
    admin = {"role": "street_admin", "scope": "510108015"}
    anybody = world.who()
    assert isinstance(anybody.actor, Actor)
    for maker, worth in (([WORKER], [WORKER]), ([admin], [WORKER]), ([], [])):
        assert api_keys.worth(world.docs, key, maker, anybody) == worth


def test_its_name_is_a_note_of_its_maker_and_in_older_logs_its_own(
    world: World,
) -> None:
    who = clerk(world)
    made = world.happens(make(world, name="王秀英的小程序"))
    assert "王秀英" not in str(made.data)
    kept(world, name="旧的", api_key="K0")
    page = {"after": None, "limit": 20}
    listed = views.list_api_keys(world.docs, page, who)["items"]
    assert {one["name"] for one in listed} == {"王秀英的小程序", "旧的"}
