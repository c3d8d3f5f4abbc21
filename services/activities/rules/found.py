"""What a command names: the activity, its session, a sign-up; and whether the actor may deal with it."""

from schemas.documents import Json
from services.activities.model.lifecycles import ACTIVITY
from services.activities.rules.authority import (
    may_keep,
    must_be_active,
    must_keep,
    must_speak_for,
)
from services.district.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Unknown
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads

ACTIVITIES = kind_of(ACTIVITY, "activities")


def the_activity(docs: Reads, id: str, asked: Asked) -> Json:
    """The activity, when it is public or the actor keeps or oversees it; else it is as if it were not there."""
    return ACTIVITIES.found(docs, id, asked, sees=_sees)


def the_kept(docs: Reads, id: str, asked: Asked) -> Json:
    """The activity, when the actor keeps it; else one refusal, whatever its state."""
    activity = the_activity(docs, id, asked)
    must_keep(docs, activity["host"], asked)
    return activity


def the_cancellable(docs: Reads, id: str, asked: Asked) -> Json:
    """The activity, when the actor keeps it, or administers its street or district."""
    activity = the_activity(docs, id, asked)
    if not oversees(asked.actor, activity["community"]):
        must_keep(docs, activity["host"], asked)
    return activity


def _sees(docs: Reads, activity: Json, asked: Asked) -> bool:
    """What was published is seen by all, a draft by those who write it and those who review it."""
    if activity["shown"] != "hidden" or oversees(asked.actor, activity["community"]):
        return True
    return may_keep(docs, activity["host"], asked)


def session_named(activity: Json, command: Json) -> str:
    """The id of the session the command names: where there is but one, it need not be named."""
    if "session" not in command and activity["sessions_count"] > 1:
        says = (
            f"《{activity['title']}》有 {activity['sessions_count']} 场，请说明是哪一场"
        )
        raise Invalid(says, code="session_needed", path="session")
    return str(command.get("session", activity["session"]))


def the_session(docs: Reads, activity: Json, command: Json) -> Json:
    """The session the command names, as published."""
    id = session_named(activity, command)
    session = docs.get("sessions", id)
    if session is None or session["activity"] != activity["id"]:
        raise Unknown(f"《{activity['title']}》没有编号为 {id} 的场次", path="session")
    return session


def must_allow(activity: Json, step: str) -> None:
    ACTIVITY.must_allow(activity, step, activity["title"])


def kept(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The activity, when the actor keeps it and its state allows `step`."""
    activity = the_kept(docs, command["activity"], asked)
    must_allow(activity, step)
    return activity


def postable(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The activity, when the actor keeps it, its state allows `step` and its host may post."""
    activity = kept(docs, command, asked, step)
    must_be_active(docs, activity["host"], asked)
    return activity


def the_signup(docs: Reads, command: Json) -> Json:
    signup = docs.get("signups", command["signup"])
    if signup is None:
        raise _no_signup(command["signup"])
    return signup


def must_answer_for(docs: Reads, signup: Json, asked: Asked) -> Json:
    """The sign-up's activity, when the actor signed up, keeps the activity, or is a community worker of the place.

    Raises `Forbidden` for the rest of the party. To everybody else the sign-up is as if it were not there.
    """
    activity = docs.get("activities", signup["activity"])
    assert activity is not None
    if not is_in(signup, asked.actor.id) and not _answers_for(
        docs, signup, activity, asked
    ):
        raise _no_signup(signup["id"])
    if not may_keep(docs, activity["host"], asked):
        must_speak_for(asked.actor, signup["by"], activity["community"])
    return activity


def is_in(signup: Json, person: str) -> bool:
    return any(member["person"] == person for member in signup["party"])


def _answers_for(docs: Reads, signup: Json, activity: Json, asked: Asked) -> bool:
    speaks = asked.actor.id == signup["by"] or asked.actor.covers(
        "community_worker", activity["community"]
    )
    return speaks or may_keep(docs, activity["host"], asked)


def _no_signup(id: str) -> Unknown:
    return Unknown(f"没有编号为 {id} 的报名", path="signup")


def fact(type: str, activity: Json, data: Json | None = None) -> Fact:
    """What happened to an activity; everything about it is in its one stream."""
    return Fact(
        type, f"activity/{activity['id']}", {"activity": activity["id"], **(data or {})}
    )
