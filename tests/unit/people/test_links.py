"""Who acts for whom: for a time, with consent, and never by one's own word alone."""

from datetime import timedelta

import pytest

from services.kit.errors import Forbidden, Unknown
from services.people.model.ages import ALONE_FROM, is_under
from services.people.rules import links
from services.people.rules.person import sees
from services.people.views import links as views
from tests.examples import people as examples
from tests.examples.people import COMMUNITY
from tests.given import example_of, refused
from tests.unit.people.stage import COMMANDS, LINKED, PERSON, recorded

BEGIN = COMMANDS["begin_link"]
PAGE = {"after": None, "limit": 20}


def test_a_worker_writes_down_who_acts_for_an_elder() -> None:
    world = recorded()
    world.happens(links.begin(world.docs, BEGIN, world.worker))
    (link,) = views.list_my_links(world.docs, PAGE, world.oneself("R2"))["items"]
    assert (link["person"], link["person_name"]) == (PERSON, "王*")
    assert link["kind_text"] == "代办人"
    (same,) = views.list_links(world.docs, PAGE | {"person": PERSON}, world.oneself())[
        "items"
    ]
    assert same["id"] == link["id"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"holder": PERSON}, "same_person"),
        ({"until": "2026-05-31"}, "already_over"),
        ({"until": "2027-06-03"}, "too_long"),
        ({"consent": {"how": "当面", "on": "2026-06-02"}}, "consent_to_come"),
        ({"kind": "guardian"}, "grown_by_then"),
    ],
)
def test_a_link_is_for_two_and_for_a_time(
    changes: dict[str, object], code: str
) -> None:
    world = recorded()
    with refused(code):
        links.begin(world.docs, BEGIN | changes, world.worker)


def test_a_link_lasts_a_leap_year_and_from_today_on() -> None:
    world = recorded()
    for until in ("2026-06-01", "2027-06-02"):
        assert links.begin(world.docs, BEGIN | {"until": until}, world.worker)
    today = BEGIN | {"consent": {"how": "当面", "on": "2026-06-01"}}
    assert links.begin(world.docs, today, world.worker)


@pytest.mark.parametrize(
    ("born", "day", "is_so"),
    [
        ("2012-06", "2026-06-30", True),
        ("2012-06", "2026-07-01", False),
        ("2012", "2026-12-31", True),
        ("2012", "2027-01-01", False),
    ],
)
def test_somebody_may_be_under_fourteen_as_long_as_that_is_possible(
    born: str, day: str, is_so: bool
) -> None:
    assert is_under(born, ALONE_FROM, day) is is_so


def test_a_guardian_is_one_until_the_child_is_grown() -> None:
    world = recorded()
    world.record(born="2015-03")
    guardian = BEGIN | {"kind": "guardian"}
    links.begin(world.docs, guardian | {"until": "2033-03-31"}, world.worker)
    with refused("grown_by_then"):
        links.begin(world.docs, guardian | {"until": "2033-04-01"}, world.worker)
    world.notes.clear()
    with refused("born_needed"):
        links.begin(world.docs, guardian, world.worker)


def test_a_worker_has_no_link_by_their_own_word() -> None:
    """It would outlast the role."""
    world = recorded()
    worker = world.who(("community_worker", COMMUNITY), id=BEGIN["holder"])
    with refused("own_decision", Forbidden):
        links.begin(world.docs, BEGIN, worker)


def test_nobody_makes_a_link_to_somebody_else() -> None:
    world = recorded()
    with refused("not_found", Unknown):
        links.begin(world.docs, BEGIN, world.oneself("R2"))
    with refused("not_yours_to_keep", Forbidden):
        links.begin(world.docs, BEGIN, world.oneself(PERSON))


def test_the_same_link_is_not_made_twice() -> None:
    with refused("already_linked"):
        world = recorded(LINKED)
        links.begin(world.docs, BEGIN, world.worker)


@pytest.mark.parametrize("id", ["R1", "R2"])
def test_either_of_the_two_ends_it(id: str) -> None:
    world = recorded(LINKED)
    world.happens(links.end(world.docs, COMMANDS["end_link"], world.oneself(id)))
    assert views.list_my_links(world.docs, PAGE, world.oneself("R2"))["items"] == []


def test_nobody_else_ends_it_or_knows_of_it() -> None:
    world = recorded(LINKED)
    with refused("not_found", Unknown):
        links.end(world.docs, COMMANDS["end_link"], world.oneself("R9"))


def test_a_worker_has_no_link_by_their_own_key_either() -> None:
    """A machine has another id than who made it, and its link would outlast the key."""
    key = example_of(examples, "api_key_made.v1", person=BEGIN["holder"])
    world = recorded(key)
    machine = world.who(("community_worker", COMMUNITY), id=examples.API_KEY)
    with refused("only_by_account", Forbidden):
        links.begin(world.docs, BEGIN, machine)


def test_a_link_holds_on_its_last_day_and_not_on_the_next() -> None:
    world = recorded()
    today = BEGIN | {"until": "2026-06-01"}
    world.happens(links.begin(world.docs, today, world.worker))
    person = world.docs.the("persons", PERSON)
    assert sees(world.docs, person, world.oneself("R2"))
    world.later(timedelta(days=1))
    assert not sees(world.docs, person, world.oneself("R2"))
