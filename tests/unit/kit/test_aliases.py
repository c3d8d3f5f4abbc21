"""Whoever was merged into somebody is read as that one, wherever a payload names a person, and nowhere else."""

import pytest

from schemas import fields
from schemas.documents import Json
from schemas.persons import Person
from services.activities.service import Activities
from services.kit.engine.known_as import KnownAs
from services.kit.engine.tables import collections_of, folds_of, sources_of
from services.kit.log import Event
from services.kit.persons.aliases import (
    FOLDS,
    in_force,
    merged_into,
    names_people,
    survivor,
)
from services.kit.views import Find, Nothing, Overlay
from services.xfh import registry
from tests.given import asked


class Member(fields.Schema):
    person = Person(required=True)


class Said(fields.Schema):
    """Names people in every way there is."""

    person = Person()
    by = fields.Id(metadata={"names_person": True})
    thing = fields.Id()
    party = fields.Many(fields.Part(Member), 0, 3)
    people = fields.Many(Person(), 0, 3)


class Nobody(fields.Schema):
    thing = fields.Id()


def told(docs: Overlay, type: str, person: str, into: str) -> None:
    docs.seq += 1
    data = {"person": person, "into": into}
    event = Event(docs.seq, "E", type, "merge/1", "2026-06-01T00:00:00Z", data, "")
    docs.fold(event, FOLDS)


def merged(*pairs: tuple[str, str]) -> Overlay:
    docs = Overlay(Nothing())
    for person, into in pairs:
        told(docs, "persons_merged.v1", person, into)
    return docs


class Counting(Overlay):
    """Documents that tell how often something was looked for in them."""

    finds = 0

    def find(self, query: Find) -> list[Json]:
        self.finds += 1
        return super().find(query)


def test_every_field_that_names_a_person_says_the_survivor_and_no_other_does() -> None:
    docs = merged(("A", "B"))
    said: Json = {
        "person": "A",
        "by": "A",
        "thing": "A",
        "party": [{"person": "A~grandma"}, {"person": "C"}],
        "people": ["A", "D"],
    }
    assert in_force(docs, Said(), said) == {
        "person": "B",
        "by": "B",
        "thing": "A",
        "party": [{"person": "B~grandma"}, {"person": "C"}],
        "people": ["B", "D"],
    }
    assert said["person"] == "A"


def test_whoever_was_merged_further_is_the_last_of_them_until_it_is_undone() -> None:
    docs = merged(("A", "B"), ("B", "C"))
    assert survivor(docs, "A") == "C"
    assert merged_into(docs, "C") == ["B", "A"]
    told(docs, "merge_undone.v1", "B", "C")
    assert survivor(docs, "A") == "B"
    assert survivor(docs, "B") == "B"


def test_a_schema_that_names_nobody_costs_no_look() -> None:
    assert names_people(Said())
    assert not names_people(Nobody())


def test_who_somebody_was_is_looked_up_once_however_often_it_is_asked() -> None:
    docs = Counting(merged(("A", "B")))
    who = KnownAs(Activities, []).asked(docs, asked(id="B"))
    assert docs.finds == 0
    assert [who.is_me(person) for person in ("B", "A", "C", "A")] == [
        True,
        True,
        False,
        True,
    ]
    assert docs.finds == len(("B", "A"))  # Whoever was merged into each of the two.


@pytest.mark.parametrize("name", registry.SERVICES)
def test_every_service_knows_who_is_merged_into_whom(name: str) -> None:
    service = registry.load(name)
    assert "aliases" in {each.name for each in collections_of(service)}
    assert folds_of(service)["people"].keys() >= FOLDS.keys()


def test_who_follows_people_for_that_alone_follows_them() -> None:
    assert "people" in sources_of(Activities)
