"""A calendar's address through its life, and what a calendar has when there is too much for it."""

from datetime import datetime, timedelta

import pytest

from schemas.activities.calendars import MOST_ENTRIES
from schemas.fields import instant
from services.activities.model import lifecycles
from services.activities.rules import calendars
from services.activities.service import Activities
from services.activities.views import calendars as read
from services.activities.views import personal_calendars
from services.kit.errors import Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.examples import people
from tests.examples.activities import SESSION
from tests.given import example_of, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    KEY,
    OPENED,
    PUBLISHED,
    STARTS,
    confirmed,
    fact,
    resident,
    stage,
)
from tests.walk import Walk

OF_COMMUNITY = {"division": "510108002001"}
PASSED_ON = fact(
    "seat_passed_on.v1",
    session=SESSION,
    signup="S1",
    person="R2",
    to={"person": "R3", "relation": "elder"},
)


def issue(docs: Overlay, id: str = "C1") -> Fact:
    return calendars.issue(docs, {}, resident("R1", new_id=id), KEY)


def with_address() -> Overlay:
    docs = stage(PUBLISHED)
    return given_from(docs, Activities, "activities", issue(docs))


def test_every_step_of_a_calendar() -> None:
    take = {
        "issue": issue,
        "revoke": lambda docs: calendars.revoke(docs, {}, resident("R1")),
    }
    Walk(
        Activities, lifecycles.CALENDAR, "calendars", "R1", with_address, take
    ).try_everything()


def test_the_secret_is_in_no_event() -> None:
    told = issue(stage())
    secret = calendars.secret_of("C1", KEY)
    assert told.data == {
        "person": "R1",
        "calendar": "C1",
        "secret_hash": calendars.hashed(secret),
    }
    assert len(secret) == 43
    assert calendars.secret_of("C1", b"another key") != secret


def test_the_address_of_who_is_erased_leads_nowhere() -> None:
    """Whoever has it would go on seeing where they go."""
    docs = with_address()
    secret = {"secret": calendars.secret_of("C1", KEY)}
    recorded = example_of(people, "person_recorded.v1", person="R1")
    given_from(docs, Activities, "people", recorded)
    assert personal_calendars.personal_calendar(docs, secret, resident("R9"), KEY)
    erased = example_of(people, "person_erased.v1", person="R1")
    given_from(docs, Activities, "people", erased)
    with refused("not_found", Unknown):
        personal_calendars.personal_calendar(docs, secret, resident("R9"), KEY)


def test_the_address_of_who_is_merged_leads_nowhere_until_they_are_parted() -> None:
    """Whoever stays has it nowhere to end; nothing that lets in moves."""
    docs = with_address()
    secret = {"secret": calendars.secret_of("C1", KEY)}
    docs.put("aliases", {"id": "R1", "into": "R2"})
    with refused("not_found", Unknown):
        personal_calendars.personal_calendar(docs, secret, resident("R9"), KEY)
    docs.put("aliases", {"id": "R1"})
    assert personal_calendars.personal_calendar(docs, secret, resident("R9"), KEY)


def test_the_owner_is_told_the_address_again() -> None:
    told = personal_calendars.my_calendar(with_address(), {}, resident("R1"), KEY)
    assert told["secret"] == calendars.secret_of("C1", KEY)
    with refused("not_found", Unknown):
        personal_calendars.my_calendar(with_address(), {}, resident("R2"), KEY)


NEW_KEY = b"a new key of the door"


def shown(docs: Overlay, secret: str, key: bytes) -> str:
    return str(
        personal_calendars.personal_calendar(
            docs, {"secret": secret}, resident("nobody", now=BEFORE), key
        )["name"]
    )


def test_a_new_key_ends_the_address_says_so_and_makes_another() -> None:
    docs = with_address()
    before = personal_calendars.my_calendar(docs, {}, resident("R1"), KEY)["secret"]
    assert shown(docs, before, KEY) == "我的活动"
    with refused("address_changed", Unknown, says="重新订阅"):
        shown(docs, before, NEW_KEY)
    after = personal_calendars.my_calendar(docs, {}, resident("R1"), NEW_KEY)["secret"]
    assert after != before
    assert shown(docs, after, NEW_KEY) == "我的活动"
    with refused("not_found", Unknown):
        shown(docs, after, KEY)


