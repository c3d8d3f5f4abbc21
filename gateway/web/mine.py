"""What is kept of somebody, shown to them: hours and commendations, who looked, how they want to be told."""

from gateway.edge.application import application
from gateway.figures.words import figure
from gateway.web.drawing import drawn
from gateway.web.page import Ask, Button, Form, Page, Visit
from schemas.activities.calendars import CalendarAddress, OfMyCalendar
from schemas.activities.certificates import MyCertificates
from schemas.activities.commendations import MyCommendations
from schemas.activities.hours import MyRecord, MyTotals
from schemas.documents import Json
from schemas.notices.choices import ChooseNotices, GiveAddress
from schemas.notices.inbox import Nothing
from services.kit.errors import Unknown

SERVICE = "activities"
OF_CHOICES = ("language", "digest", "quiet_from", "quiet_until")


def in_words(visit: Visit) -> Json:
    return {"figure_in_words": figure}


def choices(visit: Visit) -> Json:
    return {"fields": drawn(ChooseNotices(), *OF_CHOICES)}


def calendar(visit: Visit) -> Json:
    """The address in use, if there is one."""
    try:
        known = visit.ask(SERVICE, "my_calendar", OfMyCalendar)
    except Unknown:
        return {"calendar": None}
    return {"calendar": application().home.with_addresses(CalendarAddress, known)}


PAGES = (
    Page(
        "/me/record",
        "record.html",
        (
            Ask("totals", SERVICE, "my_totals", MyTotals),
            Ask("record", SERVICE, "my_record", MyRecord),
            Ask("commendations", SERVICE, "my_commendations", MyCommendations),
            Ask("certificates", SERVICE, "my_certificates", MyCertificates),
        ),
        in_words,
        for_all=False,
    ),
    Page("/me/calendar", "my_calendar.html", more=calendar, for_all=False),
    Button(
        "/me/calendar/issue", SERVICE, "issue_calendar", OfMyCalendar, "/me/calendar"
    ),
    Button(
        "/me/calendar/revoke", SERVICE, "revoke_calendar", OfMyCalendar, "/me/calendar"
    ),
    Form(
        "/me/notices",
        "notice_choices.html",
        "notices",
        "choose_notices",
        ChooseNotices,
        "/me/notices",
        (Ask("chosen", "notices", "my_choices", Nothing),),
        choices,
    ),
    Button(
        "/me/notices/address", "notices", "give_address", GiveAddress, "/me/notices"
    ),
)
