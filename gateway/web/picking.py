"""What nobody types: the things a command names, picked by what they are called."""

from collections.abc import Callable, Iterator

from gateway.api.routes import Route
from gateway.pages.docs.roles import NAMES
from gateway.pages.names import as_called
from gateway.web import arriving
from gateway.web.drawing import Choice, Groups, Picks, field_at
from gateway.web.known import people_named
from gateway.web.page import Visit
from gateway.web.whose import district_of, hosts_of, scopes_of
from schemas import fields
from schemas.branches.branches import GetBranch, ListBranches
from schemas.branches.places import ListCommittees, ListSites
from schemas.cobuild.matching import MatchesOfNeed
from schemas.cobuild.offerings import ListOfferings
from schemas.cobuild.units import ListUnits, OfUnit
from schemas.documents import Json
from schemas.fields import Schema
from schemas.grids.findings import OfFinding
from schemas.grids.members import ListTeams
from schemas.partners.partners import ListPartners, OfPartner
from schemas.people.roles import GRANTED

MOST_TO_PICK = 100
Picker = Callable[[Visit], Groups]


def communities(visit: Visit) -> Groups:
    return [(street.name, street.communities) for street in visit.places.streets()]


def streets(visit: Visit) -> Groups:
    return [("", [(street.code, street.name) for street in visit.places.streets()])]


def places(visit: Visit) -> Groups:
    """The district is what all its streets' codes begin with."""
    listed = visit.places.streets()
    district = [(street.code[:6], visit.places.district()) for street in listed[:1]]
    return [("", district), *streets(visit), *communities(visit)]


LEVELS: dict[str, Picker] = {"community": communities, "street": streets}


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


OWNED: dict[str, Picker] = {
    "branch": own_branches,
    "partner": own_partners,
    "unit": own_units,
}


def units_that_fit(visit: Visit) -> Groups:
    """First those with something that suits the need, with what speaks for each, then all others."""
    need = visit.path["need"]
    suits = visit.ask("cobuild", "matches_of_need", MatchesOfNeed, need=need)
    best = {
        one["unit"]: f"{one['unit_name']}：{_reasons(one)}"
        for one in reversed(suits["items"])
    }
    others = [choice for choice in _listed(visit, *UNITS) if choice[0] not in best]
    return [("适合的", list(reversed(best.items()))), ("其他单位", others)]


def _reasons(match: Json) -> str:
    speaking = (one["text"] for one in match["reasons"] if one["points"] > 0)
    return "，".join(speaking)


def teams_for(visit: Visit, division: str) -> Groups:
    """Those that may be sent there."""
    said: Json = {"division": division, "limit": MOST_TO_PICK}
    teams = visit.ask("grids", "list_teams", ListTeams, **said)
    return [("", [(one["id"], one["name"]) for one in teams["items"]])]


def teams_for_the_finding(visit: Visit) -> Groups:
    about = {"finding": visit.path["finding"]}
    finding = visit.ask("grids", "get_finding", OfFinding, **about)
    return teams_for(visit, finding["community"])


Listed = tuple[str, str, type[Schema], str]
Group = tuple[str, list[Choice]]
UNITS: Listed = ("cobuild", "list_units", ListUnits, "name")
PARTNERS: Listed = ("partners", "list_partners", ListPartners, "name")
COMMITTEES: Listed = ("branches", "list_committees", ListCommittees, "name")
OFFERINGS = ("cobuild", "list_offerings", ListOfferings, "title")
SITES = ("branches", "list_sites", ListSites, "name")
BRANCHES: Listed = ("branches", "list_branches", ListBranches, "name")
PARTIES: tuple[tuple[str, str, Listed], ...] = (
    ("联建单位", "unit", UNITS),
    ("社区合伙人", "partner", PARTNERS),
    ("党支部", "branch", BRANCHES),
)


def any_of(service: str, question: str, schema: type[Schema], called: str) -> Picker:
    def pick(visit: Visit) -> Groups:
        return [("", list(_listed(visit, service, question, schema, called)))]

    return pick


def people_called(visit: Visit) -> Groups:
    """Those recorded where the visitor works whose name begins as was written; nobody before something was.

    Nobody either for who keeps no records.
    """
    name = arriving.sought()
    if not name or not district_of(visit.actor):
        return []
    people = people_named(visit, {"name": name})
    return [("", [(one["id"], as_called(one)) for one in people])]


def roles(visit: Visit) -> Groups:
    """Those that are granted, as readers call them."""
    return [("", [(role, NAMES[role]) for role in GRANTED])]


def offices(visit: Visit) -> Groups:
    """What a role may be held for: a place, or one of the parties, each by name."""
    return [*places(visit), *(_parties(visit, *one) for one in PARTIES)]


def _parties(visit: Visit, words: str, kind: str, listed: Listed) -> Group:
    return words, [(f"{kind}/{id}", name) for id, name in _listed(visit, *listed)]


def overseers(visit: Visit) -> Groups:
    """Of a branch: a committee of its industry, or a place."""
    return [("行业综合党委", list(_listed(visit, *COMMITTEES))), *places(visit)]


PICKERS: dict[tuple[str, str], Picker] = {
    ("appoint_secretary", "person"): people_called,
    ("assign_site", "site"): any_of(*SITES),
    ("begin_link", "holder"): people_called,
    ("claim_need", "unit"): own_units,
    ("dispatch_need", "unit"): units_that_fit,
    ("dissolve_branch", "to"): any_of(*BRANCHES),
    ("draft_activity", "host"): own_hosts,
    ("draft_from_template", "host"): own_hosts,
    ("give_consent", "guardian"): people_called,
    ("grant_role", "role"): roles,
    ("grant_role", "scope"): offices,
    ("link_oversight", "parent"): overseers,
    ("merge_branch", "into"): any_of(*BRANCHES),
    ("pass_up_need", "unit"): own_units,
    ("report_in_member", "person"): people_called,
    ("request_offering", "offering"): any_of(*OFFERINGS),
    ("route_finding", "team"): teams_for_the_finding,
    ("undertake_resolution", "unit"): any_of(*UNITS),
}


def picker_of(route: Route, name: str) -> Picker | None:
    """How a field of the command is picked; None for one that is not."""
    field = field_at(route.schema(), name)
    if isinstance(field, fields.Division):
        return LEVELS.get(field.level or "", places)
    return PICKERS.get((route.name, name))


def picks_of(route: Route, names: list[str], visit: Visit) -> Picks:
    pickers = ((name, picker_of(route, name)) for name in names)
    return {name: pick(visit) for name, pick in pickers if pick}


def _called(
    visit: Visit, kind: str, service: str, question: str, schema: type[Schema]
) -> Groups:
    """Those the visitor speaks for, by name."""
    own = scopes_of(visit.actor, kind)
    documents = (visit.ask(service, question, schema, **{kind: id}) for id in own)
    return [("", [(one["id"], one["name"]) for one in documents])]


def _listed(
    visit: Visit, service: str, question: str, schema: type[Schema], called: str
) -> Iterator[Choice]:
    answer = visit.ask(service, question, schema, limit=MOST_TO_PICK)
    return ((one["id"], one[called]) for one in answer["items"])
