"""What a host says to those who signed up: a few times a day, in words that can be taken back."""

from collections.abc import Iterator

from schemas.activities.messages import MOST_A_DAY
from schemas.documents import Json
from services.activities.folds.messages import message_tally
from services.activities.model.lifecycles import ACTIVITY, STANDING
from services.activities.rules.authority import may_keep, now_text
from services.activities.rules.lookups import activity_kept, activity_seen, session_of
from services.activities.rules.signers import held_by
from services.district.calendar import local_day
from services.district.tallies import times_on
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.lists.paging import every
from services.kit.log import Fact
from services.kit.views import Find, Reads

HELD = ("planned", "running")


def tell_signed_up(docs: Reads, command: Json, asked: Asked) -> Fact:
    """To who signed up to what is still to come. What is said is a note, and no part of the event."""
    activity = activity_kept(docs, command, asked)
    meant = _meant(docs, activity, command)
    sessions = [session["id"] for session in meant if _is_to_come(session, asked)]
    if not sessions:
        title = activity["title"]
        says = f"《{title}》没有还要举办的场次，不能再给报名的人留言"
        raise Refused("nothing_to_come", says)
    _must_not_flood(docs, activity, asked)
    content = {
        "sessions": sessions,
        "note": asked.new_id,
        "by": asked.actor.id,
    }
    notes = {asked.new_id: command["words"]}
    return ACTIVITY.fact("signed_up_told.v1", activity["id"], content, notes=notes)


def delete_message(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who wrote it, and whoever keeps the host's activities now."""
    activity = activity_seen(docs, command, asked)
    message = _message_seen(docs, activity, command, asked)
    is_own = asked.is_me(message["by"])
    if not is_own and not may_keep(docs, activity["host"], asked):
        raise Forbidden("只有主办方可以删除", code="not_yours", path="message")
    if message["deleted"]:
        raise Refused("no_words", "这条留言已经删除")
    id = message["id"]
    content = {
        "note": id,
        "by": asked.actor.id,
    }
    type = "host_message_deleted.v1"
    return ACTIVITY.fact(type, activity["id"], content, erases=(id,))


def _message_seen(docs: Reads, activity: Json, command: Json, asked: Asked) -> Json:
    """The message of the activity. Raises `Unknown` for who does not see it, as if it were not there."""
    message = docs.get("host_messages", command["message"])
    unknown = Unknown("没有这条留言", path="message")
    if message is None or message["activity"] != activity["id"]:
        raise unknown
    if not sees(docs, activity, message, asked):
        raise unknown
    return message


def must_be_among(docs: Reads, activity: Json, asked: Asked) -> None:
    """Raises unless the actor keeps the activity, or has signed up to one of its sessions."""
    me = asked.actor.id
    sessions = _sessions(docs, activity)
    signed_up = any(_has_signed_up(docs, session["id"], me) for session in sessions)
    if not signed_up and not may_keep(docs, activity["host"], asked):
        raise Forbidden("只有主办方和报名的人看得到", code="not_yours")


def sees(docs: Reads, activity: Json, message: Json, asked: Asked) -> bool:
    """True for its author, for the host, and for who has signed up to a session it is for."""
    me = asked.actor.id
    if asked.is_me(message["by"]) or may_keep(docs, activity["host"], asked):
        return True
    return any(_has_signed_up(docs, session, me) for session in message["sessions"])


def _has_signed_up(docs: Reads, session: str, person: str) -> bool:
    """With a seat or waiting for one, for themself or for others."""
    states = {held["state"] for held in held_by(docs, session, person)}
    return not states.isdisjoint(STANDING)


def _meant(docs: Reads, activity: Json, command: Json) -> list[Json]:
    if "session" in command:
        return [session_of(docs, activity, command)]
    return list(_sessions(docs, activity))


def _sessions(docs: Reads, activity: Json) -> Iterator[Json]:
    where = {"activity": activity["id"]}
    return every(docs, Find("sessions", where, "starts_at"))


def _is_to_come(session: Json, asked: Asked) -> bool:
    if session["state"] not in HELD:
        return False
    return bool(now_text(asked) < session["ends_at"])


def _must_not_flood(docs: Reads, activity: Json, asked: Asked) -> None:
    tally = docs.get("tallies", message_tally(activity["id"]))
    if times_on(tally, local_day(asked.now)) >= MOST_A_DAY:
        says = f"一个活动一天最多给报名的人留言 {MOST_A_DAY} 次，请明天再发"
        raise Refused("too_many_today", says)
