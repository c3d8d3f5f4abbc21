"""Partners and members of the alliance."""

import random

from schemas.documents import Json
from schemas.partners.partners import STATES as PARTNER_STATES
from schemas.partners.profile import CATEGORIES as SERVED
from schemas.partners.profile import KINDS
from services.district.calendar import local_day
from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from services.partners.rules.rights import PASSED
from services.partners.service import Partners
from tests.examples import partners as examples
from tests.given import NOW, example_of, given_from
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
TODAY = local_day(NOW)


def partners(seed: int) -> World:
    luck, docs = random.Random(seed), Overlay(Nothing())
    docs.seq = 0
    for number in range(50):
        about = {
            "partner": f"P{number:02}",
            "name": luck.choice(TITLES),
            **_of_partner(luck),
        }
        facts = [example_of(examples, "partner_applied.v2", **about)]
        done = luck.choice(
            (("approved",), ("rejected",), (), ("approved", "suspended"), ("approved",))
        )
        facts += [
            example_of(examples, f"partner_{one}.v1", partner=about["partner"])
            for one in done
        ]
        if len(facts) > 1 and facts[1].type == "partner_approved.v1":
            facts.append(_joined(about["partner"], f"2026-05-{luck.randint(20, 31)}"))
        docs = given_from(docs, Partners, "partners", *facts)
    return World("partners", docs)


def _of_partner(luck: random.Random) -> Json:
    categories = luck.sample(SERVED[:4], luck.randint(1, 3))
    community = luck.choice(COMMUNITIES)
    return {
        "kind": luck.choice(KINDS[:2]),
        "categories": categories,
        "community": community,
        "by": luck.choice(("A1", "P2")),
    }


def _joined(partner: str, since: str) -> Fact:
    return example_of(examples, "alliance_joined.v1", partner=partner, since=since)


def _sees_partner(world: World, partner: Json, question: Json) -> bool:
    return (
        partner["state"] in PASSED
        or partner["by"] == "A1"
        or partner["street"] == "510108015"
    )


def _serves(world: World, partner: Json, question: Json) -> bool:
    return question["category"] in partner["categories"]


def _is_in(world: World, stay: Json, question: Json) -> bool:
    return bool(stay["since"] <= question["on"] <= stay["ends"])


def _is_in_now(world: World, stay: Json, question: Json) -> bool:
    return "on" in question or bool(stay["since"] <= TODAY <= stay["ends"])


PARTNERS = (
    Listed(
        "partners",
        "list_partners",
        "partners",
        by("id"),
        STREET,
        {
            "text": searched("name", "kind", "categories"),
            "division": within(),
            "state": among("state", "approved", ",".join(PARTNER_STATES)),
            "kind": equal("kind", *KINDS[:2]),
            "category": Filter((SERVED[0], SERVED[1]), _serves),
        },
        seen=_sees_partner,
    ),
    Listed(
        "partners",
        "list_members",
        "memberships",
        by("ends"),
        STREET,
        {
            "division": Filter(
                ("510108", "510108015", "510108016001"),
                lambda w, stay, q: q["division"] in stay.values(),
            ),
            "on": Filter((TODAY, "2026-05-28"), _is_in),
        },
        seen=_is_in_now,
        always={"division": "510108"},
    ),
)
