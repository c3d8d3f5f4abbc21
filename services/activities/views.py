"""What the activities service shows: answers to questions, each from an index."""

from typing import Any

from services.activities.folds import waiting_at
from services.activities.rules import door
from services.activities.rules.authority import may_keep, must_keep, must_speak_for, why_paused
from services.kit import territory
from services.kit.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Data
from services.kit.paging import page
from services.kit.views import Doc, Find, Views

MOST_COUNTED = 1000


def get_activity(views: Views, question: Data, asked: Asked) -> Doc:
    activity = _visible(views, question["activity"], asked)
    session = views.get("sessions", activity["session"]) or {"taken": 0, "waiting": 0}
    return {**_paused(views, activity), "taken": session["taken"], "waiting": session["waiting"]}


def list_activities(views: Views, question: Data, asked: Asked) -> Data:
    where = {"shown": "public"}
    if "host" in question:
        where = {"host": question["host"]}
    if "category" in question and "host" not in question:
        where["category"] = question["category"]
    if "host" not in question:
        where |= territory.within(question)
    found = page(views, question, Find("activities", where, "starts_at", question.get("since"), question.get("until")))
    if "host" in question and not may_keep(views, question["host"], asked):
        found["items"] = [activity for activity in found["items"] if activity["shown"] == "public"]
    return {**found, "items": [_paused(views, activity) for activity in found["items"]]}


def get_signup(views: Views, question: Data, asked: Asked) -> Doc:
    signup = views.get("signups", question["signup"])
    if signup is None:
        raise Unknown(f"没有编号为 {question['signup']} 的报名", path="signup")
    activity = views.get("activities", signup["activity"]) or {}
    if not may_keep(views, activity["host"], asked):
        must_speak_for(asked.actor, signup["by"], activity["community"])
    return _standing(views, signup)


def my_signups(views: Views, question: Data, asked: Asked) -> Data:
    found = page(views, question, Find("signups", {"by": asked.actor.id}, "starts_at", newest_first=True))
    return {**found, "items": [_standing(views, signup) for signup in found["items"]]}


def list_signups(views: Views, question: Data, asked: Asked) -> Data:
    activity = _kept(views, question["activity"], asked)
    found = page(views, question, Find("signups", {"session": activity["session"]}, "ticket"))
    return {**found, "items": [_standing(views, signup) for signup in found["items"]]}


def roster(views: Views, question: Data, asked: Asked) -> Data:
    activity = _kept(views, question["activity"], asked)
    return page(views, question, Find("seats", {"session": activity["session"]}, "person"))


def door_code(views: Views, question: Data, asked: Asked, key: bytes) -> Data:
    return door.door_code(_kept(views, question["activity"], asked), key, asked)


def _paused(views: Views, activity: Doc) -> Doc:
    """The activity with whether its host's standing pauses it now."""
    why = why_paused(views, activity["host"])
    text = {"paused_text": f"主办方{why}，暂不接受新的报名；已报名的不受影响"} if why else {}
    return {**activity, "paused": bool(why), **text}


def _standing(views: Views, signup: Doc) -> Doc:
    """The sign-up with its place in the queue as it is now; counting stops at `MOST_COUNTED`."""
    if signup["state"] != "waiting":
        return signup
    where: dict[str, Any] = {"session": signup["session"], "state": "waiting"}
    ahead = views.count(Find("signups", where, "ticket", until=signup["ticket"], limit=MOST_COUNTED))
    return {**signup, **waiting_at(ahead + 1)}


def _visible(views: Views, id: str, asked: Asked) -> Doc:
    """The activity, when it is public or the actor keeps or oversees it; else it is as if it were not there."""
    activity = views.get("activities", id)
    if activity is not None and (
        activity["shown"] == "public"
        or may_keep(views, activity["host"], asked)
        or oversees(asked.actor, activity["community"])
    ):
        return activity
    raise Unknown(f"没有编号为 {id} 的活动", path="activity")


def _kept(views: Views, id: str, asked: Asked) -> Doc:
    activity = _visible(views, id, asked)
    must_keep(views, activity["host"], asked)
    return activity
