"""The units, partners and branches that host and help: what each is, what it offers and what it is about to hold."""

from gateway.web.near import from_now_on
from gateway.web.offered import offered
from gateway.web.page import Ask, Page, Says, Visit
from schemas.activities.sessions import ListSessions
from schemas.branches.branches import GetBranch
from schemas.cobuild.offerings import ListOfferings
from schemas.cobuild.units import ListUnits, OfUnit
from schemas.documents import Json
from schemas.partners.partners import OfPartner
from services.district.authority import STREET

PAGES_OF_HOSTS = {
    "branch": "/branches/",
    "community": "/?division=",
    "partner": "/partners/",
    "unit": "/units/",
}


def page_of_host(host: str) -> str:
    """Where to read about a host, `unit/U1`; of a community, what is on there."""
    kind, _, id = host.partition("/")
    return PAGES_OF_HOSTS[kind] + id


def hosted_by(kind: str) -> Says:
    def says(visit: Visit) -> Json:
        return from_now_on(visit) | {"host": f"{kind}/{visit.path[kind]}"}

    return says


def places(visit: Visit) -> Json:
    """Codes are shown by the names they have."""
    return {"place_name": visit.places.name_of, "streets": visit.places.streets()}


def what_may_be_done(visit: Visit) -> Json:
    """With a branch, by who administers its street."""
    branch = visit.path["branch"]
    acts = offered(visit, "/branches/<branch>/", branch=branch)
    may = visit.actor.has(*STREET)
    return places(visit) | {"acts": list(acts) if may else [], "administers": may}


def whose_application(visit: Visit) -> Json:
    """Whoever applied speaks for a partner until it is decided on, and has no role for that."""
    return places(visit) | {"me": visit.actor.id}


def sessions_of(kind: str) -> Ask:
    return Ask("sessions", "activities", "list_sessions", ListSessions, hosted_by(kind))


UNIT = Ask("unit", "cobuild", "get_unit", OfUnit)
OFFERINGS = Ask("offerings", "cobuild", "list_offerings", ListOfferings)
PARTNER = Ask("partner", "partners", "get_partner", OfPartner)
BRANCH = Ask("branch", "branches", "get_branch", GetBranch)
UNITS = Ask("units", "cobuild", "list_units", ListUnits)
PAGES = (
    Page("/units", "units.html", (UNITS,), places, for_all=False),
    Page(
        "/units/<unit>",
        "unit.html",
        (UNIT, OFFERINGS, sessions_of("unit")),
        places,
        for_all=False,
    ),
    Page(
        "/partners/<partner>",
        "partner.html",
        (PARTNER, sessions_of("partner")),
        whose_application,
        for_all=False,
    ),
    Page(
        "/branches/<branch>",
        "branch.html",
        (BRANCH, sessions_of("branch")),
        what_may_be_done,
        for_all=False,
    ),
)
