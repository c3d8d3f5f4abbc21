"""Ways in: a code from the desk, good once, for minutes, and with one number."""

from datetime import timedelta

from schemas.documents import without
from schemas.people.desk_codes import TRIES
from services.kit.errors import Unknown
from services.people.rules import accounts
from services.people.views import accounts as views
from services.people.views import signing_in
from tests.given import refused
from tests.unit.people.stage import COMMANDS, KEYS, PERSON, recorded
from tests.unit.people.ways import HASH, enter, given_code, invited


def wrong(digits: str) -> str:
    return f"{(int(digits) + 1) % 1_000_000:06}"


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
