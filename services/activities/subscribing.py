"""What the activities service answers to about calendars."""

from schemas.activities.calendars import (
    OfMyCalendar,
    ShowCalendar,
    ShowPersonalCalendar,
)
from services.activities.attending import PEOPLE
from services.activities.rules import calendars
from services.activities.views import calendars as answers
from services.kit.config import Settings
from services.kit.entrypoints import command, query

CALENDAR = ("calendars", "person")


class Subscribing:
    """The part of the table for calendars."""

    issue_calendar = command(
        OfMyCalendar,
        calendars.issue,
        by=PEOPLE,
        shows=CALENDAR,
        given=Settings.door_key,
    )
    revoke_calendar = command(OfMyCalendar, calendars.revoke, by=PEOPLE, shows=CALENDAR)
    my_calendar = query(
        OfMyCalendar, answers.my_calendar, by=PEOPLE, given=Settings.door_key
    )
    get_calendar = query(ShowCalendar, answers.get_calendar)
    personal_calendar = query(
        ShowPersonalCalendar, answers.personal_calendar, given=Settings.door_key
    )