def test_an_address_made_after_a_new_key_ends_with_the_next_one_and_with_its_revocation() -> (
    None
):
    docs = with_address()
    after = personal_calendars.my_calendar(docs, {}, resident("R1"), NEW_KEY)["secret"]
    given_from(
        docs,
        Activities,
        "activities",
        calendars.issue(docs, {}, resident("R1", new_id="C2"), NEW_KEY),
    )
    with refused("not_found", Unknown):
        shown(docs, after, NEW_KEY)
    latest = personal_calendars.my_calendar(docs, {}, resident("R1"), NEW_KEY)["secret"]
    assert (len(latest), shown(docs, latest, NEW_KEY)) == (43, "我的活动")
    given_from(
        docs, Activities, "activities", calendars.revoke(docs, {}, resident("R1"))
    )
    for secret in (after, latest, calendars.secret_of("C1", KEY)):
        with refused("not_found", Unknown):
            shown(docs, secret, NEW_KEY)


@pytest.mark.parametrize(
    "secret", ["C1", "C1.", ".", "", "C1.字", "R1", "C1." + "A" * 43]
)
def test_naming_a_calendar_is_not_knowing_its_address(secret: str) -> None:
    with refused("not_found", Unknown):
        shown(with_address(), secret, KEY)


def test_with_too_many_sessions_those_to_come_go_first() -> None:
    docs = stage(PUBLISHED)
    session = docs.the("sessions", SESSION)
    for number in range(-20, MOST_ENTRIES - 10):
        begins = instant(STARTS + timedelta(hours=number + 0.5))
        docs.put("sessions", {**session, "id": f"X{number}", "starts_at": begins})
    calendar = read.get_calendar(docs, OF_COMMUNITY, resident("R1", now=STARTS))
    begin = [
        datetime.fromisoformat(entry["starts_at"]) for entry in calendar["entries"]
    ]
    assert (len(begin), calendar["complete"]) == (MOST_ENTRIES, False)
    assert begin == sorted(begin)
    assert begin[0] == STARTS - timedelta(hours=8.5)
    assert begin[-1] == STARTS + timedelta(hours=MOST_ENTRIES - 10.5)


def test_a_calendar_goes_back_thirty_days() -> None:
    docs = stage(PUBLISHED)
    for days, there in ((30, 1), (31, 0)):
        asked = resident("R1", now=STARTS + timedelta(days=days))
        assert len(read.get_calendar(docs, OF_COMMUNITY, asked)["entries"]) == there


def test_who_is_not_approved_yet_has_no_calendar() -> None:
    docs, question = stage(), {"host": "unit/U1"}
    registered = example_of(examples, "unit_registered.v1", unit="U1")
    given_from(docs, Activities, "cobuild", registered)
    with refused("not_found", Unknown, says="没有这样的日历"):
        read.get_calendar(docs, question, resident("R1"))
    given_from(
        docs, Activities, "cobuild", Fact("unit_approved.v1", "unit/U1", {"unit": "U1"})
    )
    assert (
        read.get_calendar(docs, question, resident("R1"))["name"]
        == f"{registered.data['name']}活动"
    )


def own_entry(docs: Overlay, person: str) -> tuple[str, int]:
    """The status and the version of the only session in the person's calendar."""
    told = calendars.issue(docs, {}, resident(person, new_id=f"C-{person}"), KEY)
    given_from(docs, Activities, "activities", told)
    question = {"secret": calendars.secret_of(f"C-{person}", KEY)}
    (entry,) = personal_calendars.personal_calendar(
        docs, question, resident("nobody", now=BEFORE), KEY
    )["entries"]
    return entry["status"], entry["changes"]


def test_a_seat_passed_on_is_cancelled_for_one_and_confirmed_for_the_other() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("S1", "R1", "R2", ticket=1))
    before = own_entry(docs, "R2")
    given_from(docs, Activities, "activities", PASSED_ON)
    after = own_entry(docs, "R2")
    assert (before[0], after[0]) == ("confirmed", "cancelled")
    assert after[1] > before[1]
    assert own_entry(docs, "R3")[0] == own_entry(docs, "R1")[0] == "confirmed"
