"""Audit: entries of who did what, looked up by who administers the place, and by each person about themself."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from services.kit.errors import Unknown
from services.people.rules import accounts, audit, persons, roles, sessions
from services.people.views import audit as views
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.stage import BEGUN, COMMANDS, KEYS, PERSON, World, recorded

PAGE: Json = {"after": None, "limit": 20}
DISTRICT: Json = PAGE | {"division": "510108"}
LOOK: Json = {"kind": "record", "by": "P4", "persons": [PERSON], "ago_s": 2}
FAILED = example_of(
    examples, "sign_in_failed.v1", account=examples.ACCOUNT, way="password", counts=True
)


def looked(world: World, *looks: Json, lost: int = 0) -> None:
    payload = {"looks": list(looks), "lost": lost}
    world.happens(audit.record_looks(world.docs, payload, world.platform, KEYS))


def entries(world: World, **only: str) -> list[Json]:
    found: list[Json] = views.list_audit(world.docs, DISTRICT | only, world.district)[
        "items"
    ]
    return found


def kinds(found: list[Json]) -> list[str]:
    return [entry["kind"] for entry in found]


def test_a_look_is_found_by_person_by_who_looked_by_kind_and_by_time() -> None:
    world = recorded()
    looked(world, LOOK, LOOK | {"by": "P5", "persons": ["R2"]})
    at = entries(world)[0]["at"]
    assert len(entries(world)) == 2
    assert [entry["by"] for entry in entries(world, person=PERSON)] == ["P4"]
    assert [entry["person"] for entry in entries(world, by="P5")] == ["R2"]
    assert entries(world, kind="search") == []
    assert len(entries(world, kind="record", since=at)) == 2
    assert entries(world, until=at) == []


def test_it_happened_when_it_was_seen_and_not_when_it_was_told() -> None:
    world = recorded()
    world.later(timedelta(seconds=30))
    looked(world, LOOK, LOOK | {"ago_s": 12})
    late, early = (entry["at"] for entry in entries(world))
    assert late > early


def test_a_search_says_of_two_words_that_they_are_the_same_and_no_more() -> None:
    world = recorded()
    search = LOOK | {"kind": "search", "tried": examples.NAME}
    payload = {"looks": [search, search | {"tried": "王"}], "lost": 0}
    fact = audit.record_looks(world.docs, payload, world.platform, KEYS)
    first, second = (look["tried"] for look in fact.data["looks"])
    again = audit.record_looks(world.docs, payload, world.platform, KEYS)
    assert first == again.data["looks"][0]["tried"] != second
    assert examples.NAME not in str(fact)


def test_each_person_sees_who_looked_at_theirs() -> None:
    world = recorded()
    looked(world, LOOK, {"kind": "audit", "by": "P6", "persons": [], "ago_s": 0})
    world.happens(persons.reveal(world.docs, COMMANDS["reveal_person"], world.worker))
    mine = views.list_looks(world.docs, PAGE | {"person": PERSON}, world.oneself())
    assert sorted(kinds(mine["items"])) == ["record", "reveal"]
    with refused("not_found", Unknown):
        views.list_looks(world.docs, PAGE | {"person": PERSON}, world.oneself("R9"))


def test_of_a_roster_there_is_an_entry_for_each_whose_record_there_is() -> None:
    world = recorded()
    roster = {"kind": "roster", "about": "activity/A1", "place": examples.COMMUNITY}
    looked(world, LOOK | roster | {"persons": [PERSON, "R2", "somebody"]})
    looked(world, LOOK | roster | {"persons": ["somebody"]})
    found = entries(world)
    assert [entry.get("person") for entry in found].count(None) == 1
    assert {entry.get("person") for entry in found} == {PERSON, "R2", None}


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (("district_admin", "510108"), 1),
        (("street_admin", "510108015"), 1),
        (("street_admin", "510108016"), 0),
        (("district_admin", "510107"), 0),
        (("community_worker", examples.COMMUNITY), 0),
    ],
)
def test_everybody_finds_what_is_of_their_own_places(
    role: tuple[str, str], sees: int
) -> None:
    world = recorded()
    looked(world, LOOK)
    who = world.who(role, id="P7")
    assert len(views.list_audit(world.docs, DISTRICT, who)["items"]) == sees


def test_signing_in_and_failing_to_roles_and_what_happens_to_an_account_are_found() -> (
    None
):
    world = recorded()
    account = world.open_account()
    world.happens(roles.grant(world.docs, COMMANDS["grant_role"], world.district))
    grant = entries(world, kind="role_granted")[0]
    assert (grant["role"], grant["by"]) == ("community_worker", examples.GRANTER)
    named = {"account": account, "person": PERSON}
    world.happens(BEGUN.__class__(BEGUN.type, BEGUN.stream, BEGUN.data | named))
    failed = FAILED.data | {"account": account}
    world.happens(FAILED.__class__(FAILED.type, FAILED.stream, failed))
    suspend = {"account": account, "reason": "手机丢失"}
    world.happens(accounts.suspend(world.docs, suspend, world.district))
    assert sorted(kinds(entries(world))) == [
        "account_suspended",
        "role_granted",
        "sign_in",
        "sign_in_failed",
    ]


def test_an_attack_shows_its_network_and_the_ends_of_the_numbers_it_tries() -> None:
    world = recorded()
    account = world.docs.the("accounts", world.open_account())
    tried = {"phone": examples.PHONE, "network": "203.0.113.0/24"}
    for whose in (account, None):
        failed = sessions.failed(whose, "password", tried, world.platform)
        said = str(failed.data) + failed.stream
        assert not any(part in said for part in ("203.0", examples.PHONE[-4:]))
        world.happens(failed)
        world.later(timedelta(seconds=1))
    seen = {"network": "203.0.113.0/24", "number": examples.PHONE[-2:]}
    found = entries(world, kind="sign_in_failed")
    assert [entry.get("person") for entry in found] == [None, PERSON]
    assert all(entry.items() >= seen.items() for entry in found)
    world.happens(persons.erase(world.docs, COMMANDS["erase_person"], world.district))
    assert "network" not in entries(world, person=PERSON, kind="sign_in_failed")[0]


def test_an_export_is_on_record() -> None:
    world = recorded()
    payload = COMMANDS["record_export"]
    world.happens(audit.record_export(world.docs, payload, world.platform))
    (entry,) = entries(world, kind="export")
    assert (entry["list"], entry["about"]) == (payload["list"], payload["about"])


def test_what_was_lost_is_told_to_every_district() -> None:
    world = recorded()
    looked(world, lost=37)
    (entry,) = entries(world)
    assert (entry["kind"], entry["count"]) == ("lost", 37)


def test_what_is_older_than_three_years_is_shown_to_nobody() -> None:
    world = recorded()
    looked(world, LOOK)
    world.later(views.KEPT + timedelta(days=1))
    assert entries(world) == []
    mine = views.list_looks(world.docs, PAGE | {"person": PERSON}, world.oneself())
    assert mine["items"] == []
