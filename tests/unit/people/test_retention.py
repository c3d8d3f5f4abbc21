"""How long a record is kept: while it is agreed to and used, and no longer."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from services.kit.entrypoints import Due
from services.kit.log import Fact
from services.people.folds.retention import kept_from, renew
from services.people.model import records
from services.people.rules import consents, links
from services.people.rules import persons as rules
from services.people.service import People
from services.people.views import persons, retention
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.stage import (
    BEGUN,
    COMMANDS,
    GRANTED,
    OPENED,
    PERSON,
    World,
    recorded,
)

YEARS = timedelta(days=3 * 366)
HERE = {"division": examples.COMMUNITY}
PAGE: Json = HERE | {"after": None, "limit": 20}
DUE: Due = People.keep_no_longer


def ripe(world: World) -> list[str]:
    now = world.now.isoformat()
    return [doc["id"] for doc in world.docs.find(DUE.ripe(now))]


def runs_out(world: World) -> Fact:
    fact = DUE.rule(world.docs, world.docs.the("persons", PERSON), world.platform)
    assert fact is not None
    return world.happens(fact)


def test_three_years_after_it_was_agreed_to_a_record_goes_by_itself() -> None:
    world = recorded()
    assert ripe(world) == []
    world.later(YEARS)
    assert ripe(world) == ["R1", "R2"]
    assert retention.count_overdue(world.docs, HERE, world.worker)["overdue"] == 2
    event = runs_out(world)
    assert (event.type, event.erases_of) == ("person_erased.v1", (PERSON,))
    assert ripe(world) == ["R2"]
    counted = retention.count_overdue(world.docs, HERE, world.worker)
    assert counted == {"kept": 1, "overdue": 1}


def test_what_is_over_is_in_no_list_before_it_is_gone() -> None:
    world = recorded()
    shown = persons.list_persons(world.docs, PAGE, world.worker)["items"]
    assert len(shown) == 2
    world.later(YEARS)
    assert persons.list_persons(world.docs, PAGE, world.worker)["items"] == []
    named = HERE | {"name": examples.NAME}
    assert persons.find_persons(world.docs, named, world.worker)["items"] == []


def test_it_is_renewed_by_consent_and_by_signing_in() -> None:
    world = recorded(OPENED)
    world.later(timedelta(days=400))
    on = {"on": "2027-07-01", "how": "电话"}
    payload = COMMANDS["give_consent"] | {"purpose": "record"} | on
    world.happens(consents.give(world.docs, payload, world.worker))
    world.later(YEARS - timedelta(days=400))
    assert ripe(world) == ["R2"]
    world.happens(BEGUN)
    world.later(timedelta(days=2 * 365))
    assert PERSON not in ripe(world)


def test_who_holds_a_role_is_kept_for_another_year() -> None:
    world = recorded(GRANTED)
    world.later(YEARS)
    assert runs_out(world).type == "person_kept.v1"
    assert ripe(world) == ["R2"]
    world.later(timedelta(days=367))
    assert PERSON in ripe(world)


def test_what_would_go_at_once_is_not_recorded() -> None:
    world = World()
    for day in ("2023-05-30", "2023-06-01"):
        said = COMMANDS["record_person"] | {"consent": {"how": "当面", "on": day}}
        with refused("consent_too_old"):
            rules.record(world.docs, said, world.worker)
    said = COMMANDS["record_person"] | {"consent": {"how": "当面", "on": "2023-06-02"}}
    assert rules.record(world.docs, said, world.worker)


def test_of_who_is_grown_the_month_of_birth_is_forgotten() -> None:
    child = example_of(examples, "link_begun.v1", kind="guardian", until="2028-03-31")
    world = recorded(child)
    world.record(born="2010-03")
    link = world.docs.the("links", examples.LINK)
    world.later(timedelta(days=2 * 365))
    world.happens(links.lapse(world.docs, link, world.platform))
    assert records.read(world.note, PERSON)["born"] == "2010"


@pytest.mark.parametrize("kind", ["proxy", "household"])
def test_of_who_is_no_child_nothing_is_forgotten_with_a_link(kind: str) -> None:
    world = recorded(example_of(examples, "link_begun.v1", kind=kind))
    world.record(born="1950-03")
    link = world.docs.the("links", examples.LINK)
    assert links.lapse(world.docs, link, world.platform).notes == {}


def test_of_a_child_without_a_birth_there_is_nothing_to_forget() -> None:
    world = recorded(example_of(examples, "link_begun.v1", kind="guardian"))
    world.notes.clear()
    link = world.docs.the("links", examples.LINK)
    assert links.lapse(world.docs, link, world.platform).notes == {}


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2026-06-01", "2029-06-01T16:00:00.000Z"),
        ("2028-02-28", "2031-02-28T16:00:00.000Z"),
        ("2028-02-29", "2031-02-28T16:00:00.000Z"),
    ],
)
def test_a_record_is_kept_to_the_end_of_the_same_day_three_years_on(
    day: str, until: str
) -> None:
    assert kept_from(day) == until


def test_only_a_record_there_is_is_renewed() -> None:
    world = recorded(example_of(examples, "person_erased.v1"))
    before = world.docs.the("persons", PERSON)
    for person in (PERSON, "R99"):
        renew(world.docs, person, "2030-01-01")
    assert world.docs.the("persons", PERSON) == before
    assert world.docs.get("persons", "R99") is None


def test_what_runs_out_goes_with_whatever_was_merged_into_it() -> None:
    """A merged record runs out by itself no more."""
    two = {"person": "R2", "into": PERSON}
    proposed = example_of(examples, "merge_proposed.v1", **two)
    world = recorded(proposed)
    world.happens(example_of(examples, "persons_merged.v1", **two))
    world.later(YEARS)
    event = runs_out(world)
    assert event.data["merged"] == ["R2"]
    assert event.erases_of == (PERSON, "R2")
    assert world.docs.the("persons", "R2")["state"] == "erased"


def test_what_is_parted_again_is_not_gone_at_once() -> None:
    """While it was merged nothing renewed it; whoever parted the two has looked at it now."""
    two = {"person": "R2", "into": PERSON}
    world = recorded(example_of(examples, "merge_proposed.v1", **two))
    world.happens(example_of(examples, "persons_merged.v1", **two))
    world.later(YEARS)
    world.happens(example_of(examples, "merge_undone.v1", **two))
    assert ripe(world) == [PERSON]
    world.later(YEARS)
    assert ripe(world) == [PERSON, "R2"]
