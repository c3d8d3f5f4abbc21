"""Audit: entries of who did what, looked up by who administers the place, and by each person about themself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.kit.errors import Unknown
from services.people.rules import accounts, audit, persons, roles, sessions
from services.people.views import audit as views
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.stage import (
    BEGUN,
    COMMANDS,
    KEYS,
    LINKED,
    PERSON,
    World,
    has_second_factor,
    recorded,
)

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
    seen = [world.now - timedelta(seconds=ago_s) for ago_s in (2, 12)]
    assert [entry["at"] for entry in entries(world)] == list(map(instant, seen))


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


def test_whoever_was_merged_is_told_of_looks_at_either_record() -> None:
    world = recorded()
    looked(world, LOOK, LOOK | {"persons": ["R2"], "by": "P5"})
    question = PAGE | {"person": PERSON}

    def told() -> list[str]:
        mine = views.list_looks(world.docs, question, world.oneself())
        return sorted(entry["by"] for entry in mine["items"])

    assert told() == ["P4"]
    world.docs.put("aliases", {"id": "R2", "into": PERSON})
    assert told() == ["P4", "P5"]
    world.docs.put("aliases", {"id": "R2"})
    assert told() == ["P4"]


def test_of_a_look_by_a_key_it_is_told_who_made_it() -> None:
    made = example_of(examples, "api_key_made.v1", person="R2", api_key="K1")
    world = recorded(made)
    looked(world, LOOK | {"by": "K1"})
    [look] = views.list_looks(world.docs, PAGE | {"person": PERSON}, world.oneself())[
        "items"
    ]
    assert (look["by"], look["by_name"]) == ("K1", "李*")


def test_of_a_roster_there_is_an_entry_for_each_whose_record_there_is() -> None:
    world = recorded()
    roster = {"kind": "roster", "about": "activity/A1", "place": examples.COMMUNITY}
    looked(world, LOOK | roster | {"persons": [PERSON, "R2", "somebody"]})
    found = entries(world)
    assert sorted(entry["person"] for entry in found) == [PERSON, "R2"]
    looked(world, LOOK | roster | {"persons": ["somebody"]})
    assert [entry.get("person") for entry in entries(world)].count(None) == 1


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
        "account_opened",
        "account_suspended",
        "role_granted",
        "sign_in",
        "sign_in_failed",
    ]


BY_OTHERS = {
    "desk_code_given.v1": "let_in",
    "person_invited.v1": "let_in",
    "login_changed.v1": "login_changed",
    "second_factor_taken_off.v1": "second_factor_off",
    "link_begun.v1": "link_begun",
}


@pytest.mark.parametrize("type", BY_OTHERS)
def test_nobody_is_given_a_way_in_or_somebody_who_acts_for_them_by_stealth(
    type: str,
) -> None:
    """The district finds it, and so does whom it was done to."""
    world = recorded()
    world.open_account()
    has_second_factor(world)
    fact = example_of(examples, type)
    account = world.docs.the("persons", PERSON)["account"]
    of_account = {"account": account} if "account" in fact.data else {}
    world.happens(replace(fact, data=fact.data | of_account))
    [entry] = entries(world, kind=BY_OTHERS[type])
    theirs = views.list_looks(world.docs, {"person": PERSON} | PAGE, world.oneself())
    seen = [each for each in theirs["items"] if each["kind"] == BY_OTHERS[type]]
    assert (entry["person"], entry["by"]) == (PERSON, fact.data["by"])
    assert [each["by"] for each in seen] == [fact.data["by"]]


def test_whoever_has_an_account_opened_for_them_sees_who_did_it() -> None:
    """Codes are sent to the number that was given: it may be of who gave it."""
    world = recorded()
    world.open_account()
    theirs = views.list_looks(world.docs, {"person": PERSON} | PAGE, world.oneself())
    [entry] = entries(world, kind="account_opened")
    assert theirs["items"] == [entry]
    assert (entry["person"], entry["by"]) == (PERSON, examples.KEEPER)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("role_granted.v1", "role_expired.v1"),
        ("office_followed.v1", "role_expired.v1"),
        ("office_followed.v1", "office_ended.v1"),
        ("roster_followed.v1", "roster_left.v1"),
    ],
)
def test_a_role_that_begins_or_ends_by_itself_is_found_as_well(
    begins: str, ends: str
) -> None:
    """By a branch's term, a roster, or its last day: nobody here decided it."""
    world = recorded(*(example_of(examples, type) for type in (begins, ends)))
    granted, ended = (
        entries(world, kind=kind)[0] for kind in ("role_granted", "role_ended")
    )
    for entry in (granted, ended):
        assert entry["person"] == PERSON
        assert entry["role"] == example_of(examples, begins).data["role"]
    assert "by" not in ended


def test_an_office_that_goes_to_another_is_found_to_have_ended() -> None:
    followed = example_of(examples, "office_followed.v1")
    after = example_of(examples, "office_followed.v1", grant="G9", person=examples.TWIN)
    world = recorded(followed, after)
    [ended] = entries(world, kind="role_ended")
    assert (ended["person"], ended["scope"]) == (PERSON, followed.data["scope"])
    assert len(entries(world, kind="role_granted")) == 2


def test_who_was_merged_sees_who_did_it() -> None:
    twin = example_of(examples, "person_recorded.v1", person=examples.TWIN)
    merged = ("merge_proposed.v1", "persons_merged.v1")
    world = recorded(twin, *(example_of(examples, type) for type in merged))
    [entry] = entries(world, kind="merged")
    theirs = views.list_looks(world.docs, {"person": PERSON} | PAGE, world.oneself())
    assert [each["id"] for each in theirs["items"]] == [entry["id"]]


def test_that_somebody_acts_for_them_no_more_is_found() -> None:
    world = recorded(LINKED, example_of(examples, "link_ended.v1"))
    [entry] = entries(world, kind="link_ended")
    assert (entry["person"], entry["by"]) == (PERSON, examples.KEEPER)


def test_an_attack_shows_its_network_and_the_ends_of_the_numbers_it_tries() -> None:
    world = recorded()
    account = world.docs.the("accounts", world.open_account())
    tried = {"phone": examples.PHONE, "network": "203.0.113.0/24"}
    for whose in (account, None):
        failed = sessions.failed(whose, "password", tried, world.platform)
        assert failed.stream == f"sign-in/{whose['id'] if whose else 'password'}"
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
