"""Merging: by whom, with whose word, and what neither brings in. Attacks first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Problem, Unknown
from services.kit.log import Fact
from services.kit.persons import aliases
from services.kit.views import Find
from services.people.rules import accounts, consents, merges, persons, roles
from services.people.views import merges as views
from services.people.views import roles as role_views
from tests.examples import people as examples
from tests.given import example_of, refused
from tests.unit.people.stage import (
    CODE_GIVEN,
    DISMISSED,
    INVITED,
    KEYS,
    OPENED,
    World,
    hired,
    recorded,
)

ALICE, TWIN = examples.PERSON, examples.TWIN
ELSEWHERE = "510108016001"
COMMANDS = examples.COMMANDS
BY_ANOTHER = example_of(examples, "account_opened.v1", by="P77")
NUMBER_CHANGED = example_of(examples, "login_changed.v1")


def begun(
    person: str = ALICE, way: str = "password", account: str = examples.ACCOUNT
) -> Fact:
    about = {"person": person, "way": way, "session": f"S-{person}-{way}"}
    return example_of(examples, "session_begun.v1", account=account, **about)


def proposed(*facts: Fact) -> World:
    world = recorded(*facts)
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], world.worker))
    return world


def merged(*facts: Fact) -> World:
    world = proposed(*facts)
    confirm(world, other_administrator(world))
    return world


def other_administrator(world: World) -> Asked:
    return world.who(("street_admin", "510108015"), id="P9")


def the_merge(world: World) -> Json:
    return world.docs.find(Find("merges", {"person": TWIN}, "id"))[0]


def confirm(world: World, who: Asked) -> Fact:
    payload = {"merge": the_merge(world)["id"]}
    return world.happens(merges.confirm(world.docs, payload, who))


def undo(world: World, who: Asked | None = None) -> Fact:
    payload = {"merge": the_merge(world)["id"], "reason": "不是同一个人"}
    return world.happens(merges.undo(world.docs, payload, who or world.worker))


def worker_of(world: World, place: str) -> Asked:
    return world.who(("community_worker", place), id="P77")


# Attacks


def test_a_double_made_in_ones_own_place_owns_nobody() -> None:
    """Who keeps only the double can neither propose nor, having done both, confirm."""
    world = recorded()
    there = {**COMMANDS["record_person"], "community": ELSEWHERE}
    attacker = worker_of(world, ELSEWHERE)
    double = world.happens(persons.record(world.docs, there, attacker)).data["person"]
    for person, into in ((ALICE, double), (double, ALICE)):
        payload = {"person": person, "into": into, "basis": "登记重复"}
        with pytest.raises(Problem) as caught:
            merges.propose(world.docs, payload, attacker)
        assert caught.value.code in {"not_found", "not_yours_to_keep"}


def test_who_proposed_cannot_confirm_also_as_an_administrator() -> None:
    world = recorded()
    district = world.district
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], district))
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, district)


def test_whoever_proposed_is_no_second_one_by_a_key_nor_proposes_by_one() -> None:
    """A machine has another id than its maker: with one of the two, an administrator would be two."""
    world = recorded(example_of(examples, "api_key_made.v1", person="P9"))
    places = (("street_admin", "510108015"), ("community_worker", examples.COMMUNITY))
    machine = world.who(*places, id=examples.API_KEY)
    with refused("only_by_account", Forbidden):
        merges.propose(world.docs, COMMANDS["propose_merge"], machine)
    proposer = other_administrator(world)
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], proposer))
    with refused("only_by_account", Forbidden):
        confirm(world, machine)
    confirm(world, world.who(("street_admin", "510108015"), id="P8"))
    with refused("only_by_account", Forbidden):
        undo(world, machine)


def test_whoever_proposed_is_no_second_one_by_the_record_they_were_merged_into() -> (
    None
):
    world = proposed()
    proposer = the_merge(world)["by"]
    other = replace(other_administrator(world), merged=lambda: (proposer,))
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, other)


def test_another_worker_of_both_places_cannot_confirm() -> None:
    world = proposed()
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, worker_of(world, examples.COMMUNITY))


def test_the_survivor_confirms_but_not_by_digits_the_worker_has_seen() -> None:
    world = proposed(BY_ANOTHER, begun())
    world.happens(begun(way="desk"))
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself())


@pytest.mark.parametrize("way_in", [OPENED, NUMBER_CHANGED, INVITED, CODE_GIVEN])
def test_the_proposer_is_no_survivor_they_let_in_themself(way_in: Fact) -> None:
    """Who opened the account, knows the link or has the telephone may sit there with a password of their own."""
    world = proposed(BY_ANOTHER, way_in, begun())
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself())


def test_who_is_let_in_by_the_proposer_only_afterwards_cannot_confirm_either() -> None:
    world = proposed(BY_ANOTHER, begun())
    world.happens(INVITED)
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself())


def test_an_administrator_the_proposer_let_in_is_no_second_one() -> None:
    there = (
        example_of(examples, "person_recorded.v1", person="P9"),
        example_of(examples, "account_opened.v1", account="N12", person="P9"),
    )
    world = proposed(*there)
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, other_administrator(world))


def test_nobody_is_merged_by_the_word_of_who_works_there_no_more() -> None:
    """Nor do they see it, or take it back: an office is over with all that was begun in it."""
    world = recorded(example_of(examples, "person_recorded.v1", person="R3"))
    hired(world, "R3")
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], world.worker))
    merge = {"merge": the_merge(world)["id"]}
    assert views.get_merge(world.docs, merge, world.worker)["state"] == "proposed"
    world.happens(DISMISSED)
    with refused("not_meant_any_more"):
        confirm(world, other_administrator(world))
    formerly = world.oneself("R3")
    with refused("not_found", Unknown):
        views.get_merge(world.docs, merge, formerly)
    with refused("not_found", Unknown):
        merges.withdraw(world.docs, merge, formerly)


def test_nobody_is_given_away_to_a_friend_of_the_proposer() -> None:
    """Who signs in by the record that goes would lose all that is theirs to whoever says to be the same."""
    of_twin = example_of(
        examples, "account_opened.v1", account="N12", person=TWIN, by="P77"
    )
    world = proposed(BY_ANOTHER, of_twin, begun())
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself())
    assert confirm(world, other_administrator(world)).type == "persons_merged.v1"


def test_who_is_to_go_may_say_no() -> None:
    world = proposed(BY_ANOTHER, begun())
    payload = {"merge": the_merge(world)["id"]}
    world.happens(merges.withdraw(world.docs, payload, world.oneself(TWIN)))
    assert the_merge(world)["state"] == "withdrawn"


def test_the_record_that_goes_cannot_confirm() -> None:
    world = proposed(OPENED, begun(TWIN))
    with refused("not_yours_to_confirm", Forbidden):
        confirm(world, world.oneself(TWIN))


def test_nobody_has_their_own_records_merged_by_themself() -> None:
    world = recorded()
    for id in (ALICE, TWIN):
        oneself = replace(world.worker, actor=replace(world.worker.actor, id=id))
        with refused("own_decision", Forbidden):
            merges.propose(world.docs, COMMANDS["propose_merge"], oneself)


def test_neither_roles_nor_credentials_nor_links_come_along() -> None:
    world = merged()
    assert (
        role_views.access(world.docs, {"person": TWIN}, world.platform)["roles"] == []
    )
    world = recorded(example_of(examples, "role_granted.v1", person=TWIN))
    with refused("roles_would_go"):
        merges.propose(world.docs, COMMANDS["propose_merge"], world.district)
    world = recorded()
    world.open_account(TWIN)
    with refused("account_would_go"):
        merges.propose(world.docs, COMMANDS["propose_merge"], world.worker)


def test_who_may_do_more_than_the_proposer_is_merged_by_who_might_have_granted_it() -> (
    None
):
    world = recorded(example_of(examples, "role_granted.v1"))
    with refused("outranked", Forbidden):
        merges.propose(world.docs, COMMANDS["propose_merge"], world.worker)


# What comes of it


def test_the_survivor_says_yes() -> None:
    world = proposed(BY_ANOTHER, begun())
    assert confirm(world, world.oneself()).type == "persons_merged.v1"


def test_who_is_merged_is_out_and_their_account_stays_shut_after_an_undo() -> None:
    world = recorded()
    world.open_account()
    account = world.open_account(TWIN, "+8613700007777")
    world.happens(begun(TWIN, account=account))
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], world.worker))
    confirm(world, other_administrator(world))
    assert world.docs.the("sessions", f"S-{TWIN}-password")["state"] == "ended"
    assert world.docs.the("accounts", account)["state"] == "suspended"
    with refused("person_merged"):
        accounts.reinstate(world.docs, {"account": account}, world.worker)
    undo(world)
    assert world.docs.the("accounts", account)["state"] == "suspended"
    world.happens(accounts.reinstate(world.docs, {"account": account}, world.worker))
    assert world.docs.the("accounts", account)["state"] == "open"


def test_the_old_id_is_an_alias_until_it_is_undone() -> None:
    world = merged()
    assert aliases.survivor(world.docs, TWIN) == ALICE
    assert aliases.survivor(world.docs, f"{TWIN}~grandma") == f"{ALICE}~grandma"
    undo(world)
    assert aliases.survivor(world.docs, TWIN) == TWIN


def test_who_was_merged_further_is_parted_in_the_order_of_it() -> None:
    world = merged()
    third = world.happens(
        persons.record(world.docs, COMMANDS["record_person"], world.worker)
    ).data["person"]
    further = {"person": ALICE, "into": third, "basis": "登记重复"}
    second = world.happens(merges.propose(world.docs, further, world.worker))
    payload = {"merge": second.data["merge"]}
    world.happens(merges.confirm(world.docs, payload, other_administrator(world)))
    assert aliases.survivor(world.docs, TWIN) == third
    with refused("merged_further"):
        undo(world)


def test_whoever_is_erased_is_erased_under_every_id() -> None:
    world = merged()
    fact = persons.erase(world.docs, COMMANDS["erase_person"], world.worker)
    assert fact.erases_of == (ALICE, TWIN)
    world.happens(fact)
    assert world.docs.the("persons", TWIN)["state"] == "erased"
    assert not world.note(f"person.{TWIN}")
    with refused("person_erased"):
        undo(world)


def test_a_proposal_is_for_a_week() -> None:
    assert the_merge(proposed())["until"] == "2026-06-08T01:00:00.000Z"


def test_what_nobody_confirms_within_a_week_lapses() -> None:
    world = proposed()
    world.later(timedelta(days=8))
    world.happens(merges.lapse(world.docs, the_merge(world), world.platform))
    with refused("cannot_confirm"):
        confirm(world, other_administrator(world))


def test_one_of_them_is_proposed_once_at_a_time() -> None:
    world = proposed()
    with refused("already_proposed"):
        merges.propose(world.docs, COMMANDS["propose_merge"], world.worker)


@pytest.mark.parametrize("most", [1, 2])
def test_so_many_records_are_merged_into_one_and_no_more(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is merged into it already."""
    monkeypatch.setattr(merges, "MOST_MERGED", most)
    world = merged()
    said = COMMANDS["record_person"]
    third = world.happens(persons.record(world.docs, said, world.worker))
    payload = COMMANDS["propose_merge"] | {"person": third.data["person"]}
    if most > 1:
        assert merges.propose(world.docs, payload, world.worker)
        return
    with refused("merged_too_often"):
        merges.propose(world.docs, payload, world.worker)


