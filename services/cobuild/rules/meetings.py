"""Joint meetings: called by who oversees the place, chaired in turn, recorded, concluded."""

from datetime import datetime, timedelta

from schemas.cobuild.meetings import MOST_RESOLUTIONS
from schemas.documents import Json
from services.cobuild.model.ids import turn_id
from services.cobuild.model.lifecycles import EVER_APPROVED, MEETING
from services.cobuild.rules.rights import MEETINGS, UNITS, convenes, is_active
from services.district import territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Find, Reads

FARTHEST = timedelta(days=366)
MOST_ASKED = 200


def next_chair(docs: Reads, division: str) -> Json | None:
    """The turn of the unit that has not taken the chair there for longest, first of all those that never have."""
    where = {"division": division}
    turns = docs.find(Find("turns", where, "chaired_at", limit=MOST_ASKED))
    return next((turn for turn in turns if _may_chair(docs, turn)), None)


def _may_chair(docs: Reads, turn: Json) -> bool:
    unit = docs.get("units", turn["unit"])
    return unit is not None and is_active(unit)


def call_meeting(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A chair whose turn it is not takes a reason. Raises `Refused` without units."""
    division = command["division"]
    territory.known(docs, division, "division", local_day(asked.now))
    if abs(datetime.fromisoformat(command["held_at"]) - asked.now) > FARTHEST:
        raise Invalid("开会时间应在前后一年之内", code="too_far_ahead", path="held_at")
    turn = next_chair(docs, division)
    if turn is None:
        says = "这里还没有审核通过的联建单位，不能召开联席会议"
        raise Refused("no_units", says, path="division")
    proposed = turn["unit"]
    chair = str(command.get("chair", proposed))
    _must_be_from_there(docs, division, chair)
    if chair != proposed:
        _must_have_reason(docs, command, proposed)
    content = command | {"chair": chair, "proposed": proposed, "by": asked.actor.id}
    return MEETING.fact("meeting_called.v1", asked.new_id, content)


def _must_have_reason(docs: Reads, command: Json, proposed: str) -> None:
    """Raises when another unit is to take the chair than the one whose turn it is, and nobody says why."""
    if "reason" not in command:
        name = docs.the("units", proposed)["name"]
        says = f"本次轮到“{name}”，换别的单位要说明原因"
        raise Invalid(says, code="reason_missing", path="reason")


def cancel_meeting(docs: Reads, command: Json, asked: Asked) -> Fact:
    """One that was called and did not take place."""
    meeting = _convened(docs, command, asked, "cancel")
    if meeting["present"] or "minutes" in meeting:
        raise Refused("already_held", "会议已经开过，不能取消")
    return MEETING.fact("meeting_cancelled.v1", meeting["id"], command)


def record_attendance(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The list as it should be; the fact is what differs from the one before."""
    meeting = _held(docs, command, asked, "attend")
    for unit in command["units"]:
        _must_be_from_there(docs, meeting["division"], unit)
    before = _present(docs, meeting)
    units = set(command["units"])
    if units == before:
        raise Refused("nothing_new", "到会单位与已登记的相同")
    content: Json = {"by": asked.actor.id}
    content["present"] = sorted(units - before)
    content["absent"] = sorted(before - units)
    return MEETING.fact("attendance_recorded.v1", meeting["id"], content)


def _present(docs: Reads, meeting: Json) -> set[str]:
    """The units recorded as having come."""
    where = {"meeting": meeting["id"], "present": "yes"}
    attendees = docs.find(Find("attendance", where, "unit", limit=MOST_ASKED))
    return {attendee["unit"] for attendee in attendees}


def record_minutes(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` before the meeting has begun."""
    meeting = _held(docs, command, asked, "minute")
    content = command | {"by": asked.actor.id}
    return MEETING.fact("minutes_recorded.v1", meeting["id"], content)


def pass_resolution(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` before the meeting has begun, and for more resolutions than one meeting may have."""
    meeting = _held(docs, command, asked, "resolve")
    passed = Find(
        "resolutions", {"meeting": meeting["id"]}, "id", limit=MOST_RESOLUTIONS
    )
    if docs.count(passed) >= MOST_RESOLUTIONS:
        says = f"一次会议最多记录 {MOST_RESOLUTIONS} 项决议"
        raise Refused("too_many_resolutions", says)
    content = command | {"resolution": asked.new_id}
    return MEETING.fact("resolution_passed.v1", meeting["id"], content)


def conclude_meeting(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` while there are no minutes, or nobody was there."""
    meeting = _convened(docs, command, asked, "conclude")
    if "minutes" not in meeting:
        raise Refused("no_minutes", "还没有会议纪要")
    if not meeting["present"]:
        raise Refused("no_attendance", "还没有登记到会单位")
    return MEETING.fact("meeting_concluded.v1", meeting["id"])


def _must_be_from_there(docs: Reads, division: str, unit: str) -> None:
    """Raises `Unknown` unless the unit was approved in the division."""
    turn = docs.get("turns", turn_id(division, unit))
    if turn is not None and "chaired_at" in turn:
        return
    where = territory.called(docs, division)
    known = docs.get(UNITS.collection, unit)
    if known and known["state"] in EVER_APPROVED:
        says = f"“{known['name']}”不是{where}已通过的{UNITS.title}"
    else:
        says = f"{where}没有这个已通过的{UNITS.title}"
    raise Unknown(says, path="unit")


def _convened(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The meeting, when the actor convenes it and its state allows the step."""
    meeting = MEETINGS.admitted(
        docs,
        command["meeting"],
        asked,
        may=convenes,
        code="out_of_scope",
        says="联席会议由轮值单位和所在地的管理员办理",
    )
    MEETING.must_allow(meeting, step, MEETING.title)
    return meeting


def _held(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The same, when it has begun."""
    meeting = _convened(docs, command, asked, step)
    if datetime.fromisoformat(meeting["held_at"]) > asked.now:
        raise Refused("not_held_yet", "会议还没有开")
    return meeting
