"""Activities of many hosts, each somewhere in its life, and their sessions before, around and after now."""

import random
from datetime import timedelta
from functools import partial
from typing import Any

from schemas.activities.contents import CATEGORIES
from schemas.activities.postings import STATES
from schemas.activities.sessions import STATES as SESSION_STATES
from schemas.documents import Json
from schemas.fields import instant
from services.activities.service import Activities
from services.kit.lists.search import folded
from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from tests.given import NOW, given_from
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

NOW_TEXT = instant(NOW)
OWN = f"community/{COMMUNITIES[0]}"
HOSTS = (OWN, f"community/{COMMUNITIES[2]}", "branch/B1")
WORKER = actor(("community_worker", COMMUNITIES[0]), id="W1")
RESIDENT = actor(("resident", "510108"), id="R1")
CAMPAIGNS = ("我们的节日", "清凉夏日")
TIMES = tuple(instant(NOW + timedelta(hours=hours)) for hours in (-200, 0, 60))


def activities(seed: int) -> World:
    luck, docs = random.Random(seed), Overlay(Nothing())
    docs.seq = 0
    for number in range(60):
        docs = given_from(docs, Activities, "activities", *_life(luck, f"A{number:02}"))
    for (collection, id), seating in list(docs.changed.items()):
        if collection == "seatings":
            docs.put(
                "seatings",
                {**seating, "taken": luck.randint(0, seating["capacity"]), "id": id},
            )
    for name in CAMPAIGNS:
        docs.put(
            "campaigns",
            {
                "id": name,
                "until": f"2026-0{luck.randint(5, 9)}-01",
                "summary": luck.choice(TITLES),
            },
        )
    for number in range(20):
        own = {
            "owner": luck.choice((OWN, "510108")),
            "name": luck.choice(TITLES),
            "state": luck.choice(("saved", "gone")),
        }
        docs.put(
            "templates", {"id": f"T{number:02}", "title": luck.choice(TITLES), **own}
        )
    return World("activities", docs)


def _life(luck: random.Random, id: str) -> list[Fact]:
    content = _content(luck, id)
    facts = [
        ("activity_drafted.v2", content),
        ("activity_published.v2", content),
        ("activity_opened.v1", {}),
    ]
    facts = facts[: luck.choice((1, 2, 3, 3, 3, 3))]
    sessions = [plan["session"] for plan in content["sessions"]]
    if len(facts) < 3 or luck.random() < 0.1:
        if luck.random() < 0.3:
            facts.append(
                ("activity_cancelled.v2", {"sessions": sessions, "reason": "雨"})
            )
        return [_fact(id, *one) for one in facts]
    for session in sessions:
        if session != sessions[0] and luck.random() < 0.2:
            facts.append(
                ("sessions_cancelled.v1", {"sessions": [session], "reason": "雨"})
            )
        elif luck.random() < 0.3:
            facts += [
                ("session_started.v1", {"session": session}),
                ("session_closed.v1", {"session": session}),
            ]
        elif luck.random() < 0.1:
            facts.append(("session_started.v1", {"session": session}))
    return [_fact(id, *one) for one in facts]


def _fact(id: str, type: str, data: Json) -> Fact:
    return Fact(type, f"activity/{id}", {"activity": id, **data})


def _content(luck: random.Random, id: str) -> Json:
    said: Json = {
        "audience": luck.choice(("", "老人", "独居老人", "儿童", "一老一小")),
        "campaign": luck.choice(("", *CAMPAIGNS)),
    }
    where = {
        "host": luck.choice(HOSTS),
        "community": luck.choice(COMMUNITIES),
        "place": "活动室",
    }
    about = {
        "title": luck.choice(TITLES),
        "category": luck.choice(CATEGORIES[:3]),
        "cohosts": [],
        "terms": {},
    }
    starts = sorted(luck.randint(-400, 400) for _ in range(luck.randint(1, 5)))
    all_help = {"all_help": True} if luck.random() < 0.2 else {}
    sessions = [
        _session(luck, f"{id}.{number}", hours, not all_help)
        for number, hours in enumerate(starts, 1)
    ]
    return {
        "activity": id,
        **about,
        **all_help,
        **where,
        **{k: v for k, v in said.items() if v},
        "sessions": sessions,
    }


def _session(luck: random.Random, id: str, hours: int, apart: bool) -> Json:
    starts = NOW + timedelta(hours=hours)
    times = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=luck.randint(1, 24)),
        "cutoff": starts - timedelta(hours=luck.randint(0, 9)),
    }
    return {
        "session": id,
        "place": "活动室",
        "capacity": luck.randint(1, 6),
        **({"helpers": luck.randint(0, 3)} if apart and luck.random() < 0.5 else {}),
        **{k: instant(v) for k, v in times.items()},
    }


def dates(world: World, activity: Json) -> list[Json]:
    """Its sessions in order, as far as they are or were to be held."""
    if activity["shown"] == "hidden":
        planned = world.docs["contents"][activity["id"]]["sessions"]
        found = [
            {**plan, "id": plan["session"], "state": "planned"} for plan in planned
        ]
    else:
        own = (
            date
            for date in world.docs["sessions"].values()
            if date["activity"] == activity["id"]
        )
        found = [
            date
            for date in own
            if date["state"] != "cancelled" or activity["state"] == "cancelled"
        ]
    return sorted(found, key=lambda date: (date["starts_at"], date["id"]))


def to_come(world: World, activity: Json, at: str) -> list[Json]:
    return [
        date
        for date in dates(world, activity)
        if date["ends_at"] > at and date["state"] != "closed"
    ]


