"""Codes that are sent: good once, for five minutes, in one browser; and nobody learns whose a number is."""

import json
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest

from schemas.documents import Json, without
from schemas.people.desk_codes import TRIES
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.ways.configured import Ways, ways_in
from services.people.model import records
from services.people.rules import accounts, persons, sent_codes
from services.people.rules.sent_codes import Means
from services.people.views import sent_codes as views
from services.people.views.persons import get_person
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

SMS = """
[senders.sms]
by = "http"
url = "http://127.0.0.1/send"
body = '{"mobile": "{phone}", "code": "{code}"}'
secret_file = "none"
daily = 3

[senders.mail]
by = "mail"
server = "smtp.example.org"
user = "notices"
sender = "notices@example.org"
secret_file = "none"
"""
WAYS: Ways = ways_in(SMS)
MEANS = Means(KEYS, WAYS)
OTHER_PHONE, OTHER_BROWSER = "+8613700007777", "0f" * 32
ASK, ENTER = COMMANDS["ask_for_code"], COMMANDS["enter_by_code"]


def with_account() -> World:
    world = recorded()
    world.open_account()
    return world


def ask(world: World, phone: str = examples.PHONE, **changes: str) -> Fact:
    payload = ASK | {"phone": phone} | changes
    return world.happens(sent_codes.ask(world.docs, payload, world.platform, MEANS))


def take(world: World, sender: str = "sms") -> Fact | None:
    payload = {"sender": sender}
    fact = sent_codes.take(world.docs, payload, world.platform)
    return world.happens(fact) if fact else None


def report(world: World, asked: Fact, outcome: str) -> Fact:
    payload = {"sent_code": asked.data["sent_code"], "outcome": outcome}
    return world.happens(sent_codes.report(world.docs, payload, world.platform))


def read(world: World, asked: Fact) -> Json:
    question = {"sent_code": asked.data["sent_code"]}
    return views.read(world.docs, question, world.platform, MEANS)


def enter(world: World, digits: str, browser: str = examples.BROWSER) -> Fact:
    payload = ENTER | {"digits": digits, "browser": browser}
    return world.happens(sent_codes.enter(world.docs, payload, world.platform, KEYS))


def code_of(world: World, asked: Fact) -> Json:
    return world.docs.the("sent_codes", asked.data["sent_code"])


def test_a_code_is_mailed_to_the_address_given_with_the_number_and_to_no_other() -> (
    None
):
    world = with_account()
    account = world.docs.the("persons", PERSON)["account"]
    login = {"account": account, "phone": examples.PHONE}
    assert read(world, ask(world, sender="mail"))["address"] == ""
    mail = login | {"mail": "wang@example.org"}
    world.happens(accounts.change_login(world.docs, mail, world.district, KEYS))
    world.later(timedelta(minutes=2))
    assert read(world, ask(world, sender="mail"))["address"] == mail["mail"]
    world.later(timedelta(minutes=2))
    assert read(world, ask(world))["address"] == examples.PHONE
    shown = get_person(world.docs, {"person": PERSON}, world.worker)
    assert shown["mail"] == "w****@example.org"
    world.happens(accounts.change_login(world.docs, login, world.district, KEYS))
    assert "mail" not in records.read(world.note, PERSON)


def test_a_code_that_was_sent_lets_in_once() -> None:
    world = with_account()
    digits = read(world, ask(world))["digits"]
    begun = enter(world, digits)
    assert (begun.type, begun.data["person"]) == ("session_begun.v1", PERSON)
    assert begun.data["way"] == "code"
    assert enter(world, digits).type == "sign_in_failed.v1"


def test_it_stands_for_no_second_factor() -> None:
    world = with_account()
    has_second_factor(world)
    begun = enter(world, read(world, ask(world))["digits"])
    assert (begun.type, begun.data["limited"]) == ("session_begun.v1", True)


def test_by_it_an_administrator_is_a_resident() -> None:
    """Who has no second factor yet is none by password either, and whoever has the telephone needs no password."""
    world = with_account()
    world.happens(example_of(examples, "role_granted.v1", role="street_admin"))
    assert enter(world, read(world, ask(world))["digits"]).data["limited"]


def test_it_goes_to_the_login_number_and_says_nothing_of_it_in_any_event() -> None:
    world = with_account()
    asked = ask(world)
    message = read(world, asked)
    assert message["address"] == examples.PHONE
    written = json.dumps([asked.data, enter(world, message["digits"]).data])
    assert examples.PHONE[3:] not in written
    assert message["digits"] not in written


def test_it_is_good_for_five_minutes() -> None:
    world = with_account()
    digits = read(world, ask(world))["digits"]
    world.later(timedelta(minutes=5))
    assert enter(world, digits).type == "sign_in_failed.v1"


def test_it_is_good_in_the_browser_that_asked_alone() -> None:
    world = with_account()
    digits = read(world, ask(world))["digits"]
    assert enter(world, digits, OTHER_BROWSER).type == "sign_in_failed.v1"
    assert enter(world, digits).type == "session_begun.v1"


def test_it_is_dead_after_five_wrong_tries() -> None:
    world = with_account()
    asked = ask(world)
    digits = read(world, asked)["digits"]
    for _ in range(TRIES):
        wrong = enter(world, f"{(int(digits) + 1) % 1_000_000:06}")
        assert wrong.type == "sign_in_failed.v1"
    assert enter(world, digits).type == "sign_in_failed.v1"
    assert code_of(world, asked)["state"] == "dead"


