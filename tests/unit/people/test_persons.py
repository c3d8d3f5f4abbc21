"""A person's record: made with consent, masked, revealed for a reason, erased with all that says who it was."""

import json
from datetime import timedelta

import pytest

from schemas.documents import Json, if_any, without
from schemas.people import persons as schemas
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.views import Find
from services.people.model import records
from services.people.model.ages import is_to_come
from services.people.rules import accounts, links, persons
from services.people.service import People
from services.people.views import audit as audit_views
from services.people.views import links as link_views
from services.people.views import persons as views
from tests.examples import people as examples
from tests.given import marked, refused
from tests.unit.people.stage import COMMANDS, KEYS, PERSON, World, recorded

WRITTEN = (examples.NAME, "王秀", "1950", "13800001234", "13900005678")
OF_PERSON = {"person": PERSON}
FIND = {"division": "510108", "name": "王秀"}
PAGE = {"after": None, "limit": 20}


def record_one(world: World, **changes: object) -> str:
    payload = {**COMMANDS["record_person"], **changes}
    fact = marked(People, "record_person")(world.docs, payload, world.worker)
    person: str = world.happens(fact).data["person"]
    return person


def says_nothing(text: str) -> bool:
    return not any(word in text for word in WRITTEN)


def test_no_event_and_no_document_says_who_somebody_is() -> None:
    world = recorded()
    facts = [
        persons.record(world.docs, COMMANDS["record_person"], world.worker),
        persons.change(world.docs, COMMANDS["change_person"], world.worker),
        accounts.open(world.docs, COMMANDS["open_account"], world.worker, KEYS),
    ]
    assert all(says_nothing(json.dumps(fact.data)) for fact in facts)
    assert all(fact.of == fact.data["person"] for fact in facts)
    for fact in facts[1:]:
        world.happens(fact)
    documents = json.dumps([*world.docs.changed.values()], ensure_ascii=False)
    assert says_nothing(documents)


def test_a_worker_records_an_elder_without_an_account() -> None:
    world = World()
    person = views.get_person(world.docs, {"person": record_one(world)}, world.worker)
    assert (person["name"], person["contacts"]) == ("王*", ["139****5678"])
    assert "account" not in person
    assert "born" not in person


def test_somebody_else_s_community_is_none_of_a_worker_s() -> None:
    world = World()
    with refused("out_of_scope", Forbidden):
        record_one(world, community="510108016001")
    nowhere = COMMANDS["record_person"] | {"community": "510108015009"}
    with refused("unknown_division"):
        persons.record(world.docs, nowhere, world.worker)


def test_consent_is_not_given_in_the_future() -> None:
    with refused("consent_to_come"):
        record_one(World(), consent={"how": "当面", "on": "2026-06-02"})


@pytest.mark.parametrize(
    ("born", "kept"),
    [("1950-04", "1950"), ("1950", "1950"), ("2015-03", "2015-03")],
)
def test_of_a_birth_no_more_is_kept_than_is_needed(born: str, kept: str) -> None:
    world = World()
    guardians = {"how": "监护人代为同意", "on": "2026-05-30"}
    one = record_one(world, born=born, consent=guardians)
    record = records.read(world.note, one)
    assert record["born"] == kept


@pytest.mark.parametrize(
    ("born", "code"),
    [("2010", "month_needed"), ("2026-07", "born_later"), ("2027", "born_later")],
)
def test_a_birth_is_told_as_it_must_be(born: str, code: str) -> None:
    with refused(code):
        record_one(World(), born=born)


@pytest.mark.parametrize(
    ("born", "is_so"),
    [("2026-06", False), ("2026-07", True), ("2026", False), ("2027", True)],
)
def test_a_birth_of_this_month_or_year_is_not_to_come(born: str, is_so: bool) -> None:
    assert is_to_come(born, "2026-06-01") is is_so


def test_one_sees_one_s_own_record_whole() -> None:
    world = recorded()
    me = views.get_me(world.docs, {}, world.oneself())
    assert (me["name"], me["born"], me["plain"]) == (examples.NAME, "1950", True)
    assert me["contacts"] == ["13900005678"]


