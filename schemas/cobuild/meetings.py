"""Joint meetings (联席会议) of the units in a place, with a chair that goes round, and what they resolve."""

from schemas import fields
from schemas.decisions import reason
from schemas.events import event
from schemas.paging import Paged
from schemas.resource import Resource

STATES = ("called", "concluded", "cancelled")
OUTCOMES = ("open", "need", "commitment")
MOST_PRESENT = 200
MOST_RESOLUTIONS = 30
LONGEST_MINUTES = 5000


def division() -> fields.Division:
    return fields.Division(
        required=True, metadata={"description": "在哪个区、街道或社区召开"}
    )


class Convened(fields.Schema):
    division = division()
    held_at = fields.Instant(required=True, metadata={"description": "什么时候开"})
    place = fields.Text(100, required=True, metadata={"description": "地点"})
    agenda = fields.Text(500, required=True, metadata={"description": "议题"})


class CallMeeting(Convened):
    """Without `chair` the one whose turn it is; another needs a `reason`."""

    chair = fields.Id(metadata={"description": "轮值单位；不填为轮到的单位"})
    reason = reason("为什么不由轮到的单位主持", required=False)


class OfMeeting(fields.Schema):
    """A command or question about one meeting that needs no more words."""

    meeting = fields.Id(required=True, metadata={"description": "联席会议编号"})


class CancelMeeting(OfMeeting):
    reason = reason("为什么取消")


class RecordAttendance(OfMeeting):
    """Units listed before and not listed now are taken off the list."""

    units = fields.Many(
        fields.Id(),
        1,
        MOST_PRESENT,
        required=True,
        metadata={"description": "到会的单位编号"},
    )


class RecordMinutes(OfMeeting):
    minutes = fields.Text(
        LONGEST_MINUTES,
        required=True,
        metadata={"description": "会议纪要，不写居民的个人信息"},
    )


class PassResolution(OfMeeting):
    text = fields.Text(300, required=True, metadata={"description": "决议"})


class ListMeetings(Paged):
    """The latest first."""

    division = division()


class ListAttendance(Paged):
    meeting = fields.Id(required=True, metadata={"description": "联席会议编号"})


class NextChair(fields.Schema):
    division = division()


# Events


@event("meeting_called.v1")
class MeetingCalled(Convened, OfMeeting):
    """`proposed`: whose turn it was; `reason`: why another took it."""

    chair = fields.Id(required=True)
    proposed = fields.Id(required=True)
    reason = fields.Text(200)
    by = fields.Id(required=True)


@event("meeting_cancelled.v1")
class MeetingCancelled(CancelMeeting):
    pass


@event("attendance_recorded.v1")
class AttendanceRecorded(OfMeeting):
    """Who has come to be known as present, and who turned out not to have been."""

    present = fields.Many(fields.Id(), 0, MOST_PRESENT, required=True)
    absent = fields.Many(fields.Id(), 0, MOST_PRESENT, required=True)
    by = fields.Id(required=True)


@event("minutes_recorded.v1")
class MinutesRecorded(RecordMinutes):
    by = fields.Id(required=True)


@event("resolution_passed.v1")
class ResolutionPassed(PassResolution):
    resolution = fields.Id(required=True)


@event("meeting_concluded.v1")
class MeetingConcluded(OfMeeting):
    pass


# Resources


class Resolution(fields.Schema):
    id = fields.Id(required=True)
    text = fields.Text(300, required=True)
    outcome = fields.OneOf(
        OUTCOMES,
        required=True,
        metadata={"description": "成为了需求、项目，还是尚未落实"},
    )
    need = fields.Id(metadata={"description": "成为了哪项需求"})


class Meeting(Convened, Resource):
    chair = fields.Id(required=True, metadata={"description": "轮值单位"})
    chair_name = fields.Text(60)
    proposed = fields.Id(required=True, metadata={"description": "本来轮到的单位"})
    reason = fields.Text(
        200, metadata={"description": "为什么没有由轮到的单位主持，或为什么取消"}
    )
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    present = fields.Whole(
        0, 100_000, required=True, metadata={"description": "到会单位数"}
    )
    minutes = fields.Text(LONGEST_MINUTES, metadata={"description": "会议纪要"})
    resolutions = fields.Many(fields.Part(Resolution), 0, MOST_RESOLUTIONS)


class Attendee(Resource):
    unit = fields.Id(required=True)
    unit_name = fields.Text(60)


class Chair(fields.Schema):
    division = division()
    unit = fields.Id(required=True, metadata={"description": "轮到的单位"})
    unit_name = fields.Text(60, required=True)
    why = fields.Text(100, required=True, metadata={"description": "为什么是它"})
