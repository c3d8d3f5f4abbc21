"""Pages for everybody who lives in the district."""

from datetime import date, timedelta

from gateway.web import words
from gateway.web.page import Ask, Page, Visit
from schemas.activities.contents import CATEGORIES
from schemas.activities.sessions import ListSessions
from schemas.documents import Json
from schemas.fields import instant
from services.district.calendar import LOCAL, local_month
from services.kit.errors import Unknown

MOST_IN_A_MONTH = 100
COMING = ("planned", "running")


def from_now_on(visit: Visit) -> Json:
    return {"since": instant(visit.now), "state": ",".join(COMING)}


def choices(visit: Visit) -> Json:
    """What the list may be narrowed to, and where it is of."""
    place = str(visit.query.get("division", ""))
    return {
        "streets": visit.places.streets(),
        "categories": CATEGORIES,
        "place_name": visit.places.name_of(place),
        "district": visit.places.district(),
    }


def of_the_month(visit: Visit) -> Json:
    first = _first_of(visit)
    return {
        "since": instant(words.begins(first)),
        "until": instant(words.begins(words.next_month(first))),
        "limit": MOST_IN_A_MONTH,
    }


def month(visit: Visit) -> Json:
    first = _first_of(visit)
    return {
        "first": first,
        "weeks": words.weeks_of(first),
        "today": visit.now.astimezone(LOCAL).date(),
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
        (Ask("sessions", "activities", "list_sessions", ListSessions, from_now_on),),
        choices,
    ),
    Page("/calendar", "month.html", MONTH, month),
    Page("/calendar/<month>", "month.html", MONTH, month),
    Page("/help", "help.html"),
    Page("/privacy", "privacy.html"),
)
