"""What nobody types: the things a command names, picked by what they are called."""

from collections.abc import Callable
from functools import partial

from gateway.api.routes import Route
from gateway.pages.docs.roles import NAMES
from gateway.pages.names import names_of
from gateway.web import arriving
from gateway.web.companions import words_of
from gateway.web.drawing import Groups, Picks, field_at
from gateway.web.measured import months, periods_to_come, targeted
from gateway.web.named import (
    BRANCHES,
    COMMITTEES,
    OFFERINGS,
    PARTNERS,
    SITES,
    TEAMS,
    UNITS,
    Listed,
    Those,
    all_of,
    communities,
    groups_of,
    places,
    streets,
    those,
)
from gateway.web.page import Visit
from gateway.web.seated import ROSTER
from gateway.web.speaking import (
    from_where_one_works,
    issuers,
    own_hosts,
    own_units,
    reported,
)
from gateway.web.whom import person_for
from schemas import fields
from schemas.cobuild.matching import MatchesOfNeed
from schemas.cobuild.meetings import OfMeeting
from schemas.documents import Json
from schemas.grids.findings import OfFinding
from schemas.people.roles import GRANTED

Picker = Callable[[Visit], Groups]
Finder = Callable[[Visit, str], Groups]  # By the words that were written.


LEVELS: dict[str, Picker] = {"community": communities, "street": streets}


def units_that_fit(visit: Visit, wanted: str) -> Groups:
    """First those with something that suits the need, with what speaks for each, then all others."""
    need = visit.path["need"]
    suits = visit.ask("cobuild", "matches_of_need", MatchesOfNeed, need=need)
    best = {
        one["unit"]: f"{one['unit_name']}：{_reasons(one)}"
        for one in reversed(suits["items"])
        if wanted in one["unit_name"]
    }
    all_units = those(visit, UNITS, wanted, "其他单位")
    others = [choice for choice in all_units.choices if choice[0] not in best]
    fitting = Those("适合的", list(reversed(best.items())), is_part=False)
    return groups_of(fitting, all_units._replace(choices=others))


def _reasons(match: Json) -> str:
    speaking = (one["text"] for one in match["reasons"] if one["points"] > 0)
    return "，".join(speaking)


def teams_for(visit: Visit, division: str, wanted: str = "") -> Groups:
    """Those that may be sent there."""
    return groups_of(those(visit, TEAMS, wanted, division=division))


def teams_for_the_finding(visit: Visit, wanted: str) -> Groups:
    about = {"finding": visit.path["finding"]}
    finding = visit.ask("grids", "get_finding", OfFinding, **about)
    return teams_for(visit, finding["community"], wanted)


PARTIES: tuple[tuple[str, str, Listed], ...] = (
    ("联建单位", "unit", UNITS),
    ("社区合伙人", "partner", PARTNERS),
    ("党支部", "branch", BRANCHES),
)


def any_of(listed: Listed) -> Finder:
    def find(visit: Visit, wanted: str) -> Groups:
        return groups_of(those(visit, listed, wanted))

    return find


def roles(visit: Visit) -> Groups:
    """Those that are granted, as readers call them."""
    return [("", [(role, NAMES[role]) for role in GRANTED])]


def offices(visit: Visit, wanted: str) -> Groups:
    """What a role may be held for: a place, or one of the parties, each by name."""
    parties = (_parties(visit, wanted, *one) for one in PARTIES)
    return _with_places(visit, wanted, *parties)


def _parties(visit: Visit, wanted: str, words: str, kind: str, listed: Listed) -> Those:
    found = those(visit, listed, wanted, words)
    return found._replace(
        choices=[(f"{kind}/{id}", name) for id, name in found.choices]
    )


def overseers(visit: Visit, wanted: str) -> Groups:
    """Of a branch: a committee of its industry, or a place."""
    return _with_places(visit, wanted, those(visit, COMMITTEES, wanted, "行业综合党委"))


def _with_places(visit: Visit, wanted: str, *others: Those) -> Groups:
    called = (
        Those(title, [one for one in named if wanted in one[1]], is_part=False)
        for title, named in places(visit)
    )
    return groups_of(*others, *called)


