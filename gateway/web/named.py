"""Things by what they are called: as many as a page lists, and those that a part of the name finds."""

from collections.abc import Iterator
from typing import NamedTuple

from gateway.web.drawing import Choice, Groups, PartOfAll
from gateway.web.page import Visit
from gateway.web.whose import DISTRICT, WORKERS
from schemas.branches.branches import ListBranches
from schemas.branches.places import ListCommittees, ListSites
from schemas.cobuild.offerings import ListOfferings
from schemas.cobuild.units import ListUnits
from schemas.documents import Json, if_any
from schemas.fields import Schema
from schemas.grids.members import ListTeams
from schemas.paging import Searched
from schemas.partners.partners import ListPartners

MOST_TO_PICK = 100
MOST_PAGES = 20  # Of a list that cannot be searched by words.


class Listed(NamedTuple):
    """The question for all there are, and which of their fields is what they are called."""

    service: str
    question: str
    schema: type[Schema]
    called: str = "name"


UNITS = Listed("cobuild", "list_units", ListUnits)
PARTNERS = Listed("partners", "list_partners", ListPartners)
BRANCHES = Listed("branches", "list_branches", ListBranches)
COMMITTEES = Listed("branches", "list_committees", ListCommittees)
SITES = Listed("branches", "list_sites", ListSites)
TEAMS = Listed("grids", "list_teams", ListTeams)
OFFERINGS = Listed("cobuild", "list_offerings", ListOfferings, "title")


class Those(NamedTuple):
    """Some of what there is, under a title."""

    title: str
    choices: list[Choice]
    is_part: bool


def those(
    visit: Visit, listed: Listed, wanted: str, title: str = "", **where: str
) -> Those:
    """As many as a page lists; with words, those in whose name they are."""
    if not wanted or issubclass(listed.schema, Searched):
        said = where | if_any(text=wanted)
        answer = _page(visit, listed, said | {"limit": MOST_TO_PICK})
        found, is_part = answer["items"], answer["next"] is not None
    else:
        everything = all_of(visit, listed, **where)
        found = [one for one in everything if wanted in one[listed.called]]
        is_part = len(found) > MOST_TO_PICK
    named = [one for one in found[:MOST_TO_PICK] if one.get(listed.called)]
    choices = [(one["id"], one[listed.called]) for one in named]
    return Those(title, choices, is_part or bool(wanted))


def all_of(visit: Visit, listed: Listed, **where: str) -> Iterator[Json]:
    """Page by page, up to a bound."""
    said: Json = where | {"limit": MOST_TO_PICK}
    for _ in range(MOST_PAGES):
        answer = _page(visit, listed, said)
        yield from answer["items"]
        if answer["next"] is None:
            return
        said["after"] = answer["next"]


def groups_of(*several: Those) -> Groups:
    """For one field; whether others can be found by name goes along."""
    groups = [(those.title, those.choices) for those in several if those.choices]
    return PartOfAll(groups) if any(those.is_part for those in several) else groups


def _page(visit: Visit, listed: Listed, said: Json) -> Json:
    answer: Json = visit.ask(listed.service, listed.question, listed.schema, **said)
    return answer


def communities(visit: Visit) -> Groups:
    """Those of the street or community the visitor works for before all others: most often it is one of them."""
    groups = _by_street(visit)
    scopes = tuple(
        role.scope
        for role in visit.actor.roles
        if role.role in WORKERS and len(role.scope) > DISTRICT
    )
    own = [one for _, named in groups for one in named if one[0].startswith(scopes)]
    return [("", own), *groups] if own else groups


def streets(visit: Visit) -> Groups:
    return [("", [(street.code, street.name) for street in visit.places.streets()])]


def places(visit: Visit) -> Groups:
    """The district is what all its streets' codes begin with."""
    listed = visit.places.streets()
    district = [
        (street.code[:DISTRICT], visit.places.district()) for street in listed[:1]
    ]
    return [("", district), *streets(visit), *_by_street(visit)]


def _by_street(visit: Visit) -> Groups:
    return [(street.name, street.communities) for street in visit.places.streets()]
