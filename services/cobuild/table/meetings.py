"""Joint meetings of the units of a place."""

from schemas.cobuild import meetings as schemas
from services.cobuild.rules import meetings
from services.cobuild.table.roles import READERS, UNITS
from services.cobuild.views import meetings as views
from services.district.authority import overseeing
from services.kit.entrypoints import command, query

MEETING = ("meetings", "meeting")


class Meetings:
    call_meeting = command(
        schemas.CallMeeting,
        meetings.call_meeting,
        by=overseeing("division"),
        shows=MEETING,
    )
    cancel_meeting = command(
        schemas.CancelMeeting, meetings.cancel_meeting, by=UNITS, shows=MEETING
    )
    record_attendance = command(
        schemas.RecordAttendance, meetings.record_attendance, by=UNITS, shows=MEETING
    )
    record_minutes = command(
        schemas.RecordMinutes, meetings.record_minutes, by=UNITS, shows=MEETING
    )
    pass_resolution = command(
        schemas.PassResolution, meetings.pass_resolution, by=UNITS, shows=MEETING
    )
    conclude_meeting = command(
        schemas.OfMeeting, meetings.conclude_meeting, by=UNITS, shows=MEETING
    )
    get_meeting = query(schemas.OfMeeting, views.get_meeting, by=READERS)
    list_meetings = query(schemas.ListMeetings, views.list_meetings, by=READERS)
    list_attendance = query(schemas.ListAttendance, views.list_attendance, by=READERS)
    next_chair = query(schemas.NextChair, views.get_next_chair, by=READERS)
