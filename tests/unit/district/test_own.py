"""Nobody decides on what is their own: each command that decides, asked by whose it is in every way they could ask."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from services.activities.service import Activities
from services.branches.service import Branches
from services.cobuild.service import Cobuild
from services.district.waiting import Task
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.persons.machines import who_answers
from services.kit.service import Service
from services.kit.views import Overlay
from services.partners.service import Partners
from services.xfh import registry
from tests.asking import ask
from tests.examples import activities as of_activities
from tests.examples import branches as of_branches
from tests.examples import cobuild as of_cobuild
from tests.examples import partners as of_partners
from tests.given import DIVISIONS, asked, example_of, given, refused
from tests.unit.activities import stage as activities
from tests.unit.cobuild import stage as cobuild
from tests.unit.partners import stage as partners

OWNER, KEY, OTHER = "P40", "K40", "P50"
DISTRICT = Role("district_admin", "510108")

unit = partial(example_of, of_cobuild)
partner = partial(example_of, of_partners)


@dataclass(frozen=True)
class Row:
    """A command that decides, on documents where it may be asked; one's own by an `office`, or as who it is of."""

    service: type[Service]
    command: str
    docs: Callable[[], Overlay]
    payload: dict[str, Any]
    office: Role | None = None
    by: Role = DISTRICT


def of_unit(command: str, *facts: Fact, **more: Any) -> Row:
    said = of_cobuild.COMMANDS[command] | more
    liaison = Role("unit_liaison", "unit/U1")
    return Row(Cobuild, command, lambda: cobuild.stage(*facts), said, liaison)


def of_need(command: str, *facts: Fact) -> Row:
    raised = unit("need_raised.v1", beneficiary=OWNER)
    docs = partial(cobuild.stage, *cobuild.UNIT, cobuild.OFFERED, raised, *facts)
    return Row(Cobuild, command, docs, of_cobuild.COMMANDS[command])


def of_partner(command: str, *facts: Fact) -> Row:
    said = of_partners.COMMANDS[command]
    manager = Role("partner_manager", "partner/N1")
    return Row(Partners, command, lambda: partners.after(*facts), said, manager)


def of_branch(command: str, office: Role | None, **more: Any) -> Row:
    committee, site, branch = (
        example_of(of_branches, f"{type}.v1")
        for type in ("committee_established", "site_recorded", "branch_established")
    )
    docs = partial(given, Branches, *DIVISIONS, committee, site, branch)
    return Row(Branches, command, docs, of_branches.COMMANDS[command] | more, office)


def of_activity(command: str, *facts: Fact, office: Role | None = None) -> Row:
    said = of_activities.COMMANDS[command]
    by = activities_by(command)
    docs = partial(activities.stage, *facts)
    return Row(Activities, command, docs, said, office, by)


def activities_by(command: str) -> Role:
    """What waits for review the district decides on, a sign-up the host; here a community."""
    if command in ("publish_activity", "return_activity"):
        return DISTRICT
    return Role("community_worker", "510108002001")


SECRETARY = Role("branch_secretary", "branch/B1")
SUSPENDED, APPEALED = unit("unit_suspended.v1"), unit("unit_appealed.v1")
DISPUTED = unit("need_disputed.v1")
REVIEWED = (activities.DRAFTED, activities.fact("activity_submitted.v1"))
OF_COMMUNITY = of_activities.CONTENT | {"host": "community/510108002001"}
REQUESTED = (
    Fact("activity_published.v2", of_activities.STREAM, OF_COMMUNITY),
    activities.OPENED,
    replace(
        activities.confirmed(of_activities.SIGNUP, OWNER, ticket=1),
        type="signup_requested.v1",
    ),
)
WORK = (cobuild.VERIFIED, cobuild.CLAIMED, cobuild.FULFILLED)

