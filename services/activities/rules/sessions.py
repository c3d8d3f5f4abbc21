"""Holding the sessions of an activity: each begins, ends or is cancelled by itself."""

from datetime import datetime

from schemas.activities.contents import MOST_SESSIONS
from schemas.documents import Json
from services.activities.model.lifecycles import ACTIVITY, SESSION
from services.activities.rules.authority import now_text
from services.activities.rules.door_times import OPENS, too_early
from services.activities.rules.lookups import (
    activity_cancellable,
    activity_kept,
    must_allow,
    session_of,
)
from services.activities.rules.settling import chosen
from services.district.calendar import how_long, local_minute
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.log import Fact
from services.kit.views import Find, Reads


def start(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Before its time the doors are opened, and no more: the session then begins by itself."""
    activity, session = _kept(docs, command, asked, "start")
    if activity["state"] != "running":
        must_allow(activity, "start")
    if now_text(asked) >= session["starts_at"]:
        return begin(docs, session, asked)
    if asked.now < datetime.fromisoformat(session["starts_at"]) - OPENS:
        raise Refused("too_early", too_early(session, asked.now))
    if "begins_at" in session:
        raise Refused(
            "doors_are_open",
            f"{named(session)}已经开门签到，到时间会自动开始",
            path="state",
        )
    return ACTIVITY.fact("doors_opened.v1", activity["id"], {"session": session["id"]})


def begin(docs: Reads, session: Json, asked: Asked) -> Fact:
    return ACTIVITY.fact(
        "session_started.v1", session["activity"], {"session": session["id"]}
    )


def close(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Also what nobody has started, once its time has come."""
    activity, session = _kept(docs, command, asked, "close")
    if session["state"] == "planned":
        must_allow(activity, "close")
    if now_text(asked) < session["starts_at"]:
        left = how_long(datetime.fromisoformat(session["starts_at"]) - asked.now)
        raise Refused("not_begun", f"{named(session)}离开始还有 {left}，开始后才能结束")
    report = {"report": command["report"]} if "report" in command else {}
    told = {"session": session["id"], **report, **chosen(docs, session, command, asked)}
    return ACTIVITY.fact("session_closed.v1", activity["id"], told)


def cancel_sessions(docs: Reads, command: Json, asked: Asked) -> Fact:
    """One session, or it and those after it. The last one there is goes with the activity as a whole."""
    activity = activity_cancellable(docs, command, asked)
    session = session_of(docs, activity, command)
    SESSION.must_allow(session, "cancel", named(session))
    chosen = (
        {session["id"]}
        if command["which"] == "one"
        else set(planned_from(docs, session))
    )
    if len(chosen) == activity["left"] == activity["sessions_count"]:
        raise Refused(
            "last_session", "这样一场也不剩了，请取消整个活动", path="session"
        )
    data = {"sessions": sorted(chosen), "reason": command["reason"]}
    return ACTIVITY.fact("sessions_cancelled.v1", activity["id"], data)


def planned_from(docs: Reads, session: Json) -> list[str]:
    """The sessions of the same activity that begin with it or later and have not begun."""
    return [
        each["id"]
        for each in all_planned(docs, session["activity"], session["starts_at"])
    ]


def all_planned(docs: Reads, activity: str, since: str | None = None) -> list[Json]:
    """In order of time. Any number of others may have been cancelled in between."""
    find = Find(
        "sessions",
        {"activity": activity},
        "starts_at",
        since=since,
        limit=MOST_SESSIONS,
    )
    return [session for session in every(docs, find) if session["state"] == "planned"]


def named(session: Json) -> str:
    """By its time: its place among the others changes when one of them is cancelled or moved."""
    return f"{session['title']}（{local_minute(datetime.fromisoformat(session['starts_at']))}）"


def _kept(docs: Reads, command: Json, asked: Asked, step: str) -> tuple[Json, Json]:
    """The activity and the session, when the actor keeps it and the session's state allows `step`."""
    activity = activity_kept(docs, command, asked)
    if activity["shown"] != "public":
        must_allow(activity, step)
    session = session_of(docs, activity, command)
    SESSION.must_allow(session, step, named(session))
    return activity, session
