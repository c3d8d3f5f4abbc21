"""Offices that are facts elsewhere: a branch's secretary may do what a secretary does, for as long as it says so."""

from types import ModuleType

import pytest

import schemas.branches  # noqa: F401  # Declares what branches tell.
from schemas.documents import Json
from services.kit.log import Event, Fact
from services.people.rules import offices, persons, roles
from services.people.service import People
from services.people.views import roles as views
from tests.examples import branches, grids
from tests.examples import people as examples
from tests.given import example_of, given_from, refused
from tests.unit.people.stage import COMMANDS, PERSON, World, recorded

BRANCH = branches.BRANCH
SECRETARY = {"role": "branch_secretary", "scope": f"branch/{BRANCH}"}
MEMBER = {"role": "grid_member", "scope": examples.COMMUNITY}
RESIDENT = {"role": "resident", "scope": examples.COMMUNITY}
TERM = {"since": "2026-06-01", "until": "2026-12-31"}
GRANT = SECRETARY | {"person": PERSON, "basis": "任命"}


def branched() -> World:
    """With a branch, and two people who have accounts."""
    world = recorded()
    established = example_of(branches, "branch_established.v1")
    given_from(world.docs, People, "branches", established)
    world.open_account_by(world.district)
    world.open_account_by(world.district, "R2", "+8613800004321")
    return world


def told(examples: ModuleType, type: str, **changes: object) -> Event:
    """As another service tells it; for whoever follows."""
    content: Json = {**examples.EVENTS[type], **changes}
    return Event(1, "E1", type, "stream", "2026-06-01T01:00:00.000Z", content, "")


def appointed(world: World, person: str = PERSON, **term: str) -> str:
    """Somebody is appointed; the id of what follows from it."""
    event = told(branches, "secretary_appointed.v1", person=person, **(TERM | term))
    fact = offices.follow_secretary(world.docs, event, world.platform)
    return str(world.happens(fact).data["grant"])


def ended(world: World, type: str, on: str = "2026-06-01") -> Fact | None:
    return offices.end_secretary(
        world.docs, told(branches, type, on=on), world.platform
    )


def held(world: World, person: str = PERSON) -> list[Json]:
    found = views.access(world.docs, {"person": person}, world.platform)
    roles: list[Json] = found["roles"]
    return roles


def changed(world: World, since: int) -> list[str]:
    answer = views.changed_access(world.docs, {"since": since}, world.platform)
    return [change["person"] for change in answer["items"]]


def test_who_is_appointed_is_secretary_within_the_term() -> None:
    world = branched()
    before = world.docs.seq
    grant = appointed(world)
    assert held(world) == [RESIDENT, SECRETARY]
    assert changed(world, before) == [PERSON]
    found = world.docs.the("grants", grant)
    assert (found["basis"], found["until"]) == ("支部任期", TERM["until"])
    assert found["ends"] == "2026-12-31T16:00:00.000Z"
    world.happens(roles.expire(world.docs, found, world.platform))
    assert held(world) == [RESIDENT]


def test_not_before_its_first_day_nor_when_it_is_over_already() -> None:
    world = branched()
    grant = appointed(world, since="2026-06-02")
    assert held(world) == [RESIDENT]
    planned = world.docs.the("grants", grant)
    world.happens(roles.begin(world.docs, planned, world.platform))
    assert held(world) == [RESIDENT, SECRETARY]
    world = branched()
    appointed(world, since="2025-01-01", until="2026-05-31")
    assert held(world) == [RESIDENT]


def test_who_comes_after_takes_over_at_once() -> None:
    world = branched()
    first = appointed(world, since="2026-05-01")
    before = world.docs.seq
    appointed(world, "R2")
    assert (held(world), held(world, "R2")[1:]) == ([RESIDENT], [SECRETARY])
    assert set(changed(world, before)) == {PERSON, "R2"}
    assert world.docs.the("grants", first)["until"] == "2026-05-31"


