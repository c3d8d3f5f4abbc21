"""Calendars to subscribe to."""

from schemas.activities import calendars as asks
from services.activities.rules import calendars
from services.activities.table.columns import CALENDAR, EVERYBODY, PEOPLE
from services.activities.views import calendars as answers
from services.activities.views import personal_calendars
from services.kit.config import Settings
from services.kit.entrypoints import command, query


class Calendars:
    """The part of the table for calendars."""

    # A table: an entry a line.
    # fmt: off
    issue_calendar = command(
        asks.OfMyCalendar, calendars.issue, by=PEOPLE, shows=CALENDAR, given=Settings.door_key)
    revoke_calendar = command(asks.OfMyCalendar, calendars.revoke, by=PEOPLE, shows=CALENDAR)
    my_calendar = query(
        asks.OfMyCalendar, personal_calendars.my_calendar, by=EVERYBODY, given=Settings.door_key)
    get_calendar = query(asks.ShowCalendar, answers.get_calendar)
    personal_calendar = query(
        asks.ShowPersonalCalendar, personal_calendars.personal_calendar, given=Settings.door_key)
    # fmt: on