def test_roles_that_came_since_the_proposal_are_looked_at_again() -> None:
    world = proposed()
    grant = {**COMMANDS["grant_role"], "person": TWIN}
    world.happens(roles.grant(world.docs, grant, world.district))
    with refused("roles_would_go"):
        confirm(world, other_administrator(world))


# What is shown


def test_two_records_stand_side_by_side_what_differs_first_and_masked() -> None:
    world = recorded()
    two = {"person": TWIN, "into": ALICE}
    lines = views.compare_persons(world.docs, two, world.worker)["items"]
    differs = [line["field"] for line in lines if not line["same"]]
    assert [line["field"] for line in lines][: len(differs)] == differs
    assert differs == ["姓名", "出生", "联系电话"]
    text = str(lines)
    assert examples.NAME not in text
    assert "13900005678" not in text
    assert "1950" not in text


def test_the_same_number_however_it_is_written_down_is_a_clue() -> None:
    world = recorded()
    world.record(TWIN, name="李国强", born="1962", contacts=[examples.CONTACT])
    question = {"division": examples.COMMUNITY}
    found = views.find_duplicates(world.docs, question, world.worker)["items"]
    assert [{pair["person"], pair["into"]} for pair in found] == [{ALICE, TWIN}]
    assert found[0]["clue"] == "电话相同"


