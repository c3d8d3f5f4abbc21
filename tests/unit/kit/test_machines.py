"""What a key did counts as done by who made it, wherever somebody else is asked for; both ways, for ever."""

from dataclasses import replace

import pytest

from schemas import fields
from schemas.documents import Json
from schemas.persons import Person
from services.activities.service import Activities
from services.kit.actor import Actor, Role
from services.kit.engine.known_as import KnownAs
from services.kit.engine.tables import collections_of, folds_of
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.log import Event
from services.kit.persons import aliases, machines
from services.kit.views import Nothing, Overlay
from services.xfh import registry
from tests.given import NOW, asked, refused
from tests.unit.kit.test_aliases import Member

LIAISON = Role("unit_liaison", "unit/U1")


def told(docs: Overlay, type: str, **data: str) -> None:
    docs.seq += 1
    event = Event(
        docs.seq, "E", type, "it/1", "2026-06-01T00:00:00Z", dict[str, object](data), ""
    )
    docs.fold(event, {**aliases.FOLDS, **machines.FOLDS})


def with_keys(**makers: str) -> Overlay:
    docs = Overlay(Nothing())
    for key, maker in makers.items():
        told(docs, "api_key_made.v2", api_key=key, person=maker)
    return docs


def knowing(docs: Overlay, actor: Actor) -> Asked:
    return KnownAs(Activities, []).asked(docs, replace(asked(), actor=actor))


PERSON, MACHINE = Actor("P1"), Actor("K1", maker="P1")
OF_SAME = Actor("K2", maker="P1")


@pytest.mark.parametrize("who", [PERSON, MACHINE, OF_SAME])
@pytest.mark.parametrize("did", ["P1", "K1", "K2"])
def test_a_person_and_every_key_of_theirs_are_one(who: Actor, did: str) -> None:
    docs = with_keys(K1="P1", K2="P1", K9="P9")
    assert knowing(docs, who).is_oneself(did)


@pytest.mark.parametrize("who", [PERSON, MACHINE])
@pytest.mark.parametrize("did", ["P9", "K9", "", None])
def test_another_and_their_key_are_another(who: Actor, did: object) -> None:
    docs = with_keys(K1="P1", K9="P9")
    assert not knowing(docs, who).is_oneself(did)


@pytest.mark.parametrize("who", [Actor("P2"), Actor("K2", maker="P2")])
@pytest.mark.parametrize("did", ["P1", "K1", "P2", "K2"])
def test_who_was_merged_brings_along_what_they_and_their_keys_did(
    who: Actor, did: str
) -> None:
    docs = with_keys(K1="P1", K2="P2")
    told(docs, "persons_merged.v1", person="P1", into="P2")
    assert knowing(docs, who).is_oneself(did)


def test_who_acts_for_somebody_is_looked_at_as_well() -> None:
    docs = with_keys(K1="P1")
    for through in (PERSON, MACHINE):
        who = knowing(docs, Actor("R1", through=through))
        assert [who.is_oneself(id) for id in ("R1", "P1", "K1", "P9")] == [
            True, True, True, False,
        ]  # fmt: skip


def test_a_key_has_nothing_of_its_makers_own() -> None:
    docs = with_keys(K1="P1")
    machine = knowing(docs, MACHINE)
    assert (machine.ids, machine.is_me("P1")) == (("K1",), False)
    assert not knowing(docs, PERSON).is_me("K1")


def test_an_office_its_key_is_not_lent_is_the_makers_still() -> None:
    machine = Actor("K1", maker="P1", offices=(LIAISON,))
    assert not machine.covers("unit_liaison", "unit/U1")
    assert machine.stands_for("unit_liaison", "unit/U1")
    assert Actor("R1", through=machine).stands_for("unit_liaison", "unit/U1")
    assert not machine.stands_for("unit_liaison", "unit/U2")


@pytest.mark.parametrize("name", registry.SERVICES)
def test_every_service_that_follows_people_knows_whose_keys_are(name: str) -> None:
    service = registry.load(name)
    if not service.erases_for:
        return
    assert machines.MACHINES in collections_of(service)
    assert folds_of(service)["people"].keys() >= machines.FOLDS.keys()


def test_by_whom_what_was_said_is_known_now() -> None:
    docs = with_keys(K1="P1")
    told(docs, "persons_merged.v1", person="P1", into="P2")
    said: Json = {"K1": "P2", "P1": "P2", "P3": "P3", "P1~奶奶": "P2~奶奶"}
    assert {id: machines.who_answers(docs, id) for id in said} == said


@pytest.mark.parametrize("id", ["P2", "K2", "K1"])
def test_a_person_with_all_their_keys_is_counted_as_one(id: str) -> None:
    """And with those of whoever was merged into them; nobody else's."""
    docs = with_keys(K1="P1", K2="P2", K9="P9")
    told(docs, "persons_merged.v1", person="P1", into="P2")
    maker = "P2" if id.startswith("K") else ""
    hands = knowing(docs, Actor(id, maker=maker)).hands
    assert sorted(hands) == ["K1", "K2", "P1", "P2"]


def test_who_acts_for_somebody_counts_as_that_one() -> None:
    docs = with_keys(K1="P1")
    assert list(knowing(docs, Actor("R1", through=PERSON)).hands) == ["R1"]


@pytest.mark.parametrize(
    ("actor", "heard"),
    [(MACHINE, []), (PERSON, []), (Actor("K7", maker="P7"), ["people"])],
)
def test_before_a_new_machine_does_anything_it_is_known_whose_it_is(
    actor: Actor, heard: list[str]
) -> None:
    asked_of: list[str] = []
    KnownAs(Activities, []).hear_of(actor, with_keys(K1="P1"), asked_of.append)
    assert asked_of == heard


def test_it_was_so_before_anything_was_known_of_keys() -> None:
    machine = Asked(MACHINE, NOW, "N1")
    assert (machine.is_oneself("P1"), machine.is_oneself("K1")) == (True, True)


class Named(fields.Schema):
    person = Person()
    party = fields.Many(fields.Part(Member), 0, 3)
    thing = fields.Id()


@pytest.mark.parametrize(
    "said",
    [
        {"person": "K1"},
        {"person": "K1~grandma"},
        {"party": [{"person": "R1"}, {"person": "K1"}]},
    ],
)
def test_a_machine_is_nobody_who_could_take_part(said: Json) -> None:
    with refused("only_by_account", Forbidden):
        machines.must_be_none_of(Named(), said, MACHINE)
    machines.must_be_none_of(Named(), said, PERSON)


def test_a_machine_names_others() -> None:
    said: Json = {"person": "R1", "party": [{"person": "R1~K1"}], "thing": "K1"}
    machines.must_be_none_of(Named(), said, MACHINE)


def test_nor_has_it_anything_of_its_own() -> None:
    with refused("only_by_account", Forbidden):
        machines.must_be_a_person(knowing(with_keys(K1="P1"), MACHINE))
    machines.must_be_a_person(knowing(with_keys(K1="P1"), PERSON))