def place(world: World, activity: Json, question: Json) -> tuple[str, str]:
    if activity["shown"] == "hidden":
        return activity["starts_at"], activity["id"]
    date = _date(world, activity, question)
    return date["starts_at"], date["id"]


def _date(world: World, activity: Json, question: Json) -> Json:
    return [
        *to_come(world, activity, question.get("since", NOW_TEXT))[:1],
        *reversed(dates(world, activity)),
    ][0]


def _is_to_come(world: World, activity: Json, question: Json) -> bool:
    return bool(to_come(world, activity, question["since"]))


def _begins_before(world: World, activity: Json, question: Json) -> bool:
    asked_for = (
        to_come(world, activity, question["since"])
        if "since" in question
        else dates(world, activity)
    )
    return any(date["starts_at"] < question["until"] for date in asked_for)


def _has_room(world: World, activity: Json, question: Json) -> bool:
    since = max(NOW_TEXT, question.get("since", ""))
    held = (
        date
        for date in to_come(world, activity, since)
        if date["starts_at"] < question.get("until", "~")
    )
    return any(_fits(world, date, question) for date in held)


def _fits(world: World, session: Json, question: Json) -> bool:
    apart = question.get("role") == "helper" and not session.get("all_help")
    seating = world.docs["seatings"].get(
        f"{session['id']}:helpers" if apart else session["id"]
    )
    if (
        not _asks_for(session, question)
        or session["state"] != "planned"
        or session["cutoff"] <= NOW_TEXT
    ):
        return False
    if seating is None:
        return False
    return bool(seating["capacity"] - seating["taken"] >= question["free"])


def _activity(world: World, doc: Json) -> Json:
    return world.docs["activities"][doc["activity"] if "activity" in doc else doc["id"]]


def _asks_for(session: Json, question: Json) -> bool:
    """Whether people may come as that: all help, or all take part but those on the places of helpers."""
    helpers = session.get("all_help") or "helpers" in session
    return bool(
        helpers
        if question.get("role") == "helper"
        else not session.get("all_help") or "role" not in question
    )


def _has_places(world: World, doc: Json, question: Json) -> bool:
    activity = _activity(world, doc)
    plans = (
        [doc]
        if "activity" in doc
        else world.docs["contents"][activity["id"]]["sessions"]
    )
    return any(
        _asks_for({**plan, "all_help": activity.get("all_help")}, question)
        for plan in plans
    )


def _is_for(world: World, doc: Json, question: Json) -> bool:
    activity = _activity(world, doc)
    text = folded(activity.get("audience", ""))
    return any(
        word in text
        for word in MEANS.get(question["audience"], (question["audience"],))
    )


def _is_of_campaign(world: World, doc: Json, question: Json) -> bool:
    activity = _activity(world, doc)
    return bool(activity.get("campaign") == question["campaign"])


def _sees(world: World, activity: Json, question: Json, own: str = "") -> bool:
    return activity["shown"] == "public" or bool(
        own and activity["host"] == question.get("host") == own
    )


def _sees_session(world: World, session: Json, question: Json) -> bool:
    activity = world.docs["activities"][session["activity"]]
    named = "host" in question or "activity" in question
    return activity["shown"] != "hidden" and (named or session["state"] != "cancelled")


MEANS = {
    "老人": ("老人", "一老一小"),
    "儿童": ("儿童", "一老一小"),
    "一老一小": ("一老一小", "老人", "儿童"),
}
SHARED: dict[str, Any] = {
    "division": within(),
    "category": among("category", CATEGORIES[0], f"{CATEGORIES[1]},{CATEGORIES[2]}"),
    "campaign": Filter(CAMPAIGNS, _is_of_campaign),
    "audience": Filter(("老人", "儿童", "一老一小", "独居"), _is_for),
    "role": Filter(("helper", "participant"), _has_places),
    "host": equal("host", *HOSTS),
}
FILTERS = {
    **SHARED,
    "text": searched("title", "summary", "category", "audience", "campaign", "place"),
    "state": among("state", "open", "running,published", ",".join(STATES)),
    "free": Filter((1, 3, 6), _has_room),
    "since": Filter(TIMES, _is_to_come),
    "until": Filter(TIMES, _begins_before),
}
ACTIVITIES = (
    Listed(
        "activities",
        "list_activities",
        "activities",
        place,
        RESIDENT,
        FILTERS,
        seen=_sees,
    ),
    Listed(
        "activities",
        "list_activities",
        "activities",
        place,
        WORKER,
        FILTERS,
        seen=partial(_sees, own=OWN),
    ),
    Listed(
        "activities",
        "list_sessions",
        "sessions",
        by("starts_at"),
        RESIDENT,
        {
            **SHARED,
            "activity": equal("activity", "A02", "A05"),
            "state": among(
                "state", "planned", "running,closed", ",".join(SESSION_STATES)
            ),
            "free": Filter((1, 3, 6), _fits),
            "since": Filter(
                TIMES,
                lambda world, session, question: session["ends_at"] > question["since"],
            ),
            "until": Filter(
                TIMES,
                lambda world, session, question: (
                    session["starts_at"] < question["until"]
                ),
            ),
        },
        seen=_sees_session,
    ),
    Listed(
        "activities",
        "list_templates",
        "templates",
        by("name"),
        WORKER,
        {
            "owner": equal("owner", OWN, "510108"),
            "text": searched(
                "name", "title", "summary", "category", "audience", "campaign", "place"
            ),
        },
        seen=lambda world, doc, question: doc["state"] == "saved",
        always={"owner": OWN},
    ),
    Listed(
        "activities",
        "list_campaigns",
        "campaigns",
        by("until"),
        RESIDENT,
        {"text": searched("id", "summary")},
        seen=lambda world, doc, question: doc["until"] >= "2026-06-01",
    ),
)