@pytest.mark.parametrize(
    "role", [("community_worker", "510108016001"), ("resident", "510108015001")]
)
def test_a_stranger_does_not_exist(role: tuple[str, str]) -> None:
    world = recorded()
    stranger = world.who(role, id="P9")
    for rule, command in (
        (persons.change, "change_person"),
        (persons.reveal, "reveal_person"),
        (persons.erase, "erase_person"),
    ):
        with refused("not_found", Unknown):
            rule(world.docs, COMMANDS[command], stranger)
    with refused("not_found", Unknown):
        views.get_person(world.docs, OF_PERSON, stranger)


def test_what_is_revealed_is_seen_by_who_asked_and_for_five_minutes() -> None:
    world = recorded()
    world.happens(persons.reveal(world.docs, COMMANDS["reveal_person"], world.worker))
    assert views.get_person(world.docs, OF_PERSON, world.worker)["plain"]
    assert not views.get_person(world.docs, OF_PERSON, world.street)["plain"]
    world.later(timedelta(seconds=schemas.SEEN_FOR_S + 1))
    assert not views.get_person(world.docs, OF_PERSON, world.worker)["plain"]


def test_who_is_looked_at_sees_by_whom_and_why() -> None:
    world = recorded()
    world.happens(persons.reveal(world.docs, COMMANDS["reveal_person"], world.worker))
    (look,) = audit_views.list_looks(world.docs, PAGE | OF_PERSON, world.oneself())[
        "items"
    ]
    assert (look["by"], look["reason"]) == (examples.KEEPER, "联系本人")


def test_erasing_takes_every_word_and_what_one_had() -> None:
    world = recorded()
    world.open_account()
    world.happens(links.begin(world.docs, COMMANDS["begin_link"], world.worker))
    erased = world.happens(
        persons.erase(world.docs, COMMANDS["erase_person"], world.oneself())
    )
    assert erased.erases_of == (PERSON,)
    assert says_nothing(json.dumps([*world.notes.values()], ensure_ascii=False))
    account = world.docs.the("persons", PERSON)["account"]
    assert world.docs.the("accounts", account)["state"] == "closed"
    my_links = link_views.list_my_links(world.docs, PAGE, world.oneself("R2"))
    assert my_links["items"] == []
    with refused("cannot_erase"):
        persons.erase(world.docs, COMMANDS["erase_person"], world.worker)


def test_a_number_is_free_again_once_its_person_is_erased() -> None:
    world = recorded()
    world.open_account()
    with refused("phone_taken"):
        world.open_account("R2")
    world.happens(persons.erase(world.docs, COMMANDS["erase_person"], world.worker))
    world.open_account("R2")


def test_a_list_has_those_recorded_where_one_works() -> None:
    world = recorded()
    question = PAGE | {"division": "510108"}
    listed = views.list_persons(world.docs, question, world.worker)["items"]
    assert [person["name"] for person in listed] == ["王*", "李*"]
    elsewhere = world.who(("community_worker", "510108016001"))
    assert views.list_persons(world.docs, question, elsewhere)["items"] == []


def test_people_are_found_by_how_their_names_begin_where_one_works() -> None:
    world = recorded()
    found = views.find_persons(world.docs, FIND, world.worker)
    assert [person["name"] for person in found["items"]] == ["王*"]
    assert found["items"][0]["plain"] is False
    elsewhere = world.who(("community_worker", "510108016001"))
    assert views.find_persons(world.docs, FIND, elsewhere)["items"] == []


def test_those_of_a_list_are_named_as_far_as_one_keeps_their_records() -> None:
    world = recorded()
    question = {"division": "510108"} | PAGE
    ids = [
        one["id"]
        for one in views.list_persons(world.docs, question, world.worker)["items"]
    ]
    named = {"persons": ["nobody", *ids]}
    told = views.name_persons(world.docs, named, world.worker)["items"]
    assert [(one["id"], one["plain"]) for one in told] == [(id, False) for id in ids]
    elsewhere = world.who(("community_worker", "510108016001"))
    assert views.name_persons(world.docs, named, elsewhere)["items"] == []


def test_where_there_are_too_many_one_looks_in_a_smaller_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "MOST_LOOKED_THROUGH", 1)
    world = recorded()
    with refused("too_many_people"):
        views.find_persons(world.docs, FIND, world.worker)


def test_a_guardian_speaks_for_a_child() -> None:
    world = recorded()
    world.record(born="2015-03")
    guardian = {"kind": "guardian", "until": "2033-03-31"}
    payload = COMMANDS["begin_link"] | guardian
    world.happens(links.begin(world.docs, payload, world.worker))
    change = COMMANDS["change_person"] | {"born": "2015-03"}
    world.happens(persons.change(world.docs, change, world.oneself("R2")))
    world.happens(
        persons.erase(world.docs, COMMANDS["erase_person"], world.oneself("R2"))
    )


