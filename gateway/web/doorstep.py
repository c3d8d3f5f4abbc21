"""A member's day: the doors of a grid by walk number, what is asked at each, who is looked in on, what was found."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import marshmallow as ma
from flask import request

from gateway.edge.application import application
from gateway.web import arriving
from gateway.web.drawing import drawn
from gateway.web.filling import unchosen
from gateway.web.page import Ask, Form, Order, Page, Visit
from gateway.web.picking import teams_for
from gateway.web.whose import WORKERS, communities_of
from schemas.branches.areas import ListAreas
from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.grids.cares import OfCare
from schemas.grids.doors import ListDoors, OfDoor
from schemas.grids.findings import RecordFinding
from schemas.grids.members import ListMyTerms
from schemas.grids.outcomes import OUTCOMES_IN_WORDS
from schemas.grids.rounds import OfRound
from schemas.grids.slips import CALLERS, OfSlip
from schemas.grids.visits import ListVisits, OfVisit, RecordVisit
from schemas.paging import Paged
from services.district.calendar import local_day

SERVICE = "grids"
DAY = "/desk/doorstep"
ONE_GRID = f"{DAY}/<community>/<grid>"
ONE_DOOR = f"{DAY}/doors/<door>"
TO_THE_DAY = f"{DAY}/{{community}}/{{grid}}#{{door}}"
NOT_MET = {name: OUTCOMES_IN_WORDS[name] for name in ("not_in", "refused", "empty", "moved")}  # fmt: skip
PER_PAGE, MOST_DOORS, LAST_SHOWN = 100, 400, 3
ASKED_OF_A_FINDING = ("kind", "urgency", "words", "route", "team", "due")


class AtTheDoor(RecordVisit):
    """As a form sends it: an item without an answer says nothing."""

    @ma.pre_load
    def leave_out_what_was_not_answered(self, said: Json, **kwargs: Any) -> Json:
        return said | {"answers": answered(said)} if "answers" in said else said


def answered(said: Json) -> list[Json]:
    """Of the items of a form, those that have an answer."""
    return [answer for answer in said.get("answers", []) if "value" in answer]


def own_day(visit: Visit) -> Json:
    """The grids the visitor goes to, and the day of the only one."""
    own = list(_own_grids(visit))
    day = of_grid(visit, own[0]) if len(own) == 1 else {}
    return {"grids": own, "place_name": visit.places.name_of} | day


def _own_grids(visit: Visit) -> Iterator[Json]:
    """Those the visitor is a member of, then those of the communities they work for."""
    if visit.actor.has("grid_member"):
        said: Json = {"limit": PER_PAGE}
        terms = visit.ask(SERVICE, "list_my_terms", ListMyTerms, **said)
        yield from (of_term(term) for term in terms["items"])
    for community in communities_of(visit.actor):
        yield from grids_in(visit, community)


def of_term(term: Json) -> Json:
    """`{community, grid, name}` of the grid somebody is a member of."""
    return pick(term, "community", "grid") | {"name": term["grid_name"]}


def grids_in(visit: Visit, community: str) -> list[Json]:
    """`[{community, grid, name}]`: those there are today, by code."""
    said: Json = {"community": community}
    areas = whole(visit, "branches", "list_grids", ListAreas, **said)
    return [
        {"community": community, "grid": one["id"], "name": one["periods"][-1]["name"]}
        for one in areas
    ]


def named_grid(visit: Visit, place: Json) -> Json:
    """The grid of the place by its name; by its code where it is not recorded any more."""
    grid = pick(place, "community", "grid")
    known = grids_in(visit, grid["community"])
    names = (one["name"] for one in known if one["grid"] == grid["grid"])
    return grid | {"name": next(names, grid["grid"])}


def day_of_grid(visit: Visit) -> Json:
    grid = named_grid(visit, visit.path)
    return {"grids": [grid], "place_name": visit.places.name_of} | of_grid(visit, grid)


def of_grid(visit: Visit, grid: Json) -> Json:
    """Its doors in the order of the walk, and each round that is under way at one of them."""
    doors = list(doors_of(visit, pick(grid, "community", "grid")))
    asked = {here["round"]: None for door in doors for here in door["rounds"]}
    rounds = {id: visit.ask(SERVICE, "get_round", OfRound, round=id) for id in asked}
    known = {"rounds": rounds, "today": local_day(visit.now)}
    return known | grid | {"doors": doors, "now": instant(visit.now)}


def doors_of(visit: Visit, grid: Json, question: str = "list_day") -> Iterator[Json]:
    """So many as one can walk to; a grid has thirty to a hundred."""
    return islice(whole(visit, SERVICE, question, ListDoors, **grid), MOST_DOORS)


def whole(
    visit: Visit, service: str, question: str, schema: type[Paged], **said: Any
) -> Iterator[Json]:
    """All of a list, a page after the other."""
    after = None
    while True:
        about = said | {"limit": PER_PAGE, "after": after}
        page = visit.ask(service, question, schema, **about)
        yield from page["items"]
        after = page["next"]
        if after is None:
            return


def at_the_door(visit: Visit) -> Json:
    door = visit.ask(SERVICE, "get_door", OfDoor, door=visit.path["door"])
    rounds = [_asked_here(visit, here) for here in door["rounds"]]
    about = {"door": door["id"], "limit": LAST_SHOWN}
    last = visit.ask(SERVICE, "list_visits", ListVisits, **about)["items"]
    known: Json = {"at": door, "rounds": rounds, "not_met": NOT_MET}
    known |= {"last": [one | _whose(visit, one) for one in last]}
    return known | {"outcomes": OUTCOMES_IN_WORDS, "now": instant(visit.now)}


def _whose(visit: Visit, recorded: Json) -> Json:
    """Whether it is the visitor's to take back, as far as a page can tell."""
    is_own = recorded["member"] == visit.actor.id or visit.actor.has(*WORKERS)
    return {"is_own": is_own}


