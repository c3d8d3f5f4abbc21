"""What the activities service shows: answers to questions, each from an index."""

from collections.abc import Iterator
from typing import Any

from schemas.documents import Json
from services.activities.folds.signups import standing
from services.activities.model.contents import grid_of
from services.activities.model.lifecycles import SESSION, SIGNUP, STANDING
from services.activities.model.roles import OF_HELPERS, roles_at, seating_of
from services.activities.rules import door
from services.activities.rules.authority import may_keep, now_text, why_paused
from services.activities.rules.found import (
    is_in,
    must_answer_for,
    the_activity,
    the_kept,
    the_session,
    the_signup,
)
from services.activities.rules.online import is_told_link, shown_to
from services.activities.views import lists
from services.activities.views.clocked import titled
from services.activities.views.closing import prefilled
from services.activities.views.dates import next_date
from services.activities.views.differences import differences
from services.district import territory
from services.district.hosts import name_of
from services.kit.entrypoints import Asked
from services.kit.lists.paging import each, every, page, sift
from services.kit.views import Find, Nothing, Overlay, Reads

MOST_COUNTED = 1000


def get_activity(views: Reads, question: Json, asked: Asked) -> Json:
    activity = the_activity(views, question["activity"], asked)
    counts = _counts(views, {**activity, "id": activity["session"]})
    told = {
        **counts,
        **_since_return(views, activity, asked),
        **_link_of_first(views, activity, asked),
    }
    return {**_listed(views, activity, now_text(asked)), **told}


def list_sessions(views: Reads, question: Json, asked: Asked) -> Json:
    docs: Reads = views
    if "activity" in question:
        activity = the_activity(views, question["activity"], asked)
        docs = _drafted(views, activity) if activity["shown"] == "hidden" else views
    found = lists.sessions(views, docs, question, asked)
    return {
        **found,
        "items": [_shown(views, session, asked) for session in found["items"]],
    }


def _drafted(views: Reads, activity: Json) -> Reads:
    """The sessions a draft would have, for those who write it and those who review it."""
    known = {
        name: activity[name]
        for name in ("host", "cohosts", "title", "category", "community")
    }
    known |= territory.placed(activity["community"])
    known |= {name: activity[name] for name in OF_HELPERS if name in activity}
    drafted = Overlay(Nothing())
    drafted.seq = activity["seq"]
    content = views.get("contents", activity["id"]) or {}
    for plan in content["sessions"]:
        said = {**known, **grid_of(content, plan), **plan}
        drafted.put(
            "sessions",
            SESSION.begun({**said, "id": plan["session"], "activity": activity["id"]}),
        )
    return drafted


def get_session(views: Reads, question: Json, asked: Asked) -> Json:
    return _shown(
        views,
        the_session(views, the_activity(views, question["activity"], asked), question),
        asked,
    )


def close_report(views: Reads, question: Json, asked: Asked) -> Json:
    """What is known of the session, and a report that only needs to be looked over."""
    session = the_session(views, the_kept(views, question["activity"], asked), question)
    return prefilled(views, session)


def _shown(views: Reads, session: Json, asked: Asked) -> Json:
    """The session as it is shown: with its id under both names, and how full it is."""
    called = name_of(views, session["host"], "host_name")
    return {
        **shown_to(views, session, asked),
        **called,
        "session": session["id"],
        **_counts(views, session),
    }


def _link_of_first(views: Reads, activity: Json, asked: Asked) -> Json:
    """The same for the first session of an activity, which a draft has as planned."""
    content = views.get("contents", activity["id"]) or {}
    first = {
        **content["sessions"][0],
        "id": activity["session"],
        "host": activity["host"],
    }
    return (
        {"link": first["link"]}
        if "link" in first and is_told_link(views, first, asked)
        else {}
    )


def _link(views: Reads, session: str, asked: Asked) -> Json:
    """`{link}` of a session to who is told it, where there is one."""
    found = views.get("sessions", session) or {}
    return (
        {"link": found["link"]}
        if "link" in found and is_told_link(views, found, asked)
        else {}
    )


def _counts(views: Reads, session: Json) -> Json:
    """How full it is; where all are helpers, what is said of them is said of all."""
    told: Json = {}
    for role in roles_at(session):
        id = seating_of(session, role)
        seating = views.get("seatings", id) or {"taken": 0, "waiting": 0}
        prefix = "" if id == session["id"] else "helpers_"
        told |= {f"{prefix}{name}": seating[name] for name in ("taken", "waiting")}
    return told


def _since_return(views: Reads, activity: Json, asked: Asked) -> Json:
    """What was changed since the street sent it back, for those who write and those who review it."""
    before = views.get("returned", activity["id"])
    if before is None or activity["state"] not in {"draft", "submitted"}:
        return {}
    return {
        "differences": differences(before, views.get("contents", activity["id"]) or {})
    }


def list_activities(views: Reads, question: Json, asked: Asked) -> Json:
    found = lists.activities(views, question, asked)
    at = question.get("since", now_text(asked))
    return {
        **found,
        "items": [_listed(views, activity, at) for activity in found["items"]],
    }


def _listed(views: Reads, activity: Json, at: str) -> Json:
    """With which of its sessions is the first that is not over then."""
    date = next_date(views, activity, at)
    told = {"next_session": date["id"], "next_at": date["starts_at"]} if date else {}
    return {
        **_paused(views, activity),
        **name_of(views, activity["host"], "host_name"),
        **told,
    }


