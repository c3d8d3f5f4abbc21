"""What the doorstep lists: members, rounds and how far they came, findings, care and mediation."""

import random

from schemas.documents import Json
from schemas.grids.cares import CARE_STATES
from schemas.grids.findings import FINDING_STATES
from schemas.grids.mediations import MEDIATION_STATES
from schemas.grids.members import MEMBER_STATES
from schemas.grids.rounds import ROUND_STATES
from services.district import territory
from services.kit.views import Nothing, Overlay
from tests.integration.lists.case import (
    COMMUNITIES,
    DIVISIONS,
    Filter,
    Listed,
    World,
    actor,
    among,
    by,
    equal,
    within,
)

DISTRICT = actor(("district_admin", "510108"))
ROUNDS = ("R1", "R2")
GRID = "W-0101"


def grids(seed: int) -> World:
    luck, docs = random.Random(seed), Overlay(Nothing())
    docs.put("doors", {"id": "D1", "note": "N1", "walk": 1})
    for number in range(60):
        docs.put("members", _placed(luck, f"M{number:02}", tuple(MEMBER_STATES)))
        at = f"2026-05-{luck.randint(1, 28):02}T01:00:00.000Z"
        for collection, states, moment in (
            ("findings", FINDING_STATES, "recorded_at"),
            ("cares", CARE_STATES, "next_at"),
            ("mediations", MEDIATION_STATES, "opened_at"),
        ):
            doc = _placed(luck, f"{collection}{number:02}", tuple(states))
            about = {moment: at, "note": "N1", "door": "D1"}
            docs.put(collection, doc | about)
        docs.put("rounds", _round(luck, f"W{number:02}"))
        docs.put("coverage", _coverage(luck, number))
    for round in ROUNDS:
        docs.put("rounds", _round(luck, round))
    return World("grids", docs)


def _placed(luck: random.Random, id: str, states: tuple[str, ...]) -> Json:
    community, state = luck.choice(COMMUNITIES), luck.choice(states)
    place = {"community": community, "grid": GRID, **territory.placed(community)}
    return {"id": id, "state": state, "state_text": state, **place}


def _round(luck: random.Random, id: str) -> Json:
    division, state = luck.choice(DIVISIONS), luck.choice(tuple(ROUND_STATES))
    stands = {"state": state, "state_text": state, "division": division}
    since = f"2026-05-{luck.randint(1, 28):02}"
    return {"id": id, "since": since, **stands, **territory.lies_in(division)}


def _coverage(luck: random.Random, number: int) -> Json:
    place = {"round": luck.choice(ROUNDS), "community": luck.choice(COMMUNITIES)}
    return {"id": f"{place['round']}:G{number:02}", "grid": GRID, **place}


def _goes_there(world: World, round: Json, question: Json) -> bool:
    """Whether it goes to some door of the place that is asked about."""
    place, division = question["division"], round["division"]
    return bool(place.startswith(division) or division.startswith(place))


def _listed(
    name: str,
    collection: str,
    order: str,
    states: tuple[str, ...],
    *,
    newest_first: bool = False,
) -> Listed:
    return Listed(
        "grids",
        name,
        collection,
        by(order),
        DISTRICT,
        {"division": within(), "state": _states(states)},
        always={"division": "510108", "state": ",".join(states)},
        newest_first=newest_first,
    )


def _states(states: tuple[str, ...]) -> Filter:
    return among("state", states[0], ",".join(states[-2:]), ",".join(states))


GRIDS = (
    _listed("list_findings", "findings", "recorded_at", tuple(FINDING_STATES)),
    _listed("list_cares", "cares", "next_at", tuple(CARE_STATES)),
    _listed(
        "list_mediations",
        "mediations",
        "opened_at",
        tuple(MEDIATION_STATES),
        newest_first=True,
    ),
    Listed(
        "grids",
        "list_rounds",
        "rounds",
        by("since"),
        DISTRICT,
        {
            "division": Filter(DIVISIONS, _goes_there),
            "state": _states(tuple(ROUND_STATES)),
        },
        always={"division": "510108", "state": ",".join(ROUND_STATES)},
        newest_first=True,
    ),
    Listed(
        "grids",
        "list_grid_members",
        "members",
        by("id"),
        DISTRICT,
        {
            "community": equal("community", *COMMUNITIES),
            "state": _states(tuple(MEMBER_STATES)),
        },
        always={"community": COMMUNITIES[0], "state": ",".join(MEMBER_STATES)},
    ),
    Listed(
        "grids",
        "list_coverage",
        "coverage",
        by("id"),
        DISTRICT,
        {
            "round": equal("round", *ROUNDS),
            "community": equal("community", *COMMUNITIES),
        },
        always={"round": ROUNDS[0], "community": COMMUNITIES[0]},
    ),
)
