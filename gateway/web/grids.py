"""The doorstep of a community for who works there: doors, members and teams, care, findings, visits on paper."""

from dataclasses import replace
from datetime import datetime
from itertools import chain

from flask import request

from gateway.edge.application import application
from gateway.pages.names import names_of
from gateway.web.doorstep import SERVICE, doors_of, grids_in
from gateway.web.drawing import Drawn, Groups, drawn
from gateway.web.filling import unchosen
from gateway.web.forms import HERE, LOCAL_MINUTE
from gateway.web.page import Batch, Form, Order, Page, Visit
from gateway.web.whose import communities_of
from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.grids.cares import CARE_STATES, BeginCare, ListCares
from schemas.grids.doors import MoveDoor, OfDoor, RecordDoor
from schemas.grids.findings import FINDING_STATES, ListFindings
from schemas.grids.kept import AskKept
from schemas.grids.members import ListMembers, ListTeams
from schemas.grids.outcomes import OUTCOMES_IN_WORDS
from schemas.grids.rounds import ListRounds
from schemas.grids.visits import RecordLateVisit
from services.district.calendar import LOCAL
from services.kit.errors import Forbidden

GRIDS = "/desk/grids"
MOST = 100
NOWHERE = "您现在不在哪个社区或街道工作，不能管理微网格"
ASKED_OF_A_DOOR = ("walk", "label")
ASKED_OF_A_CARE = ("every_days", "consent", "consent_on", "words")
# What waits for somebody stands first.
BOARD = ("returned", "open", "followup", "referred")


def community_of(visit: Visit) -> str:
    """The one asked for, else the first the visitor works for. Raises `Forbidden` for who works in none."""
    asked = str(visit.query.get("community", ""))
    own = next(communities_of(visit.actor), "")
    first = next((code for _, codes in choices(visit) for code, _ in codes), "")
    if not (asked or own or first):
        raise Forbidden(NOWHERE, code="out_of_scope")
    return asked or own or first


def choices(visit: Visit) -> Groups:
    """The communities the visitor may look at, by street: for who works for more than one."""
    scopes = [role.scope for role in visit.actor.roles if role.scope.isdigit()]

    def is_within(code: str) -> bool:
        return any(code.startswith(scope) for scope in scopes)

    groups = (
        (street.name, [one for one in street.communities if is_within(one[0])])
        for street in visit.places.streets()
    )
    return [(name, those) for name, those in groups if those]


def around(visit: Visit) -> Json:
    """What the frame of these pages needs."""
    community = community_of(visit)
    return {
        "community": community,
        "communities": choices(visit),
        "place_name": visit.places.name_of,
        "grids": grids_in(visit, community),
        "outcome_words": OUTCOMES_IN_WORDS,
    }


def of_one_grid(visit: Visit, but: str = "") -> Json:
    """The frame, with the grid asked for, else the first, and its doors; one that is left out is not to be chosen."""
    known = around(visit)
    known["grids"] = [one for one in known["grids"] if one["grid"] != but]
    known |= grid_asked_for(visit, known)
    here = pick(known, "community", "grid")
    doors = list(doors_of(visit, here)) if known["grid"] else []
    return known | {"doors": doors}


def grid_asked_for(visit: Visit, known: Json) -> Json:
    """`{grid, named}`: the one asked for, else the first."""
    names = grid_names(known)
    grid = str(visit.query.get("grid", "")) or next(iter(names), "")
    return {"grid": grid, "named": names.get(grid, grid)}


def new_door(visit: Visit, but: str = "") -> Json:
    known = of_one_grid(visit, but)
    walks = [door["walk"] for door in known["doors"]]
    filled = {"walk": max(walks, default=0) + 1}
    return known | {"fields": drawn(RecordDoor(), *ASKED_OF_A_DOOR), "known": filled}


def one_door(visit: Visit) -> Json:
    door = visit.ask(SERVICE, "get_door", OfDoor, door=visit.path["door"])
    names = grid_names(known := around(visit))
    named = names.get(door["grid"], door["grid"])
    return known | {"at": door, "grid": door["grid"], "named": named}


def move(visit: Visit) -> Json:
    """Behind the last door of the grid that is asked for, else of the first other one."""
    door = visit.ask(SERVICE, "get_door", OfDoor, door=visit.path["door"])
    known = new_door(visit, but=door["grid"])
    return known | {"at": door, "fields": drawn(MoveDoor(), "walk")}


