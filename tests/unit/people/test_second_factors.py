"""The second factor: whose digits are good when, each once; codes on paper, each once; and who takes it off."""

from datetime import timedelta

import pytest
from pyotp import TOTP

from schemas.documents import Json
from schemas.people.second_factors import hash_of_code
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.people.model.second_factors import STEP_S, read, step_of
from services.people.rules import second_factors, sessions
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.stage import PERSON, World, recorded

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PAPER = [f"code-{number}" for number in range(10)]
HASHES = [hash_of_code(code) for code in PAPER]
HALF_A_MINUTE = timedelta(seconds=STEP_S)


def digits(world: World, later: timedelta = timedelta()) -> str:
    return TOTP(SECRET).at(world.now + later)


def offered(*facts: Fact) -> World:
    world = recorded(*facts)
    world.open_account()
    world.happens(second_factors.offer(world.docs, {"secret": SECRET}, world.oneself()))
    return world


def confirm(world: World, code: str) -> Fact:
    payload = {"code": code, "hashes": HASHES}
    return second_factors.confirm(world.docs, payload, world.oneself())


def with_one() -> World:
    """Set up half a minute ago."""
    world = offered()
    world.happens(confirm(world, digits(world)))
    world.later(HALF_A_MINUTE)
    return world


def account(world: World) -> Json:
    return world.docs.the("accounts", world.docs.the("persons", PERSON)["account"])


def said(world: World, code: str) -> Json | None:
    return second_factors.said_right(account(world), code, world.platform)


def enters(world: World, code: str) -> Fact:
    asked: Asked = world.platform
    payload = {
        "account": account(world)["id"],
        "right": True,
        "session": "ab" * 32,
        "code": code,
    }
    return world.happens(sessions.enter_by_password(world.docs, payload, asked))


@pytest.mark.parametrize("near", [-1, 0, 1])
def test_digits_are_good_in_their_half_minute_and_the_ones_beside_it(near: int) -> None:
    world = with_one()
    present = int(world.now.timestamp()) // STEP_S
    code = digits(world, near * HALF_A_MINUTE)
    assert step_of(SECRET, code, world.now) == present + near


@pytest.mark.parametrize("far", [-2, 2])
def test_digits_are_of_no_use_a_minute_off(far: int) -> None:
    world = with_one()
    assert step_of(SECRET, digits(world, far * HALF_A_MINUTE), world.now) is None


def test_nobody_is_let_in_by_digits_that_have_been_used_nor_by_older_ones() -> None:
    world = with_one()
    assert said(world, digits(world, -HALF_A_MINUTE)) is None
    now = digits(world)
    assert enters(world, now).type == "session_begun.v1"
    assert enters(world, now).type == "sign_in_failed.v1"
    assert said(world, digits(world, HALF_A_MINUTE)) is not None


def test_a_code_on_paper_lets_in_once() -> None:
    world = with_one()
    begun = enters(world, PAPER[3])
    assert (begun.type, begun.data["recovery"]) == ("session_begun.v1", 3)
    assert enters(world, PAPER[3]).type == "sign_in_failed.v1"
    assert said(world, PAPER[0]) == {"recovery": 0}
    assert said(world, "code-10") is None


def test_where_no_codes_were_written_none_is_right() -> None:
    assert read("") == []
    world = recorded()
    world.open_account()
    assert said(world, PAPER[0]) is None


def test_it_is_confirmed_by_who_was_offered_it_with_digits_of_now() -> None:
    world = recorded()
    world.open_account()
    with refused("nothing_offered"):
        confirm(world, "123456")
    world = offered()
    with refused("wrong_code"):
        confirm(world, digits(world, 3 * HALF_A_MINUTE))
    world.notes.pop(second_factors.offered_note(account(world)["id"]))
    with refused("nothing_offered"):
        confirm(world, digits(world))


def test_what_is_on_is_not_offered_again() -> None:
    world = with_one()
    with refused("already_on"):
        second_factors.offer(world.docs, {"secret": SECRET}, world.oneself())
    with refused("nothing_offered"):
        confirm(world, digits(world))