def test_the_codes_of_two_browsers_do_not_disturb_each_other() -> None:
    """Whoever knows a number cannot spoil the code its owner waits for."""
    world = with_account()
    digits = read(world, ask(world))["digits"]
    world.later(timedelta(minutes=1))
    ask(world, browser=OTHER_BROWSER)
    assert enter(world, "000000", OTHER_BROWSER).type == "sign_in_failed.v1"
    assert enter(world, digits).type == "session_begun.v1"


def test_a_number_of_nobody_s_is_written_down_alike_and_nothing_is_sent() -> None:
    world = with_account()
    known = ask(world)
    assert take(world) is not None
    unknown = ask(world, OTHER_PHONE, browser=OTHER_BROWSER)
    assert take(world) is None
    assert without(known.data, "account", "person").keys() == unknown.data.keys()
    with refused("not_found", Unknown):
        read(world, unknown)
    digits = KEYS.sent_digits(unknown.data["sent_code"])
    assert enter(world, digits, OTHER_BROWSER).type == "sign_in_failed.v1"


def test_of_an_account_that_is_not_open_nothing_is_sent() -> None:
    world = recorded()
    suspended = COMMANDS["suspend_account"] | {"account": world.open_account()}
    world.happens(accounts.suspend(world.docs, suspended, world.worker))
    assert "account" not in ask(world).data
    assert take(world) is None


@pytest.mark.parametrize("phone", [examples.PHONE, OTHER_PHONE])
def test_a_number_is_sent_one_a_minute_five_an_hour_ten_a_day(phone: str) -> None:
    """Whoever's it is, or nobody's."""
    world = with_account()
    generous = Means(KEYS, ways_in(SMS.replace("daily = 3", "daily = 100")))
    payload = ASK | {"phone": phone}
    asked: list[timedelta] = []
    start = world.now
    while world.now < start + timedelta(days=1):
        with suppress(Refused):
            world.happens(sent_codes.ask(world.docs, payload, world.platform, generous))
            asked.append(world.now - start)
        world.later(timedelta(seconds=30))
    minutes = [moment / timedelta(minutes=1) for moment in asked]
    assert len(minutes) == 10
    assert all(after - before >= 1 for before, after in pairwise(minutes))
    assert len([minute for minute in minutes if minute < 60]) == 5


def test_whoever_asks_too_often_is_told_so() -> None:
    world = with_account()
    ask(world)
    with refused(sent_codes.TOO_OFTEN):
        ask(world, browser=OTHER_BROWSER)


def test_on_a_day_there_are_so_many_whoever_asks() -> None:
    world = with_account()
    for _ in range(3):
        ask(world)
        world.later(timedelta(minutes=2))
    with refused(sent_codes.TOO_MANY):
        ask(world, OTHER_PHONE)
    world.later(timedelta(days=1))
    ask(world)


def test_numbers_of_nobody_s_use_up_nothing_of_the_day() -> None:
    """Or whoever invents numbers keeps everybody out."""
    world = with_account()
    for last in range(10):
        ask(world, f"+861370000777{last}")
    ask(world)


def test_there_is_no_sender_but_those_set_up() -> None:
    with refused("not_found", Unknown):
        ask(with_account(), sender="pigeon")


def test_one_that_was_sent_is_not_sent_again() -> None:
    world = with_account()
    asked = ask(world)
    assert take(world, "other") is None
    assert take(world) is not None
    report(world, asked, "made")
    world.later(timedelta(minutes=1))
    assert take(world) is None


@pytest.mark.parametrize("outcome", ["failed", "unknown", ""])
def test_one_that_was_not_sent_is_tried_again_a_few_times(outcome: str) -> None:
    """Also where nobody has told what came of it."""
    world = with_account()
    asked = ask(world)
    for _ in range(3):
        assert take(world) is not None
        assert take(world) is None
        if outcome:
            report(world, asked, outcome)
            assert take(world) is None
        world.later(timedelta(seconds=31))
    assert take(world) is None
    assert enter(world, read(world, asked)["digits"]).type == "session_begun.v1"


def test_what_is_used_or_over_is_not_sent() -> None:
    world = with_account()
    enter(world, read(world, ask(world))["digits"])
    assert take(world) is None
    world.later(timedelta(minutes=1))
    asked = ask(world)
    world.later(timedelta(minutes=5))
    assert take(world) is None
    with refused("not_found", Unknown):
        read(world, asked)


def test_a_code_goes_with_the_number_and_with_the_person() -> None:
    world = with_account()
    account = world.docs.the("persons", PERSON)["account"]
    asked = ask(world)
    login = {"account": account, "phone": OTHER_PHONE}
    world.happens(accounts.change_login(world.docs, login, world.district, KEYS))
    assert code_of(world, asked)["state"] == "dead"
    again = ask(world, OTHER_PHONE)
    world.happens(persons.erase(world.docs, COMMANDS["erase_person"], world.district))
    assert code_of(world, again)["state"] == "dead"


def test_one_that_is_over_is_expired_by_time() -> None:
    world = with_account()
    asked = ask(world)
    world.happens(sent_codes.expire(world.docs, code_of(world, asked), world.platform))
    assert code_of(world, asked)["state"] == "expired"