def test_or_from_the_first_day_of_the_new_term() -> None:
    world = branched()
    first = appointed(world)
    appointed(world, "R2", since="2026-09-01")
    assert held(world) == [RESIDENT, SECRETARY]
    cut = world.docs.the("grants", first)
    assert (cut["until"], cut["ends"]) == ("2026-08-31", "2026-08-31T16:00:00.000Z")


def test_of_two_terms_from_the_same_day_the_later_appointment_counts() -> None:
    world = branched()
    appointed(world)
    appointed(world, "R2")
    assert (held(world), held(world, "R2")[1:]) == ([RESIDENT], [SECRETARY])


def test_of_two_terms_from_the_same_day_to_come_the_earlier_appointment_never_is() -> (
    None
):
    world = branched()
    first = appointed(world, since="2026-09-01")
    second = appointed(world, "R2", since="2026-09-01")
    states = [world.docs.the("grants", id)["state"] for id in (first, second)]
    assert states == ["revoked", "planned"]


@pytest.mark.parametrize("type", ["branch_merged.v1", "branch_dissolved.v1"])
def test_a_branch_that_ends_has_no_secretary_any_more(type: str) -> None:
    world = branched()
    assert ended(world, type) is None, "nobody is in office"
    appointed(world, since="2026-05-01")
    before = world.docs.seq
    fact = ended(world, type)
    assert fact is not None
    world.happens(fact)
    assert held(world) == [RESIDENT]
    assert changed(world, before) == [PERSON]


def test_it_is_neither_granted_again_nor_revoked_here() -> None:
    world = branched()
    grant = appointed(world)
    with refused("already_held"):
        roles.grant(world.docs, GRANT, world.district)
    with refused("follows_term"):
        revoked = {"grant": grant, "reason": "离任"}
        roles.revoke(world.docs, revoked, world.district)


def on_the_roster(world: World, entry: str, person: str = PERSON) -> str:
    appointed = {"member": entry, "person": person, "community": examples.COMMUNITY}
    event = told(grids, "member_appointed.v1", **appointed)
    fact = offices.follow_member(world.docs, event, world.platform)
    return str(world.happens(fact).data["grant"])


def off_the_roster(world: World, entry: str) -> Fact | None:
    event = told(grids, "member_relieved.v1", member=entry)
    fact = offices.end_member(world.docs, event, world.platform)
    return world.happens(fact) if fact else None


def test_a_grid_has_several_members_and_a_member_may_be_of_several_grids() -> None:
    world = branched()
    for entry, person in (("M1", PERSON), ("M2", PERSON), ("M3", "R2")):
        on_the_roster(world, entry, person)
    before = world.docs.seq
    assert held(world) == [RESIDENT, MEMBER]
    assert MEMBER in held(world, "R2")
    off_the_roster(world, "M1")
    assert held(world) == [RESIDENT, MEMBER]
    off_the_roster(world, "M2")
    assert held(world) == [RESIDENT]
    assert changed(world, before) == [PERSON]
    assert MEMBER in held(world, "R2")


def test_an_entry_ends_once_and_is_revoked_by_the_roster_alone() -> None:
    world = branched()
    grant = on_the_roster(world, "M1")
    with refused("follows_term", says="名册"):
        revoked = {"grant": grant, "reason": "离任"}
        roles.revoke(world.docs, revoked, world.district)
    assert off_the_roster(world, "M1") is not None
    assert off_the_roster(world, "M1") is None


def test_what_was_granted_here_gives_way_to_the_branch() -> None:
    world = branched()
    world.happens(roles.grant(world.docs, GRANT, world.district))
    appointed(world)
    assert held(world) == [RESIDENT, SECRETARY]


def test_an_id_that_is_nobodys_here_and_one_erased_may_nothing() -> None:
    world = branched()
    appointed(world, "demo-secretary")
    assert held(world, "demo-secretary") == []
    world.happens(persons.erase(world.docs, COMMANDS["erase_person"], world.district))
    appointed(world)
    assert held(world) == []
