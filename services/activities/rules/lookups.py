"""What a command names: the activity, its session, a sign-up; and whether the actor may deal with it."""

from schemas.documents import Json
from services.activities.model.lifecycles import ACTIVITY, SIGNUP
from services.activities.model.parties import people_of
from services.activities.rules.authority import (
    may_keep,
    must_be_active,
    must_keep,
    must_speak_for,
)
from services.district.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Unknown
from services.kit.lookup import kind_of
from services.kit.views import Reads

ACTIVITIES = kind_of(ACTIVITY, "activities")
SIGNUPS = kind_of(SIGNUP, "signups")


def activity_seen(docs: Reads, command: Json, asked: Asked) -> Json:
    """The activity, when it is public or the actor keeps or oversees it.

    Raises `Unknown` for others, as if it were not there.
    """
    return ACTIVITIES.found(docs, command["activity"], asked, sees=_sees)


def activity_kept(docs: Reads, command: Json, asked: Asked) -> Json:
    """The activity, when the actor keeps it; else one refusal, whatever its state."""
    activity = activity_seen(docs, command, asked)
    must_keep(docs, activity["host"], asked)
    return activity


def activity_cancellable(docs: Reads, command: Json, asked: Asked) -> Json:
    """The activity, when the actor keeps it, or administers its street or district."""
    activity = activity_seen(docs, command, asked)
    if not oversees(asked.actor, activity["community"]):
        must_keep(docs, activity["host"], asked)
    return activity


def activity_to(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The activity, when the actor keeps it and its state allows `step`."""
    activity = activity_kept(docs, command, asked)
    must_allow(activity, step)
    return activity


def postable(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The activity, when the actor keeps it, its state allows `step` and its host may post."""
    activity = activity_to(docs, command, asked, step)
    must_be_active(docs, activity["host"], asked)
    return activity


def must_allow(activity: Json, step: str) -> None:
    """Raises `Refused` when the activity's state does not allow `step`."""
    ACTIVITY.must_allow(activity, step, activity["title"])


def _sees(docs: Reads, activity: Json, asked: Asked) -> bool:
    """What was published is seen by all, a draft by those who write it and those who review it."""
    if activity["shown"] != "hidden" or oversees(asked.actor, activity["community"]):
        return True
    return may_keep(docs, activity["host"], asked)


def session_id_of(activity: Json, command: Json) -> str:
    """The id of the session the command names.

    Raises `Invalid` where it names none, unless there is but one.
    """
    sessions = activity["sessions_count"]
    if "session" not in command and sessions > 1:
        says = f"《{activity['title']}》有 {sessions} 场，请说明是哪一场"
        raise Invalid(says, code="session_needed", path="session")
    return str(command.get("session", activity["session"]))


def session_of(docs: Reads, activity: Json, command: Json) -> Json:
    """The session the command names, as published. Raises `Unknown` when it is none of the activity's."""
    id = session_id_of(activity, command)
    session = docs.get("sessions", id)
    if session is None or session["activity"] != activity["id"]:
        raise Unknown(f"《{activity['title']}》没有这一场", path="session")
    return session


def signup_seen(docs: Reads, command: Json, asked: Asked) -> Json:
    """The sign-up, for who is in it and who answers for it.

    Raises `Unknown` for others, as if it were not there.
    """
    return SIGNUPS.found(docs, command["signup"], asked, sees=_is_concerned)


def must_answer_for(docs: Reads, signup: Json, asked: Asked) -> Json:
    """The sign-up's activity, when the actor signed up, keeps the activity, or is a community worker of the place.

    Raises `Forbidden` for the rest of the party.
    """
    activity = docs.the("activities", signup["activity"])
    if not may_keep(docs, activity["host"], asked):
        must_speak_for(asked.actor, signup["by"], activity["community"])
    return activity


def is_in(signup: Json, person: str) -> bool:
    """Whether the person is one of the party."""
    return person in people_of(signup)


def _is_concerned(docs: Reads, signup: Json, asked: Asked) -> bool:
    actor = asked.actor
    if actor.id == signup["by"] or is_in(signup, actor.id):
        return True
    activity = docs.the("activities", signup["activity"])
    serves = actor.covers("community_worker", activity["community"])
    return serves or may_keep(docs, activity["host"], asked)
