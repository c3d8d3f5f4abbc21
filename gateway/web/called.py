"""What something is called, and where its page is, that an entry or a notice names as `activity/01J…`."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from gateway.pages.docs.roles import NAMES
from gateway.web.page import Visit
from schemas.activities.contents import OfActivity
from schemas.branches.branches import GetBranch
from schemas.cobuild.units import OfUnit
from schemas.documents import Json
from schemas.fields import Schema
from schemas.partners.partners import OfPartner
from services.kit.errors import Forbidden, Unknown


class Kind(NamedTuple):
    """How it is asked for, and which of its fields is its name."""

    service: str
    question: str
    schema: type[Schema]
    name: str = "name"


ASKED: Mapping[str, Kind] = {
    "activity": Kind("activities", "get_activity", OfActivity, "title"),
    "branch": Kind("branches", "get_branch", GetBranch),
    "partner": Kind("partners", "get_partner", OfPartner),
    "unit": Kind("cobuild", "get_unit", OfUnit),
}
# Of whom it is must not be looked at for a name's sake.
IN_GENERAL = {"care": "一户的关爱探访", "mediation": "一次调解"}
PAGES = {
    "activity": "/activities/",
    "branch": "/branches/",
    "certificate": "/certificates/",
    "need": "/needs/",
    "partner": "/partners/",
    "unit": "/units/",
}


def page_about(about: str) -> str:
    """The address of the page about it; "" for what has none."""
    kind, _, id = about.partition("/")
    return PAGES[kind] + id if kind in PAGES and id else ""


def naming(visit: Visit) -> Json:
    """What a template needs to say names: each is asked for once."""

    @cache
    def name_of(about: str) -> str:
        kind, _, id = about.partition("/")
        if kind in ASKED and id:
            return _asked(visit, kind, id)
        if kind in IN_GENERAL or not about.isdecimal():
            return IN_GENERAL.get(kind, "一个人的资料")
        return visit.places.name_of(about) or visit.places.district()

    return {"name_of": name_of, "role_names": NAMES}


def _asked(visit: Visit, kind: str, id: str) -> str:
    service, question, schema, name = ASKED[kind]
    try:
        document = visit.ask(service, question, schema, **{kind: id})
    except (Unknown, Forbidden):
        return ""
    return str(document[name])
