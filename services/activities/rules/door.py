"""At the door: codes that cannot be forged and soon expire, check-in, check-out, and the rating afterwards."""

from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from schemas.fields import instant
from services.activities.rules.authority import may_keep
from services.activities.rules.hours import hours_class, minutes_within
from services.activities.rules.lifecycle import the_activity
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay, Reads

CODE_LIFE = timedelta(seconds=90)
DOOR_OPENS = timedelta(minutes=60)
DOOR_CLOSES = timedelta(minutes=30)
CLOCKS_DIFFER = timedelta(minutes=5)
TAKING = {"open", "running", "closed"}


def door_code(activity: Doc, key: bytes, asked: Asked) -> Data:
    """What the QR shown at the door says; good for `CODE_LIFE`."""
    expires_at = instant(asked.now + CODE_LIFE)
    code = _signer(key).dumps([activity["session"], expires_at])
    return {"code": code, "expires_at": expires_at}


def check_in(docs: Overlay, command: Data, asked: Asked, key: bytes) -> Fact:
    activity, seat, way = _at_the_door(docs, command, asked, key)
    if seat["inside_since"] is not None:
        raise Refused("already_checked_in", f"{seat['person']} 已经签到")
    return _fact("checked_in.v1", activity, _scan(seat, command, asked, way))


def check_out(docs: Overlay, command: Data, asked: Asked, key: bytes) -> Fact:
    activity, seat, way = _at_the_door(docs, command, asked, key)
    if seat["inside_since"] is None:
        raise Refused("not_checked_in", f"{seat['person']} 还没有签到")
    scan = _scan(seat, command, asked, way)
    if scan["at"] < seat["inside_since"]:
        raise Refused("before_check_in", "签退时间早于签到时间", path="at")
    stays = [*seat["stays"], {"since": seat["inside_since"], "until": scan["at"]}]
    times = [(datetime.fromisoformat(stay["since"]), datetime.fromisoformat(stay["until"])) for stay in stays]
    starts, ends = map(datetime.fromisoformat, (activity["starts_at"], activity["ends_at"]))
    hours = hours_class([*seat["ways"], way])
    return _fact("checked_out.v1", activity, {**scan, "minutes": minutes_within(times, starts, ends), "hours": hours})


def rate(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"])
    seat = docs.get("seats", f"{activity['session']}:{asked.actor.id}")
    if seat is None or not seat["attended"]:
        raise Refused("not_attended", "参加过活动的人才能评价")
    if seat["score"] is not None:
        raise Refused("already_rated", "您已经评价过这次活动")
    data = {"session": seat["session"], "person": seat["person"], "score": command["score"]}
    if "words" not in command:
        return _fact("activity_rated.v1", activity, data)
    rated = _fact("activity_rated.v1", activity, {**data, "note": asked.new_id})
    return Fact(rated.type, rated.stream, rated.data, notes={asked.new_id: command["words"]})


def _at_the_door(docs: Overlay, command: Data, asked: Asked, key: bytes) -> tuple[Doc, Doc, str]:
    """The activity, the person's confirmed seat, and how it came: `scanned` by code or `backfilled` by roster."""
    activity = the_activity(docs, command["activity"])
    person = command.get("person", asked.actor.id)
    way = "scanned" if "code" in command else "backfilled"
    if way == "backfilled" and not may_keep(docs, activity["host"], asked):
        raise Forbidden("只有主办方可以按名单签到；自己签到请扫现场二维码", code="not_your_host")
    seat = docs.get("seats", f"{activity['session']}:{person}")
    if way == "scanned":
        _must_be_shown(command["code"], activity, key, asked)
        _must_be_own(docs, seat, person, asked)
    if activity["state"] not in TAKING:
        raise Refused("not_running", f"《{activity['title']}》现在不能签到")
    if seat is None or seat["state"] == "cancelled":
        raise Refused("not_signed_up", f"{person} 没有报名这次活动", path="person")
    if seat["state"] == "waiting":
        raise Refused("still_waiting", f"{person} 还在候补", path="person")
    _must_be_in_time(activity, command, asked)
    return activity, seat, way


def _must_be_shown(code: str, activity: Doc, key: bytes, asked: Asked) -> None:
    try:
        session, expires_at = _signer(key).loads(code)
    except (BadData, ValueError, TypeError) as error:
        raise Refused("bad_code", "二维码无效，请扫现场的二维码", path="code") from error
    if session != activity["session"]:
        raise Refused("wrong_code", "这不是本场活动的二维码", path="code")
    if instant(asked.now) > expires_at:
        raise Refused("code_expired", "二维码已过期，请重新扫描", path="code")


def _must_be_own(docs: Reads, seat: Doc | None, person: str, asked: Asked) -> None:
    """A code checks in oneself and those one signed up."""
    if person == asked.actor.id:
        return
    signup = docs.get("signups", seat["signup"]) if seat else None
    if signup is None or signup["by"] != asked.actor.id:
        raise Forbidden("只能为自己和自己报名的家人签到", code="not_yours", path="person")


def _must_be_in_time(activity: Doc, command: Data, asked: Asked) -> None:
    at = datetime.fromisoformat(_when(command, asked))
    starts, ends = map(datetime.fromisoformat, (activity["starts_at"], activity["ends_at"]))
    if at > asked.now + CLOCKS_DIFFER:
        raise Refused("in_the_future", "时间还没有到，请检查设备时钟", path="at")
    if not starts - DOOR_OPENS <= at <= ends + DOOR_CLOSES:
        raise Refused("outside_session", "不在本场活动的签到时间内", path="at")


def _when(command: Data, asked: Asked) -> str:
    return str(command.get("at", instant(asked.now)))


def _scan(seat: Doc, command: Data, asked: Asked, way: str) -> Data:
    return {"session": seat["session"], "person": seat["person"], "at": _when(command, asked), "way": way}


def _fact(type: str, activity: Doc, data: Data) -> Fact:
    return Fact(type, f"activity/{activity['id']}", {"activity": activity["id"], **data})


def _signer(key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="door")
