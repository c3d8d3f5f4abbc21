"""Activities and their sessions as they are listed: by the next date, and by as many conditions as anybody names."""

from collections.abc import Callable

from schemas.activities.roles import PARTICIPANT
from schemas.activities.sessions import STATES
from schemas.audiences import is_spoken_of
from schemas.documents import Json
from services.activities.folds.patterns import CAMPAIGNS, TEMPLATES
from services.activities.folds.postings import ACTIVITIES
from services.activities.folds.sessions import SESSIONS
from services.activities.model.roles import roles_at
from services.activities.rules.authority import may_keep, now_text
from services.activities.rules.templates import must_see_those_of
from services.activities.views.dates import (
    dates_from,
    has_room,
    next_date,
    next_or_last,
    under_way_since,
)
from services.district import territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed, narrowed
from services.kit.lists.paging import each, page
from services.kit.lists.search import folded
from services.kit.views import Find, Reads

OF_THE_ACTIVITY = {"campaign", "audience"}
Where = dict[str, str]


def activities(views: Reads, question: Json, asked: Asked) -> Json:
    """Each activity stands where its next session does, at `since` or now: what is over, where its last one was."""
    wheres = _wheres(views, question, asked)

    def is_asked_for(activity: Json) -> bool:
        there = any(where.items() <= activity.items() for where in wheres)
        return (
            there
            and _is_of_kind(activity, question)
            and _has_date(views, activity, question, asked)
        )

    if "text" in question:
        return listed(
            views,
            ACTIVITIES,
            question,
            Find("activities", {}, "starts_at"),
            sees=is_asked_for,
        )
    return _by_date(views, question, wheres, asked, is_asked_for)


def _wheres(views: Reads, question: Json, asked: Asked) -> list[Where]:
    """All there is of a host, for who keeps it; for others what is public."""
    host = {"host": question["host"]} if "host" in question else {}
    shown = {} if host and may_keep(views, host["host"], asked) else {"shown": "public"}
    return [
        {**host, **shown, **territory.within(question), **kind}
        for kind in each(question, "category")
    ]


def _by_date(
    views: Reads,
    question: Json,
    wheres: list[Where],
    asked: Asked,
    is_asked_for: Callable[[Json], bool],
) -> Json:
    """Found by their sessions; those not published, which have none yet, by the first that is planned."""
    since = under_way_since(question["since"]) if "since" in question else None
    until = (
        question.get("until") if since else None
    )  # Else the next may be later than the first, which is asked for.
    finds = [
        narrowed(Find("sessions", where, "starts_at", since, until), SESSIONS)
        for where in wheres
    ]
    if any("shown" not in where for where in wheres):
        finds.append(
            Find(
                "activities", {"host": question["host"], "shown": "hidden"}, "starts_at"
            )
        )

    def is_listed(doc: Json) -> bool:
        if "activity" not in doc:
            return is_asked_for(doc)
        if doc["ends_at"] <= question.get("since", ""):
            return False
        activity = activity_of(views, doc)
        return (
            is_asked_for(activity)
            and _date(views, activity, question, asked)["id"] == doc["id"]
        )

    found = page(views, question, *finds, sees=is_listed)
    return {
        **found,
        "items": [
            activity_of(views, doc) if "activity" in doc else doc
            for doc in found["items"]
        ],
    }


def activity_of(views: Reads, session: Json) -> Json:
    activity = views.get("activities", session["activity"])
    assert activity is not None
    return activity


def _date(views: Reads, activity: Json, question: Json, asked: Asked) -> Json:
    return next_or_last(views, activity, question.get("since", now_text(asked)))


def _has_date(views: Reads, activity: Json, question: Json, asked: Asked) -> bool:
    """Whether one of its sessions is when, and has room for whom, somebody asks."""
    first = (
        next_date(views, activity, question["since"])
        if "since" in question
        else activity
    )
    if first is None or not _begins_before(first, question):
        return False
    if "free" not in question:
        return "role" not in question or any(
            _has_places(plan, question) for plan in _plans(views, activity)
        )
    to_come = dates_from(
        views, activity, max(question.get("since", ""), now_text(asked))
    )
    return any(
        _has_room(views, date, question, asked)
        for date in to_come
        if _begins_before(date, question)
    )


def _plans(views: Reads, activity: Json) -> list[Json]:
    """What is said of each of its sessions, with whether all places are helpers'."""
    content = views.get("contents", activity["id"]) or {}
    return [
        {**plan, "all_help": content.get("all_help")} for plan in content["sessions"]
    ]


def _has_places(date: Json, question: Json) -> bool:
    return "role" not in question or question["role"] in roles_at(date)


def _has_room(views: Reads, date: Json, question: Json, asked: Asked) -> bool:
    """For those who come as what is asked; of no role in particular, those for whom the session is."""
    role = question.get("role", PARTICIPANT)
    return _has_places(date, question) and has_room(
        views, date, role, question["free"], asked
    )


def _begins_before(date: Json, question: Json) -> bool:
    return "until" not in question or bool(date["starts_at"] < question["until"])


def _is_of_kind(activity: Json, question: Json) -> bool:
    return _is_for(activity, question) and (
        "state" not in question or activity["state"] in question["state"]
    )


def _is_for(activity: Json, question: Json) -> bool:
    of_campaign = (
        "campaign" not in question or activity.get("campaign") == question["campaign"]
    )
    return of_campaign and is_spoken_of(
        folded(question.get("audience", "")), folded(activity.get("audience", ""))
    )


def sessions(views: Reads, docs: Reads, question: Json, asked: Asked) -> Json:
    """Those of `docs`, with what is under way at `since`. Of an activity or a host also those that are cancelled."""
    named: Where = {
        name: question[name] for name in ("activity", "host") if name in question
    }
    where: Where = (named or {"shown": "public"}) | territory.within(question)
    wheres = [where | kind for kind in each(question, "category")]
    since = under_way_since(question["since"]) if "since" in question else None

    def is_asked_for(session: Json) -> bool:
        if session["ends_at"] <= question.get("since", "") or session[
            "state"
        ] not in question.get("state", STATES):
            return False
        if OF_THE_ACTIVITY & question.keys() and not _is_for(
            activity_of(views, session), question
        ):
            return False
        if "free" not in question:
            return _has_places(session, question)
        return _has_room(docs, session, question, asked)

    finds = (
        Find("sessions", where, "starts_at", since, question.get("until"))
        for where in wheres
    )
    return listed(docs, SESSIONS, question, *finds, sees=is_asked_for)


def templates(views: Reads, question: Json, asked: Asked) -> Json:
    """A host's own, or those a district or street made for all."""
    must_see_those_of(views, question["owner"], asked)
    return listed(
        views,
        TEMPLATES,
        question,
        Find("templates", {"owner": question["owner"], "state": "saved"}, "name"),
    )


def campaigns(views: Reads, question: Json, asked: Asked) -> Json:
    return listed(
        views,
        CAMPAIGNS,
        question,
        Find("campaigns", {}, "until", since=local_day(asked.now)),
    )
