"""Units and offerings, needs and commitments."""

import random
from datetime import timedelta

from schemas.cobuild.commitments import STATES as COMMITMENT_STATES
from schemas.cobuild.needs import STATES as NEED_STATES
from schemas.cobuild.offerings import CATEGORIES
from schemas.documents import Json
from services.cobuild.model.lifecycles import LISTED
from services.cobuild.model.pauses import standing
from services.district import territory
from services.district.calendar import local_day
from services.kit.views import Nothing, Overlay
from tests.given import NOW
from tests.integration.lists.case import (
    COMMUNITIES,
    TITLES,
    Filter,
    Listed,
    World,
    actor,
    among,
    by,
    equal,
    searched,
    within,
)

STREET = actor(("street_admin", "510108015"))
WORKER = actor(("community_worker", "510108015001"), id="W1")
TODAY = local_day(NOW)


def _placed(luck: random.Random) -> Json:
    community = luck.choice(COMMUNITIES)
    return {"community": community, **territory.placed(community)}


def _day(luck: random.Random) -> str:
    return local_day(NOW + timedelta(days=luck.randint(-9, 9)))


def cobuild(seed: int) -> World:
    luck, docs = random.Random(seed), Overlay(Nothing())
    for number in range(40):
        state = luck.choice(("registered", "approved", "rejected"))
        told = {
            "name": luck.choice(TITLES),
            "industry": "教育",
            "state": state,
            "state_text": state,
        }
        unit = {
            "id": f"U{number:02}",
            **told,
            **_placed(luck),
            "by": luck.choice(("A1", "P2")),
        }
        docs.put("units", {**unit, "credit_code": "", "halted": luck.random() < 0.3})
    for number in range(80):
        docs.put("offerings", _offering(luck, f"F{number:02}"))
        docs.put("needs", _need(luck, f"N{number:02}"))
        docs.put("commitments", _commitment(luck, f"C{number:02}"))
    return World("cobuild", docs)


def _offering(luck: random.Random, id: str) -> Json:
    state = luck.choice(("published", "published", "paused", "retired"))
    about = {
        "title": luck.choice(TITLES),
        "category": luck.choice(CATEGORIES[:3]),
        "audience": ["老人", "儿童"],
    }
    stands = {
        "state": state,
        "state_text": state,
        "pauses": ["unit"] if state == "paused" else [],
    }
    unit = {
        "unit": f"U{luck.randint(0, 5):02}",
        "place": "读书角",
        "valid_until": _day(luck),
    }
    return {"id": id, **about, **stands, **unit, **_placed(luck)}


def _need(luck: random.Random, id: str) -> Json:
    state = luck.choice(NEED_STATES)
    about = {
        "category": luck.choice(CATEGORIES[:3]),
        "audience": "老人",
        "title": luck.choice(TITLES),
    }
    whose: Json = {
        "by": luck.choice(("W1", "W2")),
        "notes": {},
        "raised_at": f"{_day(luck)}T01:00:00.000Z",
    }
    return {
        "id": id,
        "state": state,
        "state_text": state,
        **about,
        **whose,
        **_placed(luck),
    }


def _commitment(luck: random.Random, id: str) -> Json:
    state, named = (
        luck.choice(COMMITMENT_STATES),
        {"unit": f"U{luck.randint(0, 5):02}", "need": f"N{luck.randint(0, 9):02}"},
    )
    about = {
        "title": luck.choice(TITLES),
        "category": CATEGORIES[0],
        "taken_at": f"{_day(luck)}T01:00:00.000Z",
    }
    return {
        "id": id,
        "state": state,
        "state_text": state,
        "notes": {},
        **named,
        **about,
        **_placed(luck),
    }


def _has_standing(world: World, offering: Json, question: Json) -> bool:
    now: str = standing(offering, world.docs["units"][offering["unit"]])["state"]
    is_valid = offering["state"] != "published" or offering["valid_until"] >= TODAY
    return bool(is_valid and now in question["state"])


def _sees_unit(world: World, unit: Json, question: Json) -> bool:
    return bool(
        unit["state"] == "approved"
        or unit["by"] == "A1"
        or unit["street"] == "510108015"
    )


def _sees_need(world: World, need: Json, question: Json) -> bool:
    return bool(need["state"] in LISTED or need["community"] == "510108015001")


COBUILD = (
    Listed(
        "cobuild",
        "list_units",
        "units",
        by("id"),
        STREET,
        {
            "text": searched("name", "industry"),
            "division": within(),
            "state": among("state", "approved", "registered,rejected"),
        },
        seen=_sees_unit,
    ),
    Listed(
        "cobuild",
        "list_offerings",
        "offerings",
        by("valid_until"),
        WORKER,
        {
            "text": searched("title", "category", "audience", "place"),
            "division": within(),
            "category": among(
                "category", CATEGORIES[0], f"{CATEGORIES[1]},{CATEGORIES[2]}"
            ),
            "unit": equal("unit", "U01", "U03"),
            "state": Filter(("published", "paused", "retired,paused"), _has_standing),
        },
    ),
    Listed(
        "cobuild",
        "list_needs",
        "needs",
        by("raised_at"),
        WORKER,
        {
            "text": searched("title", "category", "audience"),
            "division": within(),
            "category": among(
                "category", CATEGORIES[0], f"{CATEGORIES[1]},{CATEGORIES[2]}"
            ),
            "state": among(
                "state", "verified", "raised,rejected,closed", ",".join(NEED_STATES)
            ),
        },
        seen=_sees_need,
    ),
    Listed(
        "cobuild",
        "list_commitments",
        "commitments",
        by("taken_at"),
        WORKER,
        {
            "text": searched("title", "category"),
            "division": within(),
            "unit": equal("unit", "U01", "U03"),
            "need": equal("need", "N01", "N02"),
            "state": among(
                "state", COMMITMENT_STATES[0], ",".join(COMMITMENT_STATES[1:4])
            ),
        },
        newest_first=True,
    ),
)
