"""A member's day where there is no signal: a page that says nothing of anybody, and the list it takes along.

The list goes to the phone with a key made for it alone. There it is kept as cipher, and its key in the tab that asked.
"""

import secrets
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, Response, request

from gateway.edge import reading
from gateway.edge.application import application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, asking
from gateway.edge.responses import of_json
from gateway.files.whole_lists import documents, those_there
from gateway.web.doorstep import ONE_GRID, SERVICE
from gateway.web.frame import FOR_ONE
from gateway.web.page import Page, Visit
from gateway.web.seat_code import KEPT_FOR
from schemas.cobuild.needs import URGENCIES_IN_WORDS
from schemas.documents import Json, pick, pick_present
from schemas.grids.doors import ListDay
from schemas.grids.findings import FINDING_KINDS
from schemas.grids.rounds import OfRound
from services.district.calendar import day_ends, local_day

LIST = f"{ONE_GRID}/list"
GATES: Gates = {("GET", LIST): asking(SERVICE)}
KEY_BYTES = 32
OF_A_DOOR = ("id", "walk", "label", "rounds", "calls", "findings")
OF_A_ROUND = ("id", "title", "items")


def of_the_page(visit: Visit) -> Json:
    words = {"kinds": FINDING_KINDS, "urgencies": URGENCIES_IN_WORDS}
    return words | {"for_s": _left_s(visit.now)}


def _left_s(now: datetime) -> int:
    """Of the shift, which ends with the day."""
    return int((day_ends(local_day(now)) - now).total_seconds())


def _kept(content: Json) -> Mapping[str, str]:
    return {KEPT_FOR: str(content["for_s"])}


PAGES = (
    Page(
        f"{ONE_GRID}/walk",
        "doorstep_walk.html",
        more=of_the_page,
        for_all=False,
        headers=_kept,
    ),
)


def register(web: Blueprint) -> None:
    web.add_url_rule(LIST, "day list", _taken_along)


def _taken_along(community: str, grid: str) -> Response:
    asker = Asker.of(request)
    where = {"community": community, "grid": grid}
    known = pick(reading.load(ListDay(), where), *where)
    doors = those_there(list(documents(asker, SERVICE, "list_day", known)))
    rounds = {here["round"]: None for door in doors for here in door["rounds"]}
    said: Json = {
        "member": asker.actor.id,
        "doors": [pick_present(door, *OF_A_DOOR) for door in doors],
        "rounds": {id: _round(asker, id) for id in rounds},
        "key": b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
        "for_s": _left_s(application().now()),
    }
    return of_json(said, headers={"Cache-Control": FOR_ONE})


def _round(asker: Asker, id: str) -> Json:
    about = reading.load(OfRound(), {"round": id})
    return pick(asker.ask(SERVICE, "get_round", about), *OF_A_ROUND)
