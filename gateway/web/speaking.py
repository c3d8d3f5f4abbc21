"""For whom a visitor speaks, by name: the hosts their roles name, and the places they administer."""

from collections.abc import Callable, Iterator

from gateway.web.drawing import Choice, Groups
from gateway.web.named import places
from gateway.web.page import Visit
from gateway.web.whose import hosts_of, scopes_of
from schemas.branches.branches import GetBranch
from schemas.cobuild.units import OfUnit
from schemas.fields import Schema
from schemas.partners.partners import OfPartner
from services.district.authority import STREET

STREET_DIGITS = 9
PLACE = "在哪里"  # What a place is picked for, in the lists.


def own_units(visit: Visit) -> Groups:
    return _called(visit, "unit", "cobuild", "get_unit", OfUnit)


def own_partners(visit: Visit) -> Groups:
    return _called(visit, "partner", "partners", "get_partner", OfPartner)


def own_branches(visit: Visit) -> Groups:
    return _called(visit, "branch", "branches", "get_branch", GetBranch)


def own_hosts(visit: Visit) -> Groups:
    """All the visitor may hold activities for, each as `unit/…` and by name."""
    return [("", [*_communities_served(visit), *_parties_led(visit)])]


def _communities_served(visit: Visit) -> Iterator[Choice]:
    for host in hosts_of(visit.actor):
        kind, _, code = host.partition("/")
        if kind == "community":
            yield host, visit.places.name_of(code)


def _parties_led(visit: Visit) -> Iterator[Choice]:
    for kind, owned in OWNED.items():
        for _, named in owned(visit):
            yield from ((f"{kind}/{id}", name) for id, name in named)


OWNED: dict[str, Callable[[Visit], Groups]] = {
    "branch": own_branches,
    "partner": own_partners,
    "unit": own_units,
}


def issuers(visit: Visit) -> Groups:
    """In whose name the visitor certifies and commends: a host, or a street or the district they administer."""
    return [*own_hosts(visit), ("", list(_administered(visit)))]


def reported(visit: Visit) -> Groups:
    """The streets, and the district, of which the visitor publishes a month's report."""
    return [("", list(_administered(visit)))]


def overseen(visit: Visit) -> Groups:
    """The places the visitor administers, with all within."""
    return [
        (title, [one for one in named if visit.actor.covers_any(STREET, one[0])])
        for title, named in places(visit)
    ]


def _administered(visit: Visit) -> Iterator[Choice]:
    for _, named in places(visit):
        for code, name in named:
            is_reported = len(code) <= STREET_DIGITS
            if is_reported and visit.actor.covers_any(STREET, code):
                yield code, name


def _called(
    visit: Visit, kind: str, service: str, question: str, schema: type[Schema]
) -> Groups:
    """Those the visitor speaks for, by name."""
    own = scopes_of(visit.actor, kind)
    documents = (visit.ask(service, question, schema, **{kind: id}) for id in own)
    return [("", [(one["id"], one["name"]) for one in documents])]


def from_where_one_works(visit: Visit) -> Groups:
    """The places of the visitor's roles before all others."""
    scopes = {role.scope for role in visit.actor.roles}
    known = [choice for _, named in places(visit) for choice in named]
    own = [choice for choice in known if choice[0] in scopes]
    return [("", own), *places(visit)]
