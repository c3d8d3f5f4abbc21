"""Contests, sign-ups, records and totals."""

import random
from datetime import timedelta

from schemas.activities.hours import CONTEST_STATES
from schemas.activities.roles import ROLES
from schemas.activities.signups import STATES as SIGNUP_STATES
from schemas.fields import instant
from services.activities.folds.seating import EMPTY
from services.district import territory
from services.kit.views import Nothing, Overlay
from tests.given import NOW
from tests.integration.lists.activities import OWN, TIMES, WORKER
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

STREET = actor(("street_admin", "510108015"), id="R1")


def attending(seed: int) -> World:
    luck, docs = random.Random(seed), Overlay(Nothing())
    for number in range(60):
        community = luck.choice(COMMUNITIES)
        at = instant(NOW + timedelta(hours=luck.randint(-300, 300)))
        place = {
            "community": community,
            **territory.placed(community),
            "host": luck.choice((OWN, "branch/B1")),
        }
        about = {
            "title": "义诊",
            "category": "义诊",
            "place": "院内",
            "starts_at": at,
            "ends_at": at,
            "state": "closed",
        }
        session = {"id": f"S{number % 3}", "activity": "A1", **place, **about}
        docs.put("sessions", {**session, "host": OWN, "id": f"S{number:02}"})
        seat = {
            "id": f"S{number:02}:R2",
            "person": luck.choice(("R1", "R2")),
            "session": f"S{number:02}",
            "activity": "A1",
            "state": "confirmed",
        }
        counted = {
            "role": luck.choice(ROLES),
            "recorded": 1,
            "minutes": 60,
            "hours": "scanned",
            "score": None,
            "signup": f"G{number:02}",
        }
        docs.put("seats", {**seat, **counted, **place, "starts_at": at})
        contest = {
            "id": f"K{number:02}",
            "person": "R9",
            "asked_at": at,
            "state": luck.choice(CONTEST_STATES),
        }
        docs.put("contests", {**contest, "state_text": "", **place})
        year = {
            "person": luck.choice(("R1", "R2")),
            "scope": luck.choice(("all", *DIVISIONS, COMMUNITIES[0])),
        }
        docs.put("years", {"id": f"Y{number:02}", **year, "year": str(2000 + number)})
        signup = {
            "session": f"S0{number % 2}",
            "ticket": number,
            "state": luck.choice(SIGNUP_STATES),
            "by": "R9",
        }
        signup |= {"role": luck.choice(ROLES), "seating": signup["session"]}
        docs.put(
            "signups",
            {
                "id": f"G{number:02}",
                "activity": "A1",
                "party": [],
                "title": "",
                **signup,
            },
        )
        there = {
            "person": f"P{number:02}",
            "signup": f"G{number:02}",
            "session": f"S0{number % 2}",
            "activity": "A1",
            "starts_at": at,
        }
        there |= {"role": luck.choice(ROLES), "state": luck.choice(SIGNUP_STATES)}
        docs.put("seats", {"id": f"{there['session']}:{there['person']}", **there})
    for number in range(2):
        docs.put("seatings", {**EMPTY, "id": f"S0{number}"})
    whole = {
        "id": "A1",
        "session": "S00",
        "sessions_count": 2,
        "title": "义诊",
        "state": "closed",
        "shown": "public",
    }
    docs.put("activities", {**whole, "host": OWN, "community": COMMUNITIES[0]})
    return World("activities", docs)


ATTENDING = (
    Listed(
        "activities",
        "my_record",
        "seats",
        by("starts_at"),
        STREET,
        {
            "since": Filter(TIMES, lambda w, seat, q: seat["starts_at"] >= q["since"]),
            "until": Filter(TIMES, lambda w, seat, q: seat["starts_at"] < q["until"]),
            "role": equal("role", *ROLES),
        },
        seen=lambda w, seat, q: seat["person"] == "R1",
        newest_first=True,
    ),
    Listed(
        "activities",
        "resident_record",
        "seats",
        by("starts_at"),
        STREET,
        {
            "since": Filter(TIMES, lambda w, seat, q: seat["starts_at"] >= q["since"]),
            "until": Filter(TIMES, lambda w, seat, q: seat["starts_at"] < q["until"]),
            "role": equal("role", *ROLES),
            "person": equal("person", "R1", "R2"),
            "division": within("510108015", COMMUNITIES[0]),
        },
        always={"person": "R2", "division": "510108015"},
        newest_first=True,
    ),
    Listed(
        "activities",
        "resident_totals",
        "years",
        by("year"),
        STREET,
        {
            "person": equal("person", "R1", "R2"),
            "division": equal("division", "510108015", COMMUNITIES[0], of="scope"),
        },
        always={"person": "R2", "division": "510108015"},
        newest_first=True,
    ),
    Listed(
        "activities",
        "list_contests",
        "contests",
        by("asked_at"),
        actor(("street_admin", "510108015"), ("community_worker", COMMUNITIES[0])),
        {
            "state": among("state", CONTEST_STATES[0], ",".join(CONTEST_STATES)),
            "host": equal("host", OWN),
            "community": equal("community", *COMMUNITIES[:2]),
            "street": equal("street", "510108015"),
        },
        not_with=tuple(
            map(
                frozenset,
                (("host", "community"), ("host", "street"), ("community", "street")),
            )
        ),
        always={"street": "510108015"},
    ),
    Listed(
        "activities",
        "list_signups",
        "signups",
        lambda w, doc, q: (f"{doc['ticket']:03}", doc["id"]),
        WORKER,
        {
            "activity": equal("activity", "A1"),
            "session": equal("session", "S00", "S01"),
            "state": among("state", SIGNUP_STATES[0], ",".join(SIGNUP_STATES[1:4])),
            "role": equal("role", *ROLES),
        },
        always={"activity": "A1", "session": "S00"},
    ),
    Listed(
        "activities",
        "roster",
        "seats",
        by("person"),
        WORKER,
        {
            "activity": equal("activity", "A1"),
            "session": equal("session", "S00", "S01"),
            "state": among("state", SIGNUP_STATES[0], ",".join(SIGNUP_STATES[1:4])),
            "role": equal("role", *ROLES),
        },
        always={"activity": "A1", "session": "S00"},
    ),
)
