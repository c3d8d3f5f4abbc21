"""Attendance put right: a mark undone, hours decided by a person, and hours counted again after news elsewhere."""

from datetime import datetime

from schemas.documents import Json
from services.activities.model.attendance import (
    decided,
    is_decided,
    last_scan,
    unscanned,
)
from services.activities.model.hours import GRACE
from services.activities.model.lifecycles import ACTIVITY
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
    activity = activity_kept(docs, command, asked)
    must_be_anothers(command["person"], asked, path="person")
    session = session_of(docs, activity, command)
    must_take_marks(activity, session)
    seat = seated(docs, activity, session, command["person"])
    scan = last_scan(seat, command["undone"], command.get("at"))
    if scan is None:
        raise Refused(
            "nothing_to_undo",
            f"{seat['person']} 没有可以撤销的{NAMES[command['undone']]}",
            path="undone",
        )
    if is_decided(seat):
        raise Refused(
            "hours_decided",
            f"{seat['person']} 本场的时长已经更正，请直接再次更正",
            path="person",
        )
    after = unscanned(seat, session, scan)
    told = {name: command[name] for name in ("person", "undone", "reason")}
    stands = {"attended": after["attended"], **figures(docs, after)}
    return ACTIVITY.fact(
        "check_undone.v1",
        activity["id"],
        {
            "session": session["id"],
            **told,
            "at": scan["at"],
            "way": scan["way"],
            **stands,
        },
    )


def correct_hours(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity = activity_seen(docs, command, asked)
    must_decide(docs, activity, asked)
    must_be_anothers(command["person"], asked, path="person")
    session = session_of(docs, activity, command)
    seat = seated(docs, activity, session, command["person"])
    _must_be_possible(session, command, asked)
    after = {
        **decided(seat, session, command["attended"]),
        "minutes": command["minutes"],
    }
    if all(seat[name] == after[name] for name in ("minutes", "hours", "attended")):
        raise Refused(
            "nothing_changes",
            f"{seat['person']} 本场的时长已经是 {seat['minutes']} 分钟",
            path="minutes",
        )
    told = {name: command[name] for name in ("person", "attended", "reason")}
    data = {
        "session": session["id"],
        **told,
        "by": asked.actor.id,
        **figures(docs, after),
    }
    return ACTIVITY.fact("hours_corrected.v1", activity["id"], data)


def recount_due(docs: Reads, recount_of: Json, asked: Asked) -> Fact:
    return recount(docs, docs.the("seats", recount_of["id"]), asked)


def recount(docs: Reads, seat: Json, asked: Asked) -> Fact:
    """What time does once an overlapping session's scans changed."""
    data = {
        "session": seat["session"],
        "person": seat["person"],
        "attended": seat["attended"],
    }
    return ACTIVITY.fact(
        "hours_recounted.v1", seat["activity"], {**data, **counted(docs, seat)}
    )


def must_decide(docs: Reads, activity: Json, asked: Asked) -> None:
    """Raises unless the actor keeps the activity, or serves or administers the place it is in."""
    if not may_keep(docs, activity["host"], asked) and not serves(activity, asked):
        raise Forbidden(
            "只有主办方、当地社区工作者或街道可以更正时长",
            code="out_of_scope",
            path="activity",
        )


def serves(activity: Json, asked: Asked) -> bool:
    """True for a community worker of the place, and for its street and district."""
    place = activity["community"]
    return asked.actor.covers("community_worker", place) or oversees(asked.actor, place)


def _must_be_possible(session: Json, command: Json, asked: Asked) -> None:
    if session["state"] == "cancelled":
        raise Refused("not_held", "这一场已经取消，没有时长可以更正", path="session")
    if now_text(asked) < session["starts_at"]:
        left = how_long(datetime.fromisoformat(session["starts_at"]) - asked.now)
        raise Refused(
            "not_held", f"这一场离开始还有 {left}，没有时长可以更正", path="session"
        )
    if command["minutes"] and not command["attended"]:
        raise Invalid(
            "没有到场的不能有时长", code="minutes_without_attendance", path="minutes"
        )
    starts, ends = map(
        datetime.fromisoformat, (session["starts_at"], session["ends_at"])
    )
    most = int((ends - starts + 2 * GRACE).total_seconds()) // 60
    if command["minutes"] > most:
        raise Invalid(
            f"{command['minutes']} 分钟超过了本场的时长（最多 {most} 分钟）",
            code="longer_than_session",
            path="minutes",
        )