def _asked_here(visit: Visit, here: Json) -> Json:
    """The round with what was answered last, by item."""
    round: Json = visit.ask(SERVICE, "get_round", OfRound, round=here["round"])
    last = {answer["item"]: answer["value"] for answer in here["answers"]}
    return round | {"last": last, "outcome": here.get("outcome")}


def for_the_other_rounds(visit: Json) -> Iterator[Order]:
    """Nobody in for one is nobody in for all that are under way."""
    about = pick(visit, "door", "outcome")
    for round in request.form.getlist("also"):
        yield Order(SERVICE, "record_visit", RecordVisit, about | {"round": round})


def slip(visit: Visit) -> Json:
    """The address on the slip is the public one: a camera opens it."""
    about = {"visit": visit.path["visit"]}
    code = visit.ask(SERVICE, "slip_of", OfVisit, **about)["slip"]
    shown = visit.ask(SERVICE, "get_visit", OfVisit, **about)
    address = f"{application().home.url}/called/{shown['id']}/{code}"
    return {"shown": shown, "address": address}


def outcome_words(visit: Visit) -> Json:
    words = {"outcomes": OUTCOMES_IN_WORDS, "callers": CALLERS}
    return words | {"place_name": visit.places.name_of}


def of_a_finding(visit: Visit) -> Json:
    door = visit.ask(SERVICE, "get_door", OfDoor, door=visit.path["door"])
    wanted = arriving.sought("team")
    picks = {"team": teams_for(visit, door["community"], wanted)}
    asked = drawn(RecordFinding(), *ASKED_OF_A_FINDING, picks=picks)
    fields = [unchosen(one) if one.path == "kind" else one for one in asked]
    return {"at": door, "fields": fields, "known": {"route": "need"}}


PAGES: tuple[Page | Form, ...] = (
    Page(DAY, "doorstep_day.html", more=own_day, for_all=False),
    Page(ONE_GRID, "doorstep_day.html", more=day_of_grid, for_all=False),
    Form(
        ONE_DOOR,
        "doorstep_door.html",
        SERVICE,
        "record_visit",
        AtTheDoor,
        TO_THE_DAY,
        more=at_the_door,
        also=for_the_other_rounds,
    ),
    Form(
        f"{ONE_DOOR}/finding",
        "doorstep_finding.html",
        SERVICE,
        "record_finding",
        RecordFinding,
        f"{DAY}/doors/{{door}}",
        more=of_a_finding,
    ),
    Page(f"{DAY}/visits/<visit>/slip", "doorstep_slip.html", more=slip, for_all=False),
    Page(
        "/called/<visit>/<slip>",
        "called.html",
        (Ask("called", SERVICE, "called_on", OfSlip),),
        outcome_words,
        is_secret=True,
    ),
    Page(
        f"{DAY}/cares/<care>",
        "doorstep_care.html",
        (Ask("care", SERVICE, "get_care", OfCare),),
        for_all=False,
    ),
)
