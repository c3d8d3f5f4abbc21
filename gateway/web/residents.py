"""Pages for everybody who lives in the district."""

from datetime import date, timedelta

from gateway.web import near, words
from gateway.web.page import Ask, Page, Visit
from schemas.activities.contents import CATEGORIES
from schemas.activities.sessions import ListSessions
from schemas.documents import Json, if_any
from schemas.fields import instant
from services.district.calendar import LOCAL, local_month, month_in_words
from services.kit.errors import Unknown

MOST_IN_A_MONTH = 100


def nearby(visit: Visit) -> Json:
    return choices(visit) | {"categories": CATEGORIES} | near.around(visit)


def choices(visit: Visit) -> Json:
    """Where what is shown may be of, and where it is."""
    place = near.where(visit)
    return {
        "chosen": place,
        "begins": near.begins(visit),
        "streets": visit.places.streets(),
        "place_name": visit.places.name_of(place),
        "district": visit.places.district(),
        "whole": visit.places.district_code(),
    }


def of_the_month(visit: Visit) -> Json:
    first = _first_of(visit)
    month = {
        "since": instant(words.begins(first)),
        "until": instant(words.begins(words.next_month(first))),
        "limit": MOST_IN_A_MONTH,
    }
    return month | if_any(division=near.where(visit))


def month(visit: Visit) -> Json:
    first = _first_of(visit)
    return {
        "first": first,
        "name": month_in_words(f"{first:%Y-%m}"),
        "weeks": words.weeks_of(first),
        "today": visit.now.astimezone(LOCAL).date(),
        "shown": f"{first:%Y-%m}",
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{words.next_month(first):%Y-%m}",
        **choices(visit),
    }


def _first_of(visit: Visit) -> date:
    """The first day of the month in the address, else of this one."""
    month = visit.path.get("month", local_month(visit.now))
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Unknown("没有这个月份") from error
    if first.year not in words.YEARS:
        raise Unknown("没有这个月份")
    return first


MONTH = (Ask("sessions", "activities", "list_sessions", ListSessions, of_the_month),)
PAGES = (
    Page(
        "/",
        "near_me.html",
        (
            Ask(
                "sessions",
                "activities",
                "list_sessions",
                ListSessions,
                near.of_the_place,
            ),
        ),
        nearby,
        for_all=False,
        for_whoever=True,
    ),
    *(
        Page(path, "month.html", MONTH, month, for_all=False, for_whoever=True)
        for path in ("/calendar", "/calendar/<month>")
    ),
    Page("/help", "help.html"),
    Page("/privacy", "privacy.html"),
)
