"""The doorstep on stage: one grid with a member, a door on its walk, and a round under way."""

from datetime import datetime, timedelta
from typing import Any

from schemas.documents import Json
from schemas.fields import instant
from services.grids.service import Grids
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches
from tests.examples import grids as examples
from tests.given import DIVISIONS, NOW, asked, example_of, given, given_from

COMMANDS = examples.COMMANDS
COMMUNITY, DOOR, ROUND = examples.COMMUNITY, examples.DOOR, examples.ROUND
WORKER = asked(("community_worker", COMMUNITY), id="P6")
OTHER_WORKER = asked(("community_worker", "510108016001"), id="P16")
STREET = asked(("street_admin", "510108015"), id="P10")
TEAM_PERSON = asked(("resident", "*"), id="P20")
STRANGER = asked(("resident", "*"), id="P30")
BEFORE = NOW - timedelta(days=10)

GRIDS = (
    example_of(branches, "courtyard_recorded.v1"),
    example_of(branches, "grid_recorded.v1"),
    example_of(branches, "grid_recorded.v1", grid="W-0102"),
)
APPOINTED = example_of(examples, "member_appointed.v1")
DOOR_RECORDED = example_of(examples, "door_recorded.v1")
SECOND = example_of(examples, "door_recorded.v1", door="D2", note="D2", walk=2)
TEAM_RECORDED = example_of(examples, "team_recorded.v1")
ANNOUNCED = example_of(examples, "round_announced.v1")
OPENED = example_of(examples, "round_opened.v1")
VISITED = example_of(examples, "visit_recorded.v1")
CARE_BEGUN = example_of(examples, "care_begun.v1")
FOLLOWUP = example_of(examples, "finding_recorded.v1")
BASIS = (APPOINTED, DOOR_RECORDED, SECOND, TEAM_RECORDED, ANNOUNCED, OPENED)


def member(now: datetime = NOW, id: str = "P3", new_id: str = "V1") -> Asked:
    return asked(("grid_member", COMMUNITY), id=id, now=now, new_id=new_id)


def empty() -> Overlay:
    """The district with its grids, and nobody at a door yet."""
    return given_from(given(Grids), Grids, "branches", *DIVISIONS, *GRIDS, now=BEFORE)


def stage(*facts: Fact, basis: tuple[Fact, ...] = BASIS) -> Overlay:
    docs = given_from(empty(), Grids, "grids", *basis, now=BEFORE)
    return take(docs, *facts)


def take(docs: Overlay, *facts: Fact, now: datetime = NOW) -> Overlay:
    return given_from(docs, Grids, "grids", *facts, now=now)


def told_of_a_need(docs: Overlay, *facts: Fact) -> Overlay:
    return given_from(docs, Grids, "cobuild", *facts)


def visit(outcome: str = "met", **more: Any) -> Json:
    """What is said of a visit to the door, without answers."""
    said: Json = {"door": DOOR, "outcome": outcome, "answers": [], "told": []}
    return said | more


def late(at: datetime, nonce: str, outcome: str = "met", **more: Any) -> Json:
    sent = {"device": "phone-1", "nonce": nonce, "at": instant(at)}
    return visit(outcome, **sent, **more)