def get_signup(views: Reads, question: Json, asked: Asked) -> Json:
    signup = the_signup(views, question)
    if not is_in(signup, asked.actor.id):
        must_answer_for(views, signup, asked)
    return _standing(views, _as_seen(views, signup, asked), asked)


def _as_seen(views: Reads, signup: Json, asked: Asked) -> Json:
    """All of it by who answers for it, with more by the host; by others who are in it what concerns themselves."""
    activity = views.get("activities", signup["activity"]) or {}
    if may_keep(views, activity["host"], asked):
        return _with_household(views, signup)
    if signup["by"] == asked.actor.id or asked.actor.covers(
        "community_worker", activity["community"]
    ):
        return signup
    return _own_part(signup, asked.actor.id)


def _own_part(signup: Json, person: str) -> Json:
    return {
        **signup,
        "party": [member for member in signup["party"] if member["person"] == person],
    }


def _with_household(views: Reads, signup: Json) -> Json:
    """Whether another party claims to be of the same household: whoever decides on sign-ups judges that."""
    claimed = {
        f"{signup['session']}:{member['household']}"
        for member in signup["party"]
        if "household" in member
    }
    is_shared = any(
        len(views.find(Find("households", {"claim": claim}, "id", limit=2))) > 1
        for claim in claimed
    )
    return {**signup, "household_shared": True} if is_shared else signup


def my_signups(views: Reads, question: Json, asked: Asked) -> Json:
    """Those the actor made, and those others made with the actor in the party, by when they begin now.

    All that one person has are looked at for every page: a session may have been moved since.
    """
    mine = sorted(
        (_at_its_time(views, signup) for signup in _of(views, asked.actor.id)),
        key=_when,
        reverse=True,
    )
    after = question["after"]
    found = sift(
        question,
        (signup for signup in mine if after is None or [*_when(signup)] < [*after]),
        _when,
    )
    return {
        **found,
        "items": [_standing(views, signup, asked) for signup in found["items"]],
    }


def _of(views: Reads, me: str) -> Iterator[Json]:
    """The person's sign-ups; of those that others made, where the seat is still the person's, the own part."""
    yield from every(views, Find("signups", {"by": me}, "starts_at"))
    for seat in every(views, Find("seats", {"person": me}, "starts_at")):
        signup = views.get("signups", seat["signup"])
        if signup and signup["by"] != me and is_in(signup, me):
            yield _own_part(signup, me)


def _at_its_time(views: Reads, signup: Json) -> Json:
    session = views.get("sessions", signup["session"]) or {}
    return {**signup, "starts_at": session["starts_at"]}


def _when(signup: Json) -> tuple[str, str]:
    return signup["starts_at"], signup["id"]


def list_signups(views: Reads, question: Json, asked: Asked) -> Json:
    activity = the_kept(views, question["activity"], asked)
    session = the_session(views, activity, question)
    of = {"session": session["id"]}
    wheres = ({**of, **state} for state in each(question, "state"))
    role = {name: question[name] for name in ("role",) if name in question}
    finds = (Find("signups", where, "ticket") for where in wheres)
    found = page(
        views, question, *finds, sees=lambda signup: role.items() <= signup.items()
    )
    return {
        **found,
        "items": [
            _standing(views, _with_household(views, signup), asked)
            for signup in found["items"]
        ],
    }


def roster(views: Reads, question: Json, asked: Asked) -> Json:
    activity = the_kept(views, question["activity"], asked)
    session = the_session(views, activity, question)
    states = question.get("state", SIGNUP.texts)
    role = {name: question[name] for name in ("role",) if name in question}
    seats = Find("seats", {"session": session["id"], **role}, "person")
    return page(views, question, seats, sees=lambda seat: seat["state"] in states)


def list_ratings(views: Reads, question: Json, asked: Asked) -> Json:
    activity = the_kept(views, question["activity"], asked)
    session = the_session(views, activity, question)
    found = page(views, question, Find("ratings", {"session": session["id"]}, "score"))
    return {**found, "items": [_rating(rating, asked) for rating in found["items"]]}


def _rating(rating: Json, asked: Asked) -> Json:
    """What was thought, and not by whom."""
    words = asked.note(rating["note"]) if "note" in rating else ""
    return {"score": rating["score"], **({"words": words} if words else {})}


def door_code(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    activity = the_kept(views, question["activity"], asked)
    return door.door_code(the_session(views, activity, question), key, asked)


def _paused(views: Reads, activity: Json) -> Json:
    """The activity with whether its host's standing pauses it now."""
    why = why_paused(views, activity["host"])
    text = (
        {"paused_text": f"主办方{why}，暂不接受新的报名；已报名的不受影响"}
        if why
        else {}
    )
    return {**activity, "paused": bool(why), **text}


def _standing(views: Reads, signup: Json, asked: Asked) -> Json:
    """The sign-up as it is now: when it begins, and its place in the queue; counting stops at `MOST_COUNTED`."""
    session = views.get("sessions", signup["session"]) or {}
    signup = {**signup, "starts_at": session["starts_at"], "title": titled(session)}
    if signup["state"] == "confirmed":
        signup |= _link(views, signup["session"], asked)
    if session["state"] == "cancelled" and signup["state"] in STANDING:
        return {
            **signup,
            "state_text": "本场已取消",
            "reason": session["reason"],
            "position": 0,
        }
    if signup["state"] != "waiting":
        return signup
    where: dict[str, Any] = {"seating": signup["seating"], "state": "waiting"}
    ahead = views.count(
        Find("signups", where, "ticket", until=signup["ticket"], limit=MOST_COUNTED)
    )
    return {**signup, **standing("waiting", ahead + 1)}