def new_care(visit: Visit) -> Json:
    door = visit.ask(SERVICE, "get_door", OfDoor, door=visit.path["door"])
    asked = drawn(BeginCare(), *ASKED_OF_A_CARE)
    return {"at": door, "fields": [_needed(one) for one in asked]}


def _needed(asked: Drawn) -> Drawn:
    """All that is asked must be said; how somebody agreed is never chosen for them."""
    return replace(unchosen(asked), required=True)


def members(visit: Visit) -> Json:
    known = around(visit)
    here = {"community": known["community"], "limit": MOST}
    of_place = {"division": known["community"], "limit": MOST}
    listed = visit.ask(SERVICE, "list_grid_members", ListMembers, **here)
    teams = visit.ask(SERVICE, "list_teams", ListTeams, **of_place)
    persons = [one["person"] for one in listed["items"]]
    persons += chain.from_iterable(one.get("persons", ()) for one in teams["items"])
    name_of = names_of(visit, persons)
    return known | {"name_of": name_of, "members": listed, "teams": teams}


def cares(visit: Visit) -> Json:
    known = around(visit)
    said = {"division": known["community"], "limit": MOST}
    said |= {"state": "active,paused"}
    listed = visit.ask(SERVICE, "list_cares", ListCares, **said)
    return known | {"cares": listed, "states": CARE_STATES, "now": instant(visit.now)}


def findings(visit: Visit) -> Json:
    """Those not done, by how far they are."""
    known = around(visit)
    said = {"division": known["community"], "limit": MOST}
    listed = visit.ask(SERVICE, "list_findings", ListFindings, **said)
    board = {
        FINDING_STATES[state]: [one for one in listed["items"] if one["state"] == state]
        for state in BOARD
    }
    here = {"division": known["community"]}
    known["kept"] = visit.ask(SERVICE, "findings_kept", AskKept, **here)
    return known | {"board": board, "is_more": listed["next"] is not None}


def grid_names(known: Json) -> dict[str, str]:
    return {one["grid"]: one["name"] for one in known["grids"]}


# --- visits noted on paper


def on_paper(visit: Visit) -> Json:
    known = of_one_grid(visit)
    said = {"division": known["community"], "state": "open,closed", "limit": MOST}
    rounds = visit.ask(SERVICE, "list_rounds", ListRounds, **said)
    now = visit.now.astimezone(LOCAL)
    return known | {"rounds": rounds, "at": f"{now:%Y-%m-%dT%H:%M}"}


def from_paper(item: str) -> Order | None:
    """The visit that `door:outcome` says, at the time of the sheet. The same sheet typed in twice counts once."""
    door, _, outcome = item.partition(":")
    at, round = request.form.get("at", ""), request.form.get("round", "")
    if outcome not in OUTCOMES_IN_WORDS or not LOCAL_MINUTE.fullmatch(at):
        return None
    said: Json = {"door": door, "outcome": outcome}
    said |= {"at": instant(datetime.fromisoformat(f"{at}:00{HERE}"))}
    said |= {"device_now": instant(application().now())}
    said |= {"device": "paper", "nonce": f"{door}-{at}-{round}".replace(":", "")}
    said |= {"round": round} if round else {}
    return Order(SERVICE, "record_late_visit", RecordLateVisit, said)


PAGES: tuple[Page | Form | Batch, ...] = (
    Page(GRIDS, "grids_doors.html", more=of_one_grid, for_all=False),
    Form(
        f"{GRIDS}/doors/new",
        "grids_door_new.html",
        SERVICE,
        "record_door",
        RecordDoor,
        f"{GRIDS}?community={{community}}&grid={{grid}}#{{id}}",
        more=new_door,
    ),
    Form(
        f"{GRIDS}/doors/<door>/care",
        "grids_care_new.html",
        SERVICE,
        "begin_care",
        BeginCare,
        f"{GRIDS}/cares?community={{community}}",
        more=new_care,
    ),
    Page(f"{GRIDS}/doors/<door>", "grids_door.html", more=one_door, for_all=False),
    Form(
        f"{GRIDS}/doors/<door>/move",
        "grids_door_move.html",
        SERVICE,
        "move_door",
        MoveDoor,
        f"{GRIDS}?community={{community}}&grid={{grid}}#{{id}}",
        more=move,
    ),
    Page(f"{GRIDS}/members", "grids_members.html", more=members, for_all=False),
    Page(f"{GRIDS}/cares", "grids_cares.html", more=cares, for_all=False),
    Page(f"{GRIDS}/findings", "grids_findings.html", more=findings, for_all=False),
    Batch(f"{GRIDS}/paper", "grids_paper.html", from_paper, on_paper),
)
