"""What comes of each door of the demonstration: invented, seeded, the same each time it is made."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.documents import Json
from services.xfh.demo.plan import SEED
from services.xfh.demo.script import Scale

MET_FIRST, FINDS, MET_AGAIN = 0.72, 0.18, 0.6
NOT_MET, HOW_OFTEN = ("not_in", "refused", "empty", "moved"), (80, 8, 8, 4)
NEEDS = 6
ENDINGS = ("agreed", "agreed", "partly", "not_agreed", "referred", "")


@dataclass(frozen=True)
class Door:
    """`again` is the outcome of the second visit, `finds` the way a finding goes; "" for none.

    `number` counts the findings that go the same way.
    """

    walk: int
    outcome: str
    again: str
    finds: str
    number: int
    has_care: bool


@dataclass(frozen=True)
class Walk:
    """One grid, who goes there, and its doors in order. `quarrel` is how one ends: "" not yet, None for no quarrel."""

    community: str
    grid: str
    doors: tuple[Door, ...]
    quarrel: str | None


def walks(grids: list[Json], scale: Scale) -> list[Walk]:
    luck = random.Random(f"{SEED}doors")
    doors = list(_doors(luck, len(grids) * scale.doors, scale))
    quarrels = _quarrels(luck, len(grids), scale)
    return [
        Walk(
            grid["community"],
            grid["grid"],
            tuple(doors[number * scale.doors : (number + 1) * scale.doors]),
            quarrels.get(number),
        )
        for number, grid in enumerate(grids)
    ]


def _doors(luck: random.Random, count: int, scale: Scale) -> Iterator[Door]:
    met = sorted(luck.sample(range(count), round(count * MET_FIRST)))
    findings = _findings(luck, met, scale)
    cared = set(luck.sample(range(count), min(scale.cares, count)))
    for place in range(count):
        outcome = "met" if place in met else luck.choices(NOT_MET, HOW_OFTEN)[0]
        again = (
            ("met" if luck.random() < MET_AGAIN else "not_in")
            if outcome == "not_in"
            else ""
        )
        finds, number = findings.get(place, ("", 0))
        walk = place % scale.doors + 1
        yield Door(walk, outcome, again, finds, number, place in cared)


def _findings(
    luck: random.Random, met: list[int], scale: Scale
) -> dict[int, tuple[str, int]]:
    """By place: the first go to a team, the next are raised as needs, for the rest a word at the door is enough."""
    found = luck.sample(met, round(len(met) * FINDS))
    ways = ["followup"] * scale.followups + ["need"] * NEEDS
    ways += ["advice"] * len(found)
    return {
        place: (way, ways[:number].count(way))
        for number, (place, way) in enumerate(zip(found, ways, strict=False))
    }


def _quarrels(luck: random.Random, count: int, scale: Scale) -> dict[int, str]:
    numbers = luck.sample(range(count), min(scale.mediations, count))
    return {
        number: ENDINGS[place % len(ENDINGS)] for place, number in enumerate(numbers)
    }
