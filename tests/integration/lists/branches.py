"""Branches and who reported in to them, divisions, courtyards and grids."""

import random

from schemas.documents import Json
from services.branches.model.lifecycles import OPEN, REPORT
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
    by,
    equal,
    searched,
    within,
)

STREET = actor(("street_admin", "510108015"), id="R1")
SECRETARY = actor(
    ("branch_secretary", "branch/B01"), ("district_admin", "510108"), id="R1"
)
KINDS = ("member", "branch")
TODAY = local_day(NOW)


def branches(seed: int) -> World:
    luck, docs = random.Random(seed), Overlay(Nothing())
    for code, level in (
        ("510108", "district"),
        ("510108015", "street"),
        ("510108016", "street"),
        *((c, "community") for c in COMMUNITIES),
    ):
        parent = code[:-3] if level != "district" else ""
        docs.put(
            "divisions",
            {
                "id": code,
                "level": level,
                "parent": parent,
                "name": code,
                "periods": [{}],
            },
        )
    for number in range(40):
        community = luck.choice(COMMUNITIES)
        docs.put(
            "branches",
            {
                "id": f"B{number:02}",
                "name": luck.choice(TITLES),
                "company": "演示公司",
                "community": community,
                **territory.placed(community),
                "terms": [],
                "state": "active",
            },
        )
        report = {
            "branch": luck.choice(("B01", "B02")),
            "kind": luck.choice(KINDS),
            "person": luck.choice(("R1", "R2")),
        }
        state = luck.choice(tuple(REPORT.texts))
        docs.put(
            "reports",
            {
                "id": f"D{number:02}",
                "community": community,
                "on": f"2026-05-{luck.randint(1, 28):02}",
                "state": state,
                "state_text": state,
                **report,
            },
        )
    for kind in ("courtyard", "grid"):
        for community in COMMUNITIES:
            codes = {
                f"{community}{kind[0].upper()}{number:02}": {
                    f"2026-0{luck.randint(1, 7)}-01": luck.choice((None, "2026-07-15"))
                }
                for number in range(9)
            }
            docs.put(f"{kind}_rolls", {"id": community, "codes": codes})
            for code, periods in codes.items():
                [(since, until)] = periods.items()
                docs.put(
                    f"{kind}s",
                    {
                        "id": code,
                        "community": community,
                        "since": since,
                        "until": until or "~",
                        "periods": [],
                    },
                )
    return World("branches", docs)


def _is_valid(world: World, area: Json, question: Json) -> bool:
    return bool(area["since"] <= question.get("on", TODAY) <= area["until"])


def _is_child(world: World, division: Json, question: Json) -> bool:
    return (
        bool("level" in question and division["id"].startswith(question["parent"]))
        or division["parent"] == question["parent"]
    )


def _is_at_the_top(world: World, division: Json, question: Json) -> bool:
    return bool({"level", "parent"} & question.keys()) or division["parent"] == ""


def _stands(world: World, report: Json, question: Json) -> bool:
    return report["state"] in OPEN


def _areas(kind: str) -> Listed:
    filters = {
        "community": equal("community", *COMMUNITIES),
        "on": Filter((TODAY, "2026-07-20", "2026-02-01"), _is_valid),
    }
    return Listed(
        "branches",
        f"list_{kind}s",
        f"{kind}s",
        by("id"),
        STREET,
        filters,
        seen=_is_valid,
        always={"community": COMMUNITIES[0]},
    )


BRANCHES = (
    Listed(
        "branches",
        "list_branches",
        "branches",
        by("id"),
        STREET,
        {"text": searched("name", "company"), "division": within()},
    ),
    Listed(
        "branches",
        "list_divisions",
        "divisions",
        by("id"),
        STREET,
        {
            "parent": Filter(("510108", "510108015"), _is_child),
            "level": equal("level", "street", "community"),
        },
        seen=_is_at_the_top,
    ),
    Listed(
        "branches",
        "list_reports_of_branch",
        "reports",
        by("on"),
        SECRETARY,
        {"branch": equal("branch", "B01", "B02"), "kind": equal("kind", *KINDS)},
        seen=_stands,
        always={"branch": "B01"},
    ),
    Listed(
        "branches",
        "list_reports_of_community",
        "reports",
        by("on"),
        SECRETARY,
        {"community": equal("community", *COMMUNITIES), "kind": equal("kind", *KINDS)},
        seen=_stands,
        always={"community": COMMUNITIES[0]},
    ),
    _areas("courtyard"),
    _areas("grid"),
)
