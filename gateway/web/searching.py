"""One search over what there is: activities and offerings for everybody, parties and needs for who has signed in."""

from collections.abc import Iterator
from typing import NamedTuple

from gateway.web.page import Page, Visit
from schemas.activities.postings import ListActivities
from schemas.branches.branches import ListBranches
from schemas.cobuild.needs import ListNeeds
from schemas.cobuild.offerings import ListOfferings
from schemas.cobuild.units import ListUnits
from schemas.documents import Json
from schemas.fields import Schema
from schemas.partners.partners import ListPartners
from services.kit.actor import ANONYMOUS

MOST_OF_EACH = 10


class Kind(NamedTuple):
    """What is searched, and the page of one that is found; `{name}` there is a field of it."""

    title: str
    service: str
    question: str
    schema: type[Schema]
    page: str
    for_all: bool = False


KINDS = (
    Kind(
        "活动",
        "activities",
        "list_activities",
        ListActivities,
        "/activities/{id}",
        for_all=True,
    ),
    Kind(
        "资源",
        "cobuild",
        "list_offerings",
        ListOfferings,
        "/units/{unit}#offers",
        for_all=True,
    ),
    Kind("联建单位", "cobuild", "list_units", ListUnits, "/units/{id}"),
    Kind("社区合伙人", "partners", "list_partners", ListPartners, "/partners/{id}"),
    Kind("党支部", "branches", "list_branches", ListBranches, "/branches/{id}"),
    Kind("需求", "cobuild", "list_needs", ListNeeds, "/needs/{id}"),
)


def found(visit: Visit) -> Json:
    """`{wanted, kinds: [{title, items, is_more}]}`; nothing is asked before anything is wanted."""
    wanted = str(visit.query.get("q", ""))
    kinds = list(_found(visit, wanted)) if wanted else []
    is_known = visit.actor is not ANONYMOUS
    return {"wanted": wanted, "kinds": kinds, "is_known": is_known}


def _found(visit: Visit, wanted: str) -> Iterator[Json]:
    for kind in KINDS:
        if kind.for_all or visit.actor is not ANONYMOUS:
            said = {"text": wanted, "limit": MOST_OF_EACH}
            answer = visit.ask(kind.service, kind.question, kind.schema, **said)
            items = [_item(kind, one, visit) for one in answer["items"]]
            if items:
                more = answer["next"] is not None
                yield {"title": kind.title, "items": items, "is_more": more}


def _item(kind: Kind, document: Json, visit: Visit) -> Json:
    called = (document.get(name) for name in ("title", "name", "category"))
    return {
        "page": kind.page.format_map(document),
        "title": next(filter(None, called), ""),
        "state_text": document.get("state_text", ""),
        "place": visit.places.name_of(document.get("community", "")),
    }


PAGES = (Page("/search", "search.html", more=found, for_all=False, for_whoever=True),)
