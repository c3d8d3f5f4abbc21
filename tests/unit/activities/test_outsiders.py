"""Who is not concerned hears one answer, whatever state a thing is in and whatever is inside it.

What they may not see is answered like what does not exist; what they see and may not touch, by one refusal.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.documents import Json
from services.activities.service import Activities
from services.kit.actor import ANONYMOUS, Actor, Role
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Command, Query
from services.kit.errors import Problem
from services.kit.log import Fact
from services.kit.service import entrypoints
from services.kit.views import Overlay
from tests.asking import ask
from tests.examples.activities import (
    ACTIVITY,
    CERTIFICATE,
    COMMANDS,
    COMMENDATION,
    CONTEST,
    EVENTS,
    OFFERING,
    SESSION,
    SIGNUP,
)
from tests.unit.activities.stage import (
    CLOSED,
    DRAFTED,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    fact,
    stage,
)

TEMPLATE = "01K0TMP0000000000000000001"
UNKNOWN = "01K0N0TTHERE00000000000001"
NOW = STARTS + timedelta(hours=3)
OUTSIDERS = {
    "another resident": ("R9", ("resident", "510108")),
    "a former secretary": ("S0", ("branch_secretary", "branch/B1")),
    "a secretary of another branch": ("S2", ("branch_secretary", "branch/B2")),
    "a liaison of another unit": ("L2", ("unit_liaison", "unit/U2")),
    "a manager of another partner": ("M2", ("partner_manager", "partner/P2")),
    "a worker of another community": ("W2", ("community_worker", "510108002002")),
    "an administrator of another street": ("A2", ("street_admin", "510108003")),
    "an administrator of another district": ("D2", ("district_admin", "510109")),
}
ACTORS = {name: Actor(id, (Role(*role),)) for name, (id, role) in OUTSIDERS.items()} | {
    "anybody": ANONYMOUS
}

CANCELLED = fact("activity_cancelled.v2", sessions=[SESSION], reason="雨")
SUBMITTED = fact("activity_submitted.v1")
RETURNED = fact("activity_returned.v1", reason="请写明地点")
HIDDEN = (
    (DRAFTED,),
    (DRAFTED, SUBMITTED),
    (DRAFTED, SUBMITTED, RETURNED),
    (DRAFTED, CANCELLED),
)
RUNNING = (PUBLISHED, OPENED, STARTED)
SEEN = (
    (PUBLISHED,),
    (PUBLISHED, OPENED),
    (PUBLISHED, OPENED, CANCELLED),
    RUNNING,
    (*RUNNING, CLOSED),
    (*RUNNING, CLOSED, fact("activity_archived.v1")),
)
INSIDE = Fact("checked_in.v1", STARTED.stream, EVENTS["checked_in.v1"])
RATED = Fact("activity_rated.v1", STARTED.stream, EVENTS["activity_rated.v1"])
CONTESTED = Fact("hours_contested.v1", STARTED.stream, EVENTS["hours_contested.v1"])
SOMEBODY = confirmed(SIGNUP, "R1", ticket=1)
# With nobody, with somebody who signed up, who came, who said something.
WITHIN = ((), (SOMEBODY,), (SOMEBODY, INSIDE, RATED), (SOMEBODY, INSIDE, CONTESTED))

IDS = {
    "activity": ACTIVITY, "session": SESSION, "signup": SIGNUP, "contest": CONTEST, "certificate": CERTIFICATE,
    "commendation": COMMENDATION, "template": TEMPLATE,
}  # fmt: skip
MORE = {
    "host": "branch/B1",
    "owner": "branch/B1",
    "issuer": "branch/B1",
    "person": "R1",
    "offering": OFFERING,
}
# What is public of an activity depends on it, and whoever likes signs up for it.
# Whoever was told what a guest is called is no outsider.
UNTOLD = {"join_party": {"person": "nobody"}}
PUBLIC = {"get_activity", "get_calendar", "list_sessions", "get_session", "sign_up"}
# Of whoever asks, and nobody else: which sessions there are is public.
OF_ONESELF = {"rate", "delete_rating_words"}

MARKS = {
    mark.name: mark
    for mark in entrypoints(Activities)
    if isinstance(mark, Command | Query)
}


def naming(field: str) -> list[str]:
    """The commands and questions that name such a thing."""
    return [
        name
        for name, mark in MARKS.items()
        if field in mark.schema().fields and field in said(name)
    ]


def said(name: str) -> Json:
    mark = MARKS[name]
    if isinstance(mark, Command):
        return {**COMMANDS[name], **UNTOLD.get(name, {})}
    fields = mark.schema().fields
    paged = {"after": None, "limit": 20} if "limit" in fields else {}
    return {
        **{field: value for field, value in (IDS | MORE).items() if field in fields},
        **paged,
    }


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data=Path(tmp_path_factory.mktemp("keys")))


def answer(
    settings: Settings, name: str, payload: Json, who: Actor, docs: Overlay
) -> tuple[str, ...]:
    """What they hear, without the ids they said themselves."""
    mark = MARKS[name]
    try:
        mark.admit(who)
        told: Any = ask(
            Activities, name, docs, payload, Asked(who, NOW, "N1"), settings
        )
    except Problem as problem:
        heard = (
            type(problem).__name__,
            problem.code,
            problem.title,
            str(problem.errors),
        )
        return tuple(_without_ids(text, payload) for text in heard)
    return ("told", str(told.data if isinstance(told, Fact) else told))


def _without_ids(text: str, payload: Json) -> str:
    for field in IDS:
        if field in payload:
            text = text.replace(payload[field], "…")
    return text


def of_other(name: str, field: str) -> Json:
    """The same about a thing that does not exist."""
    payload = {**said(name), field: UNKNOWN}
    return (
        {**payload, "session": f"{UNKNOWN}.1"}
        if field == "activity" and "session" in payload
        else payload
    )


def about_sessions(payload: Json) -> list[Json]:
    """The same of the only session, of one named, and of one there is not."""
    rest = {name: value for name, value in payload.items() if name != "session"}
    return [
        rest,
        {**rest, "session": f"{rest['activity']}.1"},
        {**rest, "session": f"{rest['activity']}.9"},
    ]


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("name", naming("activity"))
def test_a_draft_is_to_outsiders_as_if_it_were_not_there(
    settings: Settings, name: str, who: str
) -> None:
    takes_session = "session" in MARKS[name].schema().fields
    unknown, known = ([payload] for payload in (of_other(name, "activity"), said(name)))
    if takes_session:
        unknown, known = about_sessions(unknown[0]), about_sessions(known[0])
    (nothing,) = {
        answer(settings, name, payload, ACTORS[who], stage()) for payload in unknown
    }
    heard = {
        answer(settings, name, payload, ACTORS[who], stage(*facts))
        for facts in HIDDEN
        for payload in known
    }
    assert heard == {nothing}


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize(
    "name", [name for name in naming("activity") if name not in PUBLIC]
)
def test_what_outsiders_see_and_may_not_touch_is_refused_in_one_way(
    settings: Settings, name: str, who: str
) -> None:
    takes_session = "session" in MARKS[name].schema().fields and name not in OF_ONESELF
    payloads = about_sessions(said(name)) if takes_session else [said(name)]
    heard = {
        answer(settings, name, payload, ACTORS[who], docs)
        for docs in every_activity_seen()
        for payload in payloads
    }
    assert len(heard) == 1, heard
    assert heard.pop()[0] != "told"


def every_activity_seen() -> list[Overlay]:
    return [
        stage(*facts, *within)
        for facts in SEEN
        for within in WITHIN
        if not within or OPENED in facts
    ]


CERTIFIED = Fact(
    "certificate_issued.v1",
    f"certificate/{CERTIFICATE}",
    EVENTS["certificate_issued.v1"],
)
COMMENDED = Fact(
    "person_commended.v1", f"commendation/{COMMENDATION}", EVENTS["person_commended.v1"]
)
SAVED = Fact("template_saved.v1", f"template/{TEMPLATE}", EVENTS["template_saved.v1"])
CAME = (*RUNNING, SOMEBODY, INSIDE, CLOSED)


def example(type: str, first: Fact) -> Fact:
    return Fact(type, first.stream, EVENTS[type])


LIVES: dict[str, list[tuple[Fact, ...]]] = {
    "signup": [
        (PUBLISHED, OPENED, SOMEBODY),
        (
            PUBLISHED,
            OPENED,
            SOMEBODY,
            fact(
                "signup_cancelled.v1",
                session=SESSION,
                signup=SIGNUP,
                late=False,
                promoted=[],
            ),
        ),
        (
            PUBLISHED,
            OPENED,
            Fact("signup_requested.v1", OPENED.stream, EVENTS["signup_requested.v1"]),
        ),
        (
            PUBLISHED,
            OPENED,
            Fact("signup_waitlisted.v1", OPENED.stream, EVENTS["signup_waitlisted.v1"]),
        ),
        CAME,
    ],
    "contest": [
        (*CAME, CONTESTED, *more)
        for more in (
            (),
            (example("contest_pressed.v1", CONTESTED),),
            (example("contest_settled.v1", CONTESTED),),
            (example("contest_withdrawn.v1", CONTESTED),),
            (example("contest_words_deleted.v1", CONTESTED),),
        )
    ],
    "certificate": [
        (*CAME, CERTIFIED),
        (*CAME, CERTIFIED, example("certificate_revoked.v1", CERTIFIED)),
    ],
    "commendation": [
        (*CAME, COMMENDED),
        (*CAME, COMMENDED, example("commendation_withdrawn.v1", COMMENDED)),
    ],
    "template": [(SAVED,), (SAVED, example("template_withdrawn.v1", SAVED))],
}


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize(
    ("field", "name"), [(field, name) for field in LIVES for name in naming(field)]
)
def test_what_is_between_others_is_to_outsiders_as_if_it_were_not_there(
    settings: Settings, field: str, name: str, who: str
) -> None:
    for own in ({}, own_host(who)) if field == "template" else ({},):
        nothing = answer(
            settings, name, {**of_other(name, field), **own}, ACTORS[who], stage()
        )
        lives = [stage(*facts) for facts in LIVES[field]]
        heard = {
            answer(settings, name, {**said(name), **own}, ACTORS[who], docs)
            for docs in lives
        }
        assert heard == {nothing}


def own_host(who: str) -> Json:
    """Where a command names a host beside the thing, theirs: they may act for that one."""
    _, (_, scope) = OUTSIDERS.get(who, ("", ("", "community/510108002009")))
    return {"host": scope if "/" in scope else f"community/{scope}"}


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize(
    "name",
    ["list_templates", "list_certificates", "list_contests", "resident_commendations"],
)
def test_a_list_of_anothers_says_nothing_of_what_is_in_it(
    settings: Settings, name: str, who: str
) -> None:
    full = stage(*CAME, CONTESTED, CERTIFIED, COMMENDED, SAVED)
    heard = {
        answer(settings, name, {"state": ["open"], **said(name)}, ACTORS[who], docs)
        for docs in (stage(), full)
    }
    assert len(heard) == 1
    assert heard.pop()[0] != "told"


def test_every_command_and_question_that_names_something_is_tried() -> None:
    tried = {name for field in IDS for name in naming(field)}
    assert {
        name for name, mark in MARKS.items() if IDS.keys() & mark.schema().fields.keys()
    } <= tried


def drafts_between() -> Overlay:
    """Three published activities of B1, and drafts before, between and after them."""
    docs = stage(PUBLISHED)
    for number in range(7):
        times = {
            name: f"2026-07-0{number + 1}T0{hour}:00:00.000Z"
            for name, hour in (("starts_at", 1), ("ends_at", 3))
        }
        shown = "public" if number % 2 else "hidden"
        docs.put(
            "activities",
            {
                **docs.the("activities", ACTIVITY),
                "id": f"X{number}",
                **times,
                "shown": shown,
            },
        )
        if shown == "public":
            session = {
                **docs.the("sessions", SESSION),
                "id": f"X{number}.1",
                "activity": f"X{number}",
            }
            docs.put("sessions", {**session, **times})
    return docs


@pytest.mark.parametrize("who", ACTORS)
def test_no_page_of_a_hosts_activities_begins_at_a_draft(
    settings: Settings, who: str
) -> None:
    docs, after, seen = drafts_between(), None, []
    while True:
        question = {"host": "branch/B1", "after": after, "limit": 1}
        found = ask(
            Activities,
            "list_activities",
            docs,
            question,
            Asked(ACTORS[who], NOW, ""),
            settings,
        )
        seen += [one["id"] for one in found["items"]]
        assert len(found["items"]) == 1, "a page is full as long as there are more"
        after = found["next"]
        if after is None:
            break
        assert after[1].removesuffix(".1") == seen[-1].removesuffix(".1")
    assert seen == [ACTIVITY, "X1", "X3", "X5"]