def units_there(visit: Visit) -> Groups:
    """Those of the place where the meeting was."""
    about = {"meeting": visit.path["meeting"]}
    meeting = visit.ask("cobuild", "get_meeting", OfMeeting, **about)
    where = {"division": meeting["division"], "state": "approved"}
    return [("", [(one["id"], one["name"]) for one in all_of(visit, UNITS, **where)])]


def who_came(visit: Visit) -> Groups:
    """To the session that the address names, as its list at the desk calls them."""
    about = {"activity": visit.path["activity"], "state": "confirmed"}
    about |= {"session": str(visit.query.get("session", ""))}
    seats = list(all_of(visit, ROSTER, **about))
    came = [seat for seat in seats if seat["attended"]]
    name_of = names_of(visit, (seat["person"] for seat in came))
    words = words_of(seats)

    def called(seat: Json) -> str:
        party = name_of(seat["person"]) or seat["party_text"]
        return f"{party}（{words[seat['person']]}，{seat['role_text']}）"

    return [("", [(seat["person"], called(seat)) for seat in came])]


PICKERS: dict[tuple[str, str], Picker] = {
    ("change_roles", "people"): who_came,
    ("claim_need", "unit"): own_units,
    ("commend", "issuer"): issuers,
    ("draft_activity", "host"): own_hosts,
    ("draft_from_template", "host"): own_hosts,
    ("freeze_report", "month"): months,
    ("freeze_report", "scope"): reported,
    ("grant_role", "role"): roles,
    ("issue_certificate", "issuer"): issuers,
    ("pass_up_need", "unit"): own_units,
    ("record_attendance", "units"): units_there,
    ("save_template", "owner"): issuers,
    ("set_target", "figure"): targeted,
    ("set_target", "period"): periods_to_come,
}
# What an office gives and who records it reads off: the only codes that are written.
CODES = {
    ("record_courtyard", "courtyard"),
    ("record_division", "division"),
    ("record_grid", "grid"),
}
# Of what there may be more than a page lists.
FINDERS: dict[tuple[str, str], Finder] = {
    ("appoint_secretary", "person"): person_for("person"),
    ("assign_site", "site"): any_of(SITES),
    ("begin_link", "holder"): person_for("holder"),
    ("call_meeting", "chair"): any_of(UNITS),
    ("commend", "person"): person_for("person"),
    ("dispatch_need", "unit"): units_that_fit,
    ("dissolve_branch", "to"): any_of(BRANCHES),
    ("establish_branch", "site"): any_of(SITES),
    ("establish_home", "branch"): any_of(BRANCHES),
    ("establish_home", "site"): any_of(SITES),
    ("give_consent", "guardian"): person_for("guardian"),
    ("grant_role", "scope"): offices,
    ("issue_certificate", "person"): person_for("person"),
    ("link_oversight", "parent"): overseers,
    ("merge_branch", "into"): any_of(BRANCHES),
    ("propose_merge", "person"): person_for("person"),
    ("report_in_member", "person"): person_for("person"),
    ("request_offering", "offering"): any_of(OFFERINGS),
    ("route_finding", "team"): teams_for_the_finding,
    ("undertake_resolution", "unit"): any_of(UNITS),
}


def picker_of(route: Route, name: str) -> Picker | None:
    """How a field of the command is picked; None for one that is not."""
    field = field_at(route.schema(), name)
    if isinstance(field, fields.Division) and (route.name, name) not in CODES:
        return LEVELS.get(field.level or "", from_where_one_works)
    finder = FINDERS.get((route.name, name))
    if finder is None:
        return PICKERS.get((route.name, name))
    return partial(_found, finder, name)


def _found(finder: Finder, name: str, visit: Visit) -> Groups:
    return finder(visit, arriving.sought(name))


def picks_of(route: Route, names: list[str], visit: Visit) -> Picks:
    pickers = ((name, picker_of(route, name)) for name in names)
    return {name: pick(visit) for name, pick in pickers if pick}
