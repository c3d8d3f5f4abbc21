"""When a door takes marks: those made from an hour before the session to half an hour after, however late they come."""

from datetime import datetime, timedelta

from services.activities.rules.codes import CLOCKS_DIFFER
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.views import Doc

OPENS = timedelta(minutes=60)
CLOSES = timedelta(minutes=30)
TAKING = {"open", "running", "closed"}


def must_take_marks(activity: Doc, session: Doc) -> None:
    if activity["state"] not in TAKING or session["state"] == "cancelled":
        now = session["state_text"] if activity["state"] in TAKING else activity["state_text"]
        raise Refused("not_running", f"《{activity['title']}》现在是“{now}”，不能签到签退")


def must_be_in_time(session: Doc, at: datetime, asked: Asked) -> None:
    if at > asked.now + CLOCKS_DIFFER:
        raise Refused("in_the_future", "时间还没有到，请检查设备时钟", path="at")
    starts, ends = map(datetime.fromisoformat, (session["starts_at"], session["ends_at"]))
    if not starts - OPENS <= at <= ends + CLOSES:
        raise Refused("outside_session", "不在本场活动的签到时间内", path="at")
