"""One search over what there is: activities and offerings for everybody, parties and needs for who has signed in.

Who keeps records of people finds them as well. What they search is sent in a form: no address has a name in it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from gateway.web.answered import Answered
from gateway.web.known import people_named
from gateway.web.page import Page, Visit
from gateway.web.whose import WORKERS
from gateway.web.words import span_in_words
from schemas import fields
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


class Wanted(Schema):
    q = fields.Text(40)


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
    return what_is_called(str(visit.query.get("q", "")), visit)


def what_is_called(wanted: str, visit: Visit) -> Json:
    kinds = list(_found(visit, wanted)) if wanted else []
    is_known = visit.actor is not ANONYMOUS
    about = {"keeps": visit.actor.has(*WORKERS), "people": []}
    return about | {"wanted": wanted, "kinds": kinds, "is_known": is_known}


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
        "when": _when(document),
        "state_text": document.get("state_text", ""),
        "place": visit.places.name_of(document.get("community", "")),
    }


def _when(document: Json) -> str:
    """Of what is held at a time of its own."""
    if not {"starts_at", "ends_at"} <= document.keys():
        return ""
    return span_in_words(document["starts_at"], document["ends_at"])


SEARCH = "/search"
SEARCHING = Page(SEARCH, "search.html", more=found, for_all=False, for_whoever=True)
PAGES = (SEARCHING,)


def found_with_people(visit: Visit, filled: Json) -> Json:
    wanted = str(filled.get("q", ""))
    content = what_is_called(wanted, visit)
    if wanted and content["keeps"]:
        content["people"] = people_named(visit, {"name": wanted})
    return content


# What is sent there is of somebody who has signed in.
FOR_KNOWN = replace(SEARCHING, for_whoever=False)
ANSWERED = (Answered(SEARCH, FOR_KNOWN, Wanted, found_with_people),)