def guarded(born: str, until: str) -> World:
    world = recorded()
    world.record(born=born)
    guardian = {"kind": "guardian", "until": until}
    payload = COMMANDS["begin_link"] | guardian
    world.happens(links.begin(world.docs, payload, world.worker))
    return world


def test_who_is_fourteen_is_spoken_for_by_nobody() -> None:
    """Neither is what is known of them changed, nor erased, nor are they locked out; a guardian sees it."""
    world = guarded("2011-01", "2028-12-31")
    account = world.open_account()
    guardian = world.oneself("R2")
    change = COMMANDS["change_person"] | {"born": "2011-01"}
    with refused("not_yours_to_keep", Forbidden):
        persons.change(world.docs, change, guardian)
    with refused("not_yours_to_keep", Forbidden):
        persons.erase(world.docs, COMMANDS["erase_person"], guardian)
    with refused("not_yours", Forbidden):
        said = {"account": account, "reason": "手机丢失"}
        accounts.suspend(world.docs, said, guardian)
    assert views.get_person(world.docs, {"person": PERSON}, guardian)["id"] == PERSON
    accounts.suspend(world.docs, said, world.oneself())
    persons.change(world.docs, change, world.oneself())


def test_no_guardian_says_when_the_child_is_fourteen() -> None:
    world = guarded("2015-03", "2033-03-31")
    change = COMMANDS["change_person"] | {"born": "2020-03"}
    with refused("not_yours_to_keep", Forbidden):
        persons.change(world.docs, change, world.oneself("R2"))
    persons.change(world.docs, change, world.worker)


@pytest.mark.parametrize("born", ["2009-03", "1990", None])
def test_nobody_has_a_guardian_for_longer_than_their_birth_says(
    born: str | None,
) -> None:
    """Put right it ends sooner: who has one until then is first to have none."""
    world = guarded("2011-03", "2029-03-31")
    change = without(COMMANDS["change_person"], "born") | if_any(born=born)
    with refused("guardian_beyond"):
        persons.change(world.docs, change, world.worker)
    with refused("guardian_beyond"):
        persons.change(world.docs, change, world.oneself())
    (link,) = world.docs.find(Find("links", {"person": PERSON}, "id"))
    world.happens(links.end(world.docs, {"link": link["id"]}, world.worker))
    persons.change(world.docs, change, world.worker)


def test_a_household_does_not_speak_for_anybody() -> None:
    world = recorded()
    payload = COMMANDS["begin_link"] | {"kind": "household"}
    world.happens(links.begin(world.docs, payload, world.worker))
    with refused("not_yours_to_keep", Forbidden):
        persons.change(world.docs, COMMANDS["change_person"], world.oneself("R2"))


def by_number(world: World, who: Asked, **said: str) -> list[Json]:
    question = {"name": "王秀英", "phone": examples.PHONE} | said
    found = views.find_by_number(world.docs, question, who, KEYS)
    items: list[Json] = found["items"]
    return items


def test_who_is_known_by_whole_name_and_number_is_found_wherever_they_are() -> None:
    world = recorded()
    world.open_account()
    secretary = world.who(("branch_secretary", "branch/B1"), id="P7")
    (one,) = by_number(world, secretary)
    assert (one["id"], one["name"]) == (examples.PERSON, "王*")
    for other in ({"name": "王秀"}, {"name": "李国强"}, {"phone": "+8613700007777"}):
        assert by_number(world, secretary, **other) == []
    world.happens(persons.erase(world.docs, COMMANDS["erase_person"], world.oneself()))
    assert by_number(world, secretary) == []


@pytest.mark.parametrize("is_another", [True, False])
def test_an_account_is_found_by_its_number_of_now_alone(is_another: bool) -> None:
    world = recorded()
    account = world.open_account()
    phone = "+8613900009999" if is_another else examples.PHONE
    login = {"account": account, "phone": phone}
    fact = accounts.change_login(world.docs, login, world.worker, KEYS)
    outdated = (KEYS.phone_note(examples.PHONE),) if is_another else ()
    assert fact.erases == outdated
    assert fact.notes[KEYS.phone_note(phone)] == account
