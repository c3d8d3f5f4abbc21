"""Consents: one for each purpose, a guardian's for who is young, and withdrawn as easily as they were given."""

import pytest

from schemas.documents import Json
from services.kit.errors import Forbidden, Unknown
from services.people.rules import consents, links, persons
from services.people.views import consents as views
from tests.given import refused
from tests.unit.people.stage import COMMANDS, PERSON, World, recorded

GIVE, WITHDRAW = COMMANDS["give_consent"], COMMANDS["withdraw_consent"]
PAGE: Json = {"after": None, "limit": 20, "person": PERSON}
BEGIN = COMMANDS["begin_link"] | {"kind": "guardian", "until": "2033-03-31"}
YOUNG, OLDER = "2015-03", "2011-01"


def given(world: World, **changes: object) -> str:
    fact = world.happens(consents.give(world.docs, GIVE | changes, world.worker))
    consent: str = fact.data["consent"]
    return consent


def with_guardian(born: str) -> World:
    world = recorded()
    world.record(born=born)
    until = "2033-03-31" if born == YOUNG else "2028-12-31"
    world.happens(links.begin(world.docs, BEGIN | {"until": until}, world.worker))
    return world


def listed(world: World) -> list[Json]:
    items: list[Json] = views.list_consents(world.docs, PAGE, world.oneself())["items"]
    return items


def test_each_purpose_is_agreed_to_by_itself_and_withdrawn_with_how_and_why() -> None:
    world = recorded()
    photos = given(world, words="她在电话里说的")
    given(world, purpose="visits")
    with refused("already_given"):
        given(world)
    payload = WITHDRAW | {"consent": photos}
    event = world.happens(consents.withdraw(world.docs, payload, world.oneself()))
    assert "女儿" not in str(event.data)
    visits, shown = listed(world)
    assert (visits["purpose"], visits["state"]) == ("visits", "given")
    assert (shown["state_text"], shown["words"]) == ("已撤回", "女儿在场")
    assert shown["withdrawn"] == {"how": "当面", "on": "2026-05-30"}
    assert shown["withdrawn_by"] == PERSON
    given(world)


def test_of_a_child_a_guardian_consents_to_each_purpose_and_nobody_else() -> None:
    world = with_guardian(YOUNG)
    with refused("guardian_needed"):
        given(world)
    with refused("not_the_guardian"):
        given(world, guardian="R9")
    given(world, guardian="R2")
    by_themself = GIVE | {"purpose": "activities"}
    event = consents.give(world.docs, by_themself, world.oneself("R2"))
    assert event.data["guardian"] == "R2"
    with refused("guardian_needed"):
        consents.give(world.docs, by_themself, world.oneself())


def test_who_is_fourteen_consents_by_themself() -> None:
    """Their guardian may take back what was agreed to, and no more."""
    world = with_guardian(OLDER)
    with refused("not_yours_to_keep", Forbidden):
        consents.give(world.docs, GIVE, world.oneself("R2"))
    said = world.happens(consents.give(world.docs, GIVE, world.oneself()))
    payload = WITHDRAW | {"consent": said.data["consent"]}
    consents.withdraw(world.docs, payload, world.oneself("R2"))


@pytest.mark.parametrize("how", ["当面", "书面"])
def test_a_child_is_recorded_with_the_guardians_consent(how: str) -> None:
    world = recorded()
    child = COMMANDS["record_person"] | {"born": YOUNG}
    with refused("guardian_needed"):
        said = {"consent": {"how": how, "on": "2026-05-30"}}
        persons.record(world.docs, child | said, world.worker)
    said = {"consent": {"how": "监护人代为同意", "on": "2026-05-30"}}
    persons.record(world.docs, child | said, world.worker)


def test_nobody_else_gives_withdraws_or_reads_it() -> None:
    world = recorded()
    photos = given(world)
    stranger = world.oneself("R9")
    with refused("not_found", Unknown):
        consents.give(world.docs, GIVE, stranger)
    with refused("not_found", Unknown):
        consents.withdraw(world.docs, WITHDRAW | {"consent": photos}, stranger)
    with refused("not_found", Unknown):
        views.list_consents(world.docs, PAGE, stranger)
    proxy = COMMANDS["begin_link"]
    world.happens(links.begin(world.docs, proxy, world.worker))
    with refused("not_yours_to_keep", Forbidden):
        consents.give(world.docs, GIVE | {"purpose": "visits"}, world.oneself("R2"))


def test_a_day_to_come_is_none_on_which_somebody_agreed() -> None:
    world = recorded()
    with refused("consent_to_come"):
        given(world, on="2026-06-02")
    assert given(world, on="2026-06-01")