def test_the_same_name_birth_and_community_are_a_clue_and_less_is_none() -> None:
    world = recorded()
    question = {"division": examples.COMMUNITY}
    world.record(TWIN, contacts=[])
    (pair,) = views.find_duplicates(world.docs, question, world.worker)["items"]
    assert pair["clue"] == "姓名、出生和社区相同"
    world.record(TWIN, contacts=[], born="1951")
    assert views.find_duplicates(world.docs, question, world.worker)["items"] == []
    there = worker_of(world, ELSEWHERE)
    assert views.find_duplicates(world.docs, question, there)["items"] == []


def test_the_number_of_an_account_is_not_free_for_another_after_a_merge() -> None:
    world = recorded()
    world.open_account()
    world.open_account(TWIN, "+8613700007777")
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], world.worker))
    confirm(world, other_administrator(world))
    payload = {
        "account": world.docs.the("persons", ALICE)["account"],
        "phone": "+8613700007777",
    }
    with refused("phone_taken"):
        accounts.change_login(world.docs, payload, world.worker, KEYS)


def test_who_stays_agrees_anew_to_what_the_other_withdrew() -> None:
    """Though they never withdrew it themself; and what they withdraw then is withdrawn, however often they agreed."""
    world = proposed()
    ids = [agree(world, person) for person in (ALICE, TWIN)]
    agree_no_more(world, ids[1])
    confirm(world, other_administrator(world))
    again = agree(world, ALICE)
    agree_no_more(world, again)
    assert {one["state"] for one in world.docs.find(Find("consents", {}, "id"))} == {
        "withdrawn"
    }
    agree(world, ALICE)


def agree(world: World, person: str) -> str:
    said = COMMANDS["give_consent"] | {"person": person}
    fact = world.happens(consents.give(world.docs, said, world.worker))
    return str(fact.data["consent"])


def agree_no_more(world: World, consent: str) -> None:
    said = COMMANDS["withdraw_consent"] | {"consent": consent}
    world.happens(consents.withdraw(world.docs, said, world.worker))
