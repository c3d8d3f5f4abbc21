"""The own pages of a partner's manager and of a branch's secretary."""

from datetime import date

from gateway.web import words
from gateway.web.page import Ask, Page, Visit
from gateway.web.whose import own
from schemas.activities.sessions import ListSessions
from schemas.branches.branches import GetBranch
from schemas.branches.places import ListHomes
from schemas.branches.reports import ListReportsOfBranch
from schemas.documents import Json
from schemas.fields import instant
from schemas.partners.partners import OfPartner
from services.district.calendar import LOCAL

MOST_LISTED = 100


def of_own_partner(visit: Visit) -> Json:
    return {"partner": own(visit, "partner")}


def of_own_branch(visit: Visit) -> Json:
    return {"branch": own(visit, "branch")}


def its_sessions(visit: Visit) -> Json:
    host = f"partner/{own(visit, 'partner')}"
    return {"host": host, "since": instant(visit.now), "state": "planned,running"}


def year_asked(visit: Visit) -> int:
    """This year, unless another is asked for."""
    this = visit.now.astimezone(LOCAL).year
    return words.year_meant(str(visit.query.get("year", this)))


def sessions_of_the_year(visit: Visit) -> Json:
    year = year_asked(visit)
    return {
        "host": f"branch/{own(visit, 'branch')}",
        "since": instant(words.begins(date(year, 1, 1))),
        "until": instant(words.begins(date(year + 1, 1, 1))),
        "limit": MOST_LISTED,
    }


def all_homes(visit: Visit) -> Json:
    return {"limit": MOST_LISTED}


def named(visit: Visit) -> Json:
    return {"place_name": visit.places.name_of}


def the_year(visit: Visit) -> Json:
    this = visit.now.astimezone(LOCAL).year
    return named(visit) | {"year": year_asked(visit), "this_year": this}


PAGES = (
    Page(
        "/partner",
        "own_partner.html",
        (
            Ask("partner", "partners", "get_partner", OfPartner, of_own_partner),
            Ask("sessions", "activities", "list_sessions", ListSessions, its_sessions),
        ),
        named,
        for_all=False,
    ),
    Page(
        "/branch",
        "own_branch.html",
        (
            Ask("branch", "branches", "get_branch", GetBranch, of_own_branch),
            Ask(
                "reports",
                "branches",
                "list_reports_of_branch",
                ListReportsOfBranch,
                of_own_branch,
            ),
            Ask("homes", "branches", "list_homes", ListHomes, all_homes),
            Ask(
                "sessions",
                "activities",
                "list_sessions",
                ListSessions,
                sessions_of_the_year,
            ),
        ),
        the_year,
        for_all=False,
    ),
)
