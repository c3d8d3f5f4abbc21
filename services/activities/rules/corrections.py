"""Attendance put right: a mark undone, hours decided by a person, and hours counted again after news elsewhere."""

from schemas.documents import Json, pick
from services.activities.model.attendance import (
    Scan,
    decided,
    is_decided,
    last_scan,
    unscanned,
)
from services.activities.model.hours import GRACE
from services.activities.model.lifecycles import ACTIVITY
from services.activities.model.times import ends_of, starts_of
from services.activities.rules.authority import may_keep, must_be_anothers, now_text
from services.activities.rules.door import seated
from services.activities.rules.door_times import must_take_marks
from services.activities.rules.lookups import activity_kept, activity_seen, session_of
from services.activities.rules.minutes import counted, figures
from services.district.authority import oversees
from services.district.calendar import how_long
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Reads

NAMES = {"in": "签到", "out": "签退"}


def undo_check(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The latest mark of that direction, or the one at that moment. Raises `Refused` when there is none."""
    activity = activity_kept(docs, command, asked)
    must_be_anothers(command["person"], asked, path="person")
    session = session_of(docs, activity, command)
    must_take_marks(activity, session)
    seat = seated(docs, activity, session, command["person"])
    scan = _scan_to_undo(seat, command)
    after = unscanned(seat, session, scan)
    content = {
        "session": session["id"],
        "attended": after["attended"],
    }
    content |= pick(command, "person", "undone", "reason") | pick(scan, "at", "way")
    content |= figures(docs, after)
    return ACTIVITY.fact("check_undone.v1", activity["id"], content)


def _scan_to_undo(seat: Json, command: Json) -> Scan:
    """The scan the command means. Raises `Refused` when there is none, or a person has decided since."""
    scan = last_scan(seat, command["undone"], command.get("at"))
    if scan is None:
        says = f"{seat['person']} 没有可以撤销的{NAMES[command['undone']]}"
        raise Refused("nothing_to_undo", says, path="undone")
    if is_decided(seat):
        says = f"{seat['person']} 本场的时长已经更正，请直接再次更正"
        raise Refused("hours_decided", says, path="person")
    return scan


def correct_hours(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By decision: no scan moves them afterwards, another decision does."""
    activity = activity_seen(docs, command, asked)
    must_decide(docs, activity, asked)
    must_be_anothers(command["person"], asked, path="person")
    session = session_of(docs, activity, command)
    seat = seated(docs, activity, session, command["person"])
    _must_be_possible(session, command, asked)
    after = decided(seat, session, command["attended"])
    after |= pick(command, "minutes")
    _must_differ(seat, after)
    content = {
        "session": session["id"],
        "by": asked.actor.id,
    }
    content |= pick(command, "person", "attended", "reason") | figures(docs, after)
    return ACTIVITY.fact("hours_corrected.v1", activity["id"], content)


def _must_differ(seat: Json, after: Json) -> None:
    decided = ("minutes", "hours", "attended")
    if pick(seat, *decided) == pick(after, *decided):
        says = f"{seat['person']} 本场的时长已经是 {seat['minutes']} 分钟"
        raise Refused("nothing_changes", says, path="minutes")


def recount_due(docs: Reads, recount_of: Json, asked: Asked) -> Fact:
    """Time does, at once, for each session whose figures another one's scans have changed."""
    return recount(docs, docs.the("seats", recount_of["id"]), asked)


def recount(docs: Reads, seat: Json, asked: Asked) -> Fact:
    """What time does once an overlapping session's scans changed."""
    content = pick(seat, "session", "person", "attended") | counted(docs, seat)
    return ACTIVITY.fact("hours_recounted.v1", seat["activity"], content)


def must_decide(docs: Reads, activity: Json, asked: Asked) -> None:
    """Raises unless the actor keeps the activity, or serves or administers the place it is in."""
    if not may_keep(docs, activity["host"], asked) and not serves(activity, asked):
        says = "只有主办方、当地社区工作者或街道可以更正时长"
        raise Forbidden(says, code="out_of_scope", path="activity")


def serves(activity: Json, asked: Asked) -> bool:
    """True for a community worker of the place, and for its street and district."""
    place = activity["community"]
    return asked.actor.covers("community_worker", place) or oversees(asked.actor, place)


def _must_be_possible(session: Json, command: Json, asked: Asked) -> None:
    _must_be_held(session, asked)
    minutes = command["minutes"]
    if minutes and not command["attended"]:
        says = "没有到场的不能有时长"
        raise Invalid(says, code="minutes_without_attendance", path="minutes")
    longest = ends_of(session) - starts_of(session) + 2 * GRACE
    most = int(longest.total_seconds()) // 60
    if minutes > most:
        says = f"{minutes} 分钟超过了本场的时长（最多 {most} 分钟）"
        raise Invalid(says, code="longer_than_session", path="minutes")


def _must_be_held(session: Json, asked: Asked) -> None:
    if session["state"] == "cancelled":
        says = "这一场已经取消，没有时长可以更正"
        raise Refused("not_held", says, path="session")
    if now_text(asked) < session["starts_at"]:
        left = how_long(starts_of(session) - asked.now)
        says = f"这一场离开始还有 {left}，没有时长可以更正"
        raise Refused("not_held", says, path="session")
