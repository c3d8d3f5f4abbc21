"""Holding the sessions of an activity: each begins, ends or is cancelled by itself."""

from schemas.activities.contents import MOST_SESSIONS
from schemas.documents import Json, pick_present
from services.activities.model.lifecycles import ACTIVITY, SESSION
from services.activities.model.times import minute_of, starts_of
from services.activities.rules.authority import now_text
from services.activities.rules.door_times import OPENS, too_early
from services.activities.rules.lookups import (
    activity_cancellable,
    activity_kept,
    must_allow,
    session_of,
)
from services.activities.rules.settling import chosen
from services.district.calendar import how_long
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
    if asked.now < starts_of(session) - OPENS:
        raise Refused("too_early", too_early(session, asked.now))
    if "begins_at" in session:
        says = f"{named(session)}已经开门签到，到时间会自动开始"
        raise Refused("doors_are_open", says, path="state")
    return ACTIVITY.fact("doors_opened.v1", activity["id"], {"session": session["id"]})


def begin(docs: Reads, session: Json, asked: Asked) -> Fact:
    """Time does, at the moment the session was posted for; whoever starts it then does the same."""
    return ACTIVITY.fact(
        "session_started.v1", session["activity"], {"session": session["id"]}
    )


def close(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Also what nobody has started, once its time has come."""
    activity, session = _kept(docs, command, asked, "close")
    if session["state"] == "planned":
        must_allow(activity, "close")
    if now_text(asked) < session["starts_at"]:
        left = how_long(starts_of(session) - asked.now)
        says = f"{named(session)}离开始还有 {left}，开始后才能结束"
        raise Refused("not_begun", says)
    content = {"session": session["id"]} | pick_present(command, "report")
    content |= chosen(docs, session, command, asked)
    return ACTIVITY.fact("session_closed.v1", activity["id"], content)


def cancel_sessions(docs: Reads, command: Json, asked: Asked) -> Fact:
    """One session, or it and those after it. The last one there is goes with the activity as a whole."""
    activity = activity_cancellable(docs, command, asked)
    session = session_of(docs, activity, command)
    SESSION.must_allow(session, "cancel", named(session))
    cancelled = {session["id"]}
    if command["which"] != "one":
        cancelled = set(planned_from(docs, session))
    if len(cancelled) == activity["left"] == activity["sessions_count"]:
        says = "这样一场也不剩了，请取消整个活动"
        raise Refused("last_session", says, path="session")
    content = {
        "sessions": sorted(cancelled),
        "reason": command["reason"],
    }
    return ACTIVITY.fact("sessions_cancelled.v1", activity["id"], content)


def planned_from(docs: Reads, session: Json) -> list[str]:
    """The sessions of the same activity that begin with it or later and have not begun."""
    planned = all_planned(docs, session["activity"], session["starts_at"])
    return [each["id"] for each in planned]


def all_planned(docs: Reads, activity: str, since: str | None = None) -> list[Json]:
    """In order of time. Any number of others may have been cancelled in between."""
    where = {"activity": activity}
    find = Find("sessions", where, "starts_at", since, limit=MOST_SESSIONS)
    return [session for session in every(docs, find) if session["state"] == "planned"]


def named(session: Json) -> str:
    """By its time: its place among the others changes when one of them is cancelled or moved."""
    return f"{session['title']}（{minute_of(session)}）"


def _kept(docs: Reads, command: Json, asked: Asked, step: str) -> tuple[Json, Json]:
    """The activity and the session, when the actor keeps it and the session's state allows `step`."""
    activity = activity_kept(docs, command, asked)
    if activity["shown"] != "public":
        must_allow(activity, step)
    session = session_of(docs, activity, command)
    SESSION.must_allow(session, step, named(session))
    return activity, session
