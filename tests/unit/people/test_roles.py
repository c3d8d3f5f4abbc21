"""Roles as facts: who may grant what where, one at a time, for a term; and what the gateway is told of them."""

import pytest

import schemas.branches
import schemas.cobuild
import schemas.partners  # noqa: F401  # Declare what others tell.
from schemas.documents import Json
from services.kit.errors import Forbidden, Unknown
from services.people.rules import accounts, persons, roles
from services.people.service import People
from services.people.views import roles as views
from tests.examples import branches, cobuild, partners
from tests.examples import people as examples
from tests.given import example_of, given_from, refused
from tests.unit.people.stage import (
    COMMANDS,
    GRANTED,
    PERSON,
    World,
    recorded,
)

GRANT = COMMANDS["grant_role"]
PAGE = {"after": None, "limit": 20}
OF_PERSON = {"person": PERSON}
RESIDENT = {"role": "resident", "scope": examples.COMMUNITY}
WORKER = {"role": "community_worker", "scope": examples.COMMUNITY}
EXAMPLES = {"partners": partners, "cobuild": cobuild, "branches": branches}


def organised(world: World) -> World:
    """With a unit of the east street and a partner of the west street."""
    for kind, collection, community in (
        ("U1", "units", examples.COMMUNITY),
        ("N1", "partners", "510108016001"),
    ):
        world.docs.put(collection, {"id": kind, "community": community})
    return world


def access(world: World) -> Json:
    return views.access(world.docs, OF_PERSON, world.platform)


@pytest.mark.parametrize(
    ("by", "role", "scope"),
    [
        (("district_admin", "510108"), "district_admin", "510108"),
        (("district_admin", "510108"), "district_analyst", "510108"),
        (("district_admin", "510108"), "street_admin", "510108015"),
        (("district_admin", "*"), "community_worker", "510108016001"),
        (("street_admin", "510108015"), "community_worker", "510108015001"),
        (("street_admin", "510108015"), "community_worker", "510108015"),
        (("street_admin", "510108015"), "unit_liaison", "unit/U1"),
    ],
)
def test_a_role_is_granted_by_who_may(
    by: tuple[str, str], role: str, scope: str
) -> None:
    world = organised(recorded())
    payload = GRANT | {"role": role, "scope": scope}
    granted = roles.grant(world.docs, payload, world.who(by))
    assert granted.data["since"] == "2026-06-01"
    assert granted.data["by"] == "P1"


@pytest.mark.parametrize(
    ("by", "role", "scope"),
    [
        (("street_admin", "510108015"), "street_admin", "510108015"),
        (("street_admin", "510108015"), "district_admin", "510108"),
        (("street_admin", "510108015"), "community_worker", "510108016001"),
        (("street_admin", "510108015"), "community_worker", "510108"),
        (("street_admin", "510108015"), "partner_manager", "partner/N1"),
        (("district_admin", "510108"), "unit_liaison", "unit/U9"),
        (("district_admin", "510108"), "district_admin", "510104"),
        (("community_worker", "510108015001"), "community_worker", "510108015001"),
        (("district_analyst", "510108"), "district_analyst", "510108"),
    ],
)
def test_and_by_nobody_else(by: tuple[str, str], role: str, scope: str) -> None:
    world = organised(recorded())
    payload = GRANT | {"role": role, "scope": scope}
    with refused("not_yours_to_grant", Forbidden):
        roles.grant(world.docs, payload, world.who(by))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": "street_admin", "scope": "510108015001"}, "scope_does_not_fit"),
        ({"role": "community_worker", "scope": "510108"}, "scope_does_not_fit"),
        ({"scope": "510108015009"}, "unknown_division"),
        ({"since": "2026-05-31"}, "begins_in_the_past"),
        ({"since": "2026-07-01", "until": "2026-06-30"}, "ends_before_it_begins"),
    ],
)
def test_a_grant_is_of_what_there_is(changes: Json, code: str) -> None:
    world = recorded()
    with refused(code):
        roles.grant(world.docs, GRANT | changes, world.district)


def test_nobody_grants_anything_to_themself() -> None:
    world = recorded()
    oneself = world.who(("district_admin", "510108"), id=PERSON)
    with refused("own_decision", Forbidden):
        roles.grant(world.docs, GRANT, oneself)


def test_a_role_is_held_once_at_a_time() -> None:
    world = recorded()
    granted = world.happens(roles.grant(world.docs, GRANT, world.district))
    with refused("already_held"):
        roles.grant(world.docs, GRANT, world.street)
    revoked = COMMANDS["revoke_role"] | {"grant": granted.data["grant"]}
    world.happens(roles.revoke(world.docs, revoked, world.street))
    roles.grant(world.docs, GRANT, world.street)


