"""When a door takes marks: those made from an hour before the session to half an hour after, however late they come.

To let people in early is not to begin: sign-up, queue and promotion go on until the session's start.
"""

from datetime import datetime, timedelta

from schemas.documents import Json
from services.activities.model.times import ends_of, starts_of
from services.activities.rules.codes import CLOCKS_DIFFER
from services.district.calendar import how_long, local_minute
from services.kit.entrypoints import Asked
from services.kit.errors import Refused

OPENS = timedelta(minutes=60)
CLOSES = timedelta(minutes=30)
TAKING = {"open", "running", "closed"}


def must_take_marks(activity: Json, session: Json) -> None:
    """Raises `Refused` when the activity or the session is in a state in which nobody comes."""
    if activity["state"] not in TAKING:
        raise _takes_no_marks(activity, activity["state_text"])
    if session["state"] == "cancelled":
        raise _takes_no_marks(activity, session["state_text"])


def _takes_no_marks(activity: Json, now: str) -> Refused:
    says = f"《{activity['title']}》现在是“{now}”，不能签到签退"
    return Refused("not_running", says)


def must_be_in_time(session: Json, at: datetime, asked: Asked) -> None:
    """Raises `Refused` for a mark made too early, too late, or at a moment yet to come."""
    if at > asked.now + CLOCKS_DIFFER:
        raise Refused("in_the_future", "时间还没有到，请检查设备时钟", path="at")
    if at < starts_of(session) - OPENS:
        raise Refused("outside_session", too_early(session, at), path="at")
    closes = ends_of(session) + CLOSES
    if at > closes:
        last = f"{_minutes(CLOSES)} 分钟（{local_minute(closes)}）"
        says = f"已过签到签退的时间，最晚算到结束后 {last}"
        raise Refused("outside_session", says, path="at")


def too_early(session: Json, at: datetime) -> str:
    """How long it is until the session begins, and from when people may be let in."""
    starts = starts_of(session)
    left = f"《{session['title']}》离开始还有 {how_long(starts - at)}"
    opens = f"{_minutes(OPENS)} 分钟（{local_minute(starts - OPENS)}）"
    return f"{left}，最早可在开始前 {opens}签到"


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)
