"""What nobody types: the things a command names, picked by what they are called."""

from collections.abc import Callable, Iterator

from gateway.api.routes import Route
from gateway.web import arriving
from gateway.web.drawing import Choice, Groups, Picks
from gateway.web.known import as_called, people_named
from gateway.web.page import Visit
from gateway.web.whose import hosts_of, scopes_of
from schemas import fields
from schemas.branches.branches import GetBranch, ListBranches
from schemas.branches.places import ListSites
from schemas.cobuild.matching import MatchesOfNeed
from schemas.cobuild.offerings import ListOfferings
from schemas.cobuild.units import ListUnits, OfUnit
from schemas.documents import Json
from schemas.fields import Schema
from schemas.grids.findings import OfFinding
from schemas.grids.members import ListTeams
from schemas.partners.partners import OfPartner

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


UNITS = ("cobuild", "list_units", ListUnits, "name")
OFFERINGS = ("cobuild", "list_offerings", ListOfferings, "title")
SITES = ("branches", "list_sites", ListSites, "name")
BRANCHES = ("branches", "list_branches", ListBranches, "name")


def any_of(service: str, question: str, schema: type[Schema], called: str) -> Picker:
    def pick(visit: Visit) -> Groups:
        return [("", list(_listed(visit, service, question, schema, called)))]

    return pick


def people_called(visit: Visit) -> Groups:
    """Those recorded where the visitor works whose name begins as was written; nobody before something was."""
    name = arriving.sought()
    if not name:
        return []
    people = people_named(visit, {"name": name})
    return [("", [(one["id"], as_called(one)) for one in people])]


PICKERS: dict[tuple[str, str], Picker] = {
    ("appoint_secretary", "person"): people_called,
    ("assign_site", "site"): any_of(*SITES),
    ("claim_need", "unit"): own_units,
    ("dispatch_need", "unit"): units_that_fit,
    ("draft_activity", "host"): own_hosts,
    ("draft_from_template", "host"): own_hosts,
    ("merge_branch", "into"): any_of(*BRANCHES),
    ("pass_up_need", "unit"): own_units,
    ("request_offering", "offering"): any_of(*OFFERINGS),
    ("route_finding", "team"): teams_for_the_finding,
    ("undertake_resolution", "unit"): any_of(*UNITS),
}


def picker_of(route: Route, name: str) -> Picker | None:
    """How a field of the command is picked; None for one that is not."""
    field = route.schema().fields[name]
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