def test_nobody_who_is_erased_gets_a_role() -> None:
    world = recorded()
    world.happens(persons.erase(world.docs, COMMANDS["erase_person"], world.worker))
    with refused("person_erased"):
        roles.grant(world.docs, GRANT, world.district)


def test_who_has_an_account_is_a_resident_and_what_was_granted() -> None:
    world = recorded(GRANTED)
    assert access(world)["roles"] == []
    world.open_account_by(world.district)
    assert access(world)["roles"] == [RESIDENT, WORKER]


def test_a_role_is_in_force_within_its_term_alone() -> None:
    world = recorded()
    world.open_account()
    term = {"since": "2026-06-02", "until": "2026-06-30"}
    granted = world.happens(roles.grant(world.docs, GRANT | term, world.district))
    planned = world.docs.the("grants", granted.data["grant"])
    assert (planned["state"], access(world)["roles"]) == ("planned", [RESIDENT])
    assert planned["begins"] == "2026-06-01T16:00:00.000Z"
    world.happens(roles.begin(world.docs, planned, world.platform))
    assert access(world)["roles"] == [RESIDENT, WORKER]
    held = world.docs.the("grants", planned["id"])
    assert held["ends"] == "2026-06-30T16:00:00.000Z"
    world.happens(roles.expire(world.docs, held, world.platform))
    assert access(world)["roles"] == [RESIDENT]


def test_every_change_of_what_somebody_may_do_moves_their_access_on() -> None:
    world = recorded()
    account = world.open_account()
    granted = world.happens(roles.grant(world.docs, GRANT, world.district))
    of_account = {"account": account, "reason": "可疑登录"}
    seqs = [access(world)["seq"]]
    for rule, payload in (
        (roles.revoke, {"grant": granted.data["grant"], "reason": "离任"}),
        (accounts.suspend, of_account),
        (accounts.reinstate, of_account),
        (persons.move, COMMANDS["move_person"]),
    ):
        world.happens(rule(world.docs, payload, world.district))
        seqs.append(access(world)["seq"])
    assert seqs == sorted(set(seqs))


def test_an_account_that_is_suspended_may_nothing() -> None:
    world = recorded()
    suspended = COMMANDS["suspend_account"] | {"account": world.open_account()}
    world.happens(accounts.suspend(world.docs, suspended, world.worker))
    assert access(world)["roles"] == []


def test_the_gateway_is_told_whose_access_has_changed_since() -> None:
    world = recorded()
    everything = views.changed_access(world.docs, {"since": 0}, world.platform)
    assert everything == {"items": [], "head": 0, "more": False}
    world.happens(roles.grant(world.docs, GRANT, world.district))
    changed = views.changed_access(world.docs, {"since": 0}, world.platform)
    (change,) = changed["items"]
    assert change == {"person": PERSON, "seq": changed["head"]}
    since = {"since": changed["head"]}
    nothing = views.changed_access(world.docs, since, world.platform)
    assert nothing == changed | {"items": []}


def test_who_grants_sees_who_holds() -> None:
    world = recorded(GRANTED)
    question = PAGE | {"scope": examples.COMMUNITY}
    (held,) = views.list_holders(world.docs, question, world.street)["items"]
    assert (held["person"], held["name"]) == (PERSON, "王*")
    other = world.who(("street_admin", "510108016"))
    assert views.list_holders(world.docs, question, other)["items"] == []


def test_a_stranger_to_a_grant_does_not_know_of_it() -> None:
    world = recorded(GRANTED)
    with refused("not_found", Unknown):
        roles.revoke(world.docs, COMMANDS["revoke_role"], world.worker)
    assert views.get_grant(world.docs, {"grant": examples.GRANT}, world.oneself())
    with refused("not_yours_to_grant", Forbidden):
        roles.revoke(world.docs, COMMANDS["revoke_role"], world.oneself())


@pytest.mark.parametrize(
    ("source", "type", "role", "scope"),
    [
        ("partners", "partner_applied.v1", "partner_manager", "partner/N1"),
        ("partners", "partner_applied.v3", "partner_manager", "partner/N1"),
        ("cobuild", "unit_registered.v1", "unit_liaison", "unit/U1"),
        ("branches", "branch_established.v1", "branch_secretary", "branch/B1"),
    ],
)
def test_where_an_organisation_is_its_own_service_tells(
    source: str, type: str, role: str, scope: str
) -> None:
    world = recorded()
    payload = GRANT | {"role": role, "scope": scope}
    with refused("not_yours_to_grant", Forbidden):
        roles.grant(world.docs, payload, world.district)
    given_from(world.docs, People, source, example_of(EXAMPLES[source], type))
    roles.grant(world.docs, payload, world.district)