def test_who_has_no_account_has_none() -> None:
    world = recorded()
    with refused("no_account"):
        second_factors.offer(world.docs, {"secret": SECRET}, world.oneself())


def test_an_administrator_of_the_district_takes_it_off_and_nobody_their_own() -> None:
    world = with_one()
    payload = {"person": PERSON, "reason": "手机丢失"}
    for who, code in (
        (world.oneself(), "own_decision"),
        (world.worker, "not_yours_to_keep"),
        (world.street, "not_yours_to_keep"),
    ):
        with refused(code, Forbidden):
            second_factors.take_off(world.docs, payload, who)
    world.happens(second_factors.take_off(world.docs, payload, world.district))
    assert not second_factors.is_on(account(world))
    with refused("not_on"):
        second_factors.take_off(world.docs, payload, world.district)


def test_an_administrator_without_one_comes_in_by_password_as_a_resident() -> None:
    """But in the minute after an invitation was accepted."""
    granted = example_of(
        examples, "role_granted.v1", role="district_admin", scope="510108"
    )
    world = recorded(granted)
    world.open_account_by(world.district)
    assert enters(world, "").data["limited"]
    invited = account(world) | {"invited_at": world.now.isoformat()}
    limited = [
        second_factors.is_limited(world.docs, invited, who)
        for seconds in (59, 60)
        for who in [_at(world, seconds)]
    ]
    assert limited == [False, True]


@pytest.mark.parametrize("role", ["district_admin", "street_admin"])
def test_what_was_chosen_before_one_administered_lets_in_a_resident(role: str) -> None:
    """Whoever sent that link may have chosen both: a link that is sent since is from somebody above them."""
    world = with_one()
    invitation_accepted(world)
    world.happens(example_of(examples, "role_granted.v1", role=role))
    assert enters(world, digits(world)).data["limited"]
    world.happens(example_of(examples, "password_set.v1", account=account(world)["id"]))
    world.later(HALF_A_MINUTE)
    assert enters(world, digits(world)).data["limited"]
    invitation_accepted(world)
    world.later(HALF_A_MINUTE)
    assert "limited" not in enters(world, digits(world)).data


@pytest.mark.parametrize(
    ("scope", "limited"), [("510108015", False), ("510108016", True)]
)
def test_who_is_appointed_again_goes_on_with_the_password_chosen_as_that(
    scope: str, *, limited: bool
) -> None:
    """But not with one that was chosen in between, nor elsewhere."""
    world = with_one()
    street = {"role": "street_admin", "scope": "510108015"}
    world.happens(example_of(examples, "role_granted.v1", **street))
    invitation_accepted(world)
    world.happens(example_of(examples, "role_expired.v1"))
    again = street | {"grant": "G2", "scope": scope}
    world.happens(example_of(examples, "role_granted.v1", **again))
    assert ("limited" in enters(world, digits(world)).data) == limited
    for grant in ("G2", "G3"):
        world.happens(example_of(examples, "role_expired.v1", grant=grant))
        invitation_accepted(world)
        more = again | {"grant": "G3"}
        world.happens(example_of(examples, "role_granted.v1", **more))
        world.later(HALF_A_MINUTE)
        assert enters(world, digits(world)).data["limited"]


def test_a_link_of_who_appoints_them_is_good_enough() -> None:
    world = with_one()
    invitation_accepted(world)
    granted = example_of(
        examples, "role_granted.v1", role="street_admin", by=examples.KEEPER
    )
    world.happens(granted)
    assert "limited" not in enters(world, digits(world)).data


def test_who_administers_nobody_signs_in_by_the_password_of_before() -> None:
    world = with_one()
    invitation_accepted(world)
    world.happens(example_of(examples, "role_granted.v1"))
    assert "limited" not in enters(world, digits(world)).data


def invitation_accepted(world: World) -> None:
    """A password has been chosen by a link."""
    sent = world.happens(example_of(examples, "person_invited.v1"))
    about = {
        "account": account(world)["id"],
        "invitation": sent.data["invitation"],
    }
    world.happens(example_of(examples, "invitation_accepted.v1", **about))


def _at(world: World, seconds: int) -> Asked:
    later = World()
    later.now = world.now + timedelta(seconds=seconds)
    return later.platform