ROWS = (
    of_unit("approve_unit", cobuild.REGISTERED),
    of_unit("reject_unit", cobuild.REGISTERED),
    of_unit(
        "decide_unit_appeal", cobuild.REGISTERED, unit("unit_rejected.v1"), APPEALED
    ),
    of_unit("withdraw_unit_approval", *cobuild.UNIT),
    of_unit("suspend_unit", *cobuild.UNIT, confirm=True),
    of_unit("reinstate_unit", *cobuild.UNIT, SUSPENDED),
    of_unit("end_unit", *cobuild.UNIT, confirm=True),
    of_need("verify_need"),
    of_need("reject_need"),
    of_need("decide_need_appeal", unit("need_rejected.v1"), unit("need_appealed.v1")),
    of_need("ask_resident"),
    of_need("dispatch_need", cobuild.VERIFIED),
    of_need("send_back_need", *WORK, DISPUTED),
    of_need("settle_need", *WORK, DISPUTED),
    of_partner("approve", partners.APPLIED),
    of_partner("reject", partners.APPLIED),
    of_partner(
        "decide_partner_appeal",
        partners.APPLIED,
        partners.REJECTED,
        partner("partner_appealed.v1"),
    ),
    of_partner("withdraw_partner_approval", partners.APPLIED, partners.APPROVED),
    of_partner("suspend", partners.APPLIED, partners.APPROVED),
    of_partner("reinstate", partners.APPLIED, partners.APPROVED, partners.SUSPENDED),
    of_branch("appoint_secretary", None, person=OWNER),
    of_branch("elect_committee", SECRETARY),
    of_activity("publish_activity", *REVIEWED, office=SECRETARY),
    of_activity("return_activity", *REVIEWED, office=SECRETARY),
    of_activity("approve_signup", *REQUESTED),
    of_activity("decline_signup", *REQUESTED),
)
# What waits for somebody, and is no decision about them: they do it themselves, or say what became of it.
DUTIES = {
    *("answer_need", "confirm_need", "dispute_need", "confirm_report", "decline_report"),
    *("begin_commitment", "decline_commitment", "fulfil_commitment", "give_up_commitment"),
    *("postpone_commitment", "propose_time", "agree_time", "undertake_resolution"),
    *("record_attendance", "record_minutes", "conclude_meeting", "cancel_meeting"),
    *("revise_activity", "submit_activity", "cancel_activity", "cancel_sessions"),
    *("close_activity", "accept_offer", "cancel_signup"),
    *("end_mediation", "route_finding", "move_door", "close_door"),
    "settle_contest",  # Held to more: `tests/unit/activities/test_contests_settled.py`.
}  # fmt: skip


def by_key(row: Row, docs: Overlay, actor: Actor) -> Asked:
    docs.put("machines", {"id": KEY, "maker": OWNER})
    return replace(
        asked(now=activities.BEFORE if row.service is Activities else asked().now),
        actor=actor,
        answers=partial(who_answers, docs),
    )


def ways_to_ask(row: Row) -> list[Actor]:
    """As themself, working in the deciding role alone, and by a key of theirs that is lent no more."""
    offices = (row.office,) if row.office else ()
    return [
        Actor(OWNER, (row.by, *offices)),
        Actor(OWNER, (row.by,), offices=offices),
        Actor(KEY, (row.by,), maker=OWNER, offices=offices),
    ]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.command)
def test_nobody_decides_on_what_is_their_own(row: Row) -> None:
    for actor in ways_to_ask(row):
        docs = row.docs()
        with refused("own_decision", Forbidden):
            ask(row.service, row.command, docs, row.payload, by_key(row, docs, actor))
    docs = row.docs()
    other = by_key(row, docs, Actor(OTHER, (row.by,)))
    other = replace(other, note=lambda id: "写下的话")
    assert ask(row.service, row.command, docs, row.payload, other)


def test_whatever_waits_to_be_decided_is_in_the_table() -> None:
    services = map(registry.load, registry.SERVICES)
    tasks = [task for service in services for task in getattr(service, "tasks", ())]
    waits = {command for task in tasks for command in task.settled_by}
    assert waits - {row.command for row in ROWS} == DUTIES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.command)
def test_nothing_of_ones_own_waits_to_be_decided_by_oneself(row: Row) -> None:
    tasks = [task for task in getattr(row.service, "tasks", ()) if is_of(task, row)]
    for task in tasks:
        docs = row.docs()
        own = by_key(row, docs, ways_to_ask(row)[1])
        other = by_key(row, docs, Actor(OTHER, (row.by,)))
        assert waiting(task, docs, own) == []
        assert waiting(task, docs, other) != []


def is_of(task: Task, row: Row) -> bool:
    """A term of office is in nobody's hands: whoever administers the place is told that it ends."""
    return row.command in task.settled_by and task.kind != "term_to_renew"


def waiting(task: Task, docs: Overlay, who: Asked) -> list[str]:
    later = replace(who, now=who.now + timedelta(days=30))
    found = [doc for find in task.finds(later) for doc in docs.find(find)]
    return [doc["id"] for doc in found if task.waits(docs, doc, who)]
