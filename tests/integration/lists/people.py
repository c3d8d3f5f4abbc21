"""Who did what with people's data."""

import random

from schemas.documents import Json
from services.kit.views import Nothing, Overlay
from services.people.service import People
from tests.examples import people as examples
from tests.given import example_of, given_from
from tests.integration.lists.case import (
    COMMUNITIES,
    Filter,
    Listed,
    World,
    actor,
    by,
    equal,
)

KINDS = ("record", "search", "roster")
ACTORS = ("P4", "P5")
PERSONS = ("R1", "R2", "R3")
MOMENTS = tuple(f"2026-05-{day:02}T01:00:00.000Z" for day in (3, 12, 21))


def audit(seed: int) -> World:
    luck, docs = random.Random(seed), Overlay(Nothing())
    docs.seq = 0
    recorded = [
        example_of(examples, "person_recorded.v1", person=person, community=community)
        for person, community in zip(PERSONS, COMMUNITIES, strict=True)
    ]
    looks = [_look(luck) for _ in range(60)]
    batches = [
        example_of(examples, "looks_recorded.v1", looks=looks[:40], lost=2),
        example_of(examples, "looks_recorded.v1", looks=looks[40:], lost=0),
    ]
    return World("people", given_from(docs, People, "people", *recorded, *batches))


def _look(luck: random.Random) -> Json:
    look = {
        "kind": luck.choice(KINDS),
        "by": luck.choice(ACTORS),
        "at": f"2026-05-{luck.randint(1, 28):02}T01:00:00.000Z",
        "place": luck.choice(COMMUNITIES),
    }
    persons = luck.choice(((), (luck.choice(PERSONS),)))
    return look | {"persons": list(persons)}


def _is_of_the_street(world: World, entry: Json, question: Json) -> bool:
    return entry.get("street") == "510108015" or entry["kind"] == "lost"


def _is_within(world: World, entry: Json, question: Json) -> bool:
    of_all = entry["kind"] == "lost"
    if not "510108015".startswith(question["division"][:9]):
        return False
    return of_all or str(entry.get("community")).startswith(question["division"])


AUDIT = (
    Listed(
        "people",
        "list_audit",
        "audit",
        by("at"),
        actor(("street_admin", "510108015")),
        {
            "division": Filter(
                ("510108", "510108015", "510108015001", "510108016001"), _is_within
            ),
            "person": equal("person", *PERSONS),
            "by": equal("by", *ACTORS),
            "kind": equal("kind", *KINDS),
            "since": Filter(MOMENTS, lambda w, entry, q: entry["at"] >= q["since"]),
            "until": Filter(MOMENTS, lambda w, entry, q: entry["at"] < q["until"]),
        },
        seen=_is_of_the_street,
        always={"division": "510108"},
        newest_first=True,
    ),
)
