"""Commitments: a unit takes a need on, acts before its lease ends, and says what was done."""

from datetime import datetime

from schemas.documents import Json, pick
from schemas.fields import instant
from services.cobuild.model.lifecycles import COMMITMENT, NEED
from services.cobuild.rules import service_level
from services.cobuild.rules.bookings import booking
from services.cobuild.rules.facts import of_commitment
from services.cobuild.rules.rights import (
    COMMITMENTS,
    NEEDS,
    OFFERINGS,
    UNITS,
    called,
    must_be_active,
    open_resolution,
    own_unit,
    sees_need,
    sees_unit,
    to_handle,
    works_on,
)
from services.cobuild.rules.talks import is_early, must_say_why_early
from services.district import territory
from services.district.calendar import day_in_words
from services.district.working import after
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Reads

MOST_POSTPONED = 3


def claim_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who speaks for a unit, which may book an offering of its own with it."""
    unit = own_unit(docs, command["unit"], asked)
    need = NEEDS.found(docs, command["need"], asked, sees=sees_need)
    must_be_active(unit)
    NEED.must_allow(need, "claim", called(need))
    content = _taken(command, asked)
    if "offering" in command:
        content |= _booked(docs, command, asked)
    content |= service_level.response(need, asked.now)
    return NEED.fact("need_claimed.v1", need["id"], content)


def dispatch_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who serves the community, to a unit that is active; it may still decline."""
    need = to_handle(docs, command, asked, "dispatch")
    must_be_active(UNITS.found(docs, command["unit"], asked, sees=sees_unit))
    return NEED.fact("need_dispatched.v1", need["id"], _taken(command, asked))


def undertake_resolution(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A need and its commitment, begun at once, both under one id. Raises `Refused` for a unit that is not active."""
    open_resolution(docs, command["resolution"], asked)
    unit = UNITS.found(docs, command["unit"], asked, sees=sees_unit)
    must_be_active(unit)
    territory.known(docs, command["community"], "community")
    id = asked.new_id
    due_at = service_level.due_moment(command["due"], asked.now)
    content = command | {"commitment": id, "by": asked.actor.id, "due_at": due_at}
    return NEED.fact("resolution_undertaken.v1", id, content)


def begin_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who acts for its unit."""
    commitment = _own(docs, command, asked, "begin")
    need = docs.the("needs", commitment["need"])
    content = _response(need, commitment, asked) | {"by": asked.actor.id}
    return of_commitment("commitment_begun.v1", commitment, content)


def decline_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By the unit, of what was dispatched to it. What it took on itself it gives up: `Refused`."""
    commitment = _own(docs, command, asked, "decline")
    if commitment["origin"] != "dispatch":
        raise Refused("not_dispatched", "这是单位自己认领的，不做了请退出")
    content = _let_go(commitment, command, asked)
    return of_commitment("commitment_declined.v1", commitment, content)


def give_up_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By the unit: others may take the need on, and what was booked is free."""
    commitment = _own(docs, command, asked, "give_up")
    content = _let_go(commitment, command, asked)
    return of_commitment("commitment_withdrawn.v1", commitment, content)


def _let_go(commitment: Json, command: Json, asked: Asked) -> Json:
    """`{unit, reason, by}`"""
    reason = {"reason": command["reason"], "by": asked.actor.id}
    return pick(commitment, "unit") | reason


def postpone_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    """To a later day, and only so often: raises `Invalid` or `Refused`."""
    commitment = _own(docs, command, asked, "postpone")
    due = command["due"]
    if due <= commitment["due"]:
        says = f"新期限应晚于 {day_in_words(commitment['due'])}"
        raise Invalid(says, code="not_later", path="due")
    if commitment["postponed"] >= MOST_POSTPONED:
        raise Refused("postponed_too_often", f"最多推迟 {MOST_POSTPONED} 次")
    content = pick(command, "due", "reason") | {"by": asked.actor.id}
    content["due_at"] = service_level.due_moment(due, asked.now)
    return of_commitment("commitment_postponed.v1", commitment, content)


def fulfil_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    """With the words of the report as notes: what was done and, before the time agreed on, why so early."""
    commitment = _own(docs, command, asked, "fulfil")
    need = docs.the("needs", commitment["need"])
    must_say_why_early(commitment, command, asked)
    done = asked.new_id
    notes = {done: command["words"]}
    content = pick(command, "served")
    content |= {"by": asked.actor.id, "note": done}
    content |= service_level.resumed(need, asked.now)
    content |= _response(need, commitment, asked)
    if is_early(commitment, asked):
        early = f"{done}.early"
        content["early"] = early
        notes[early] = command["why_early"]
    return of_commitment("need_fulfilled.v1", commitment, content, notes=notes)


def lapse(docs: Reads, commitment: Json, asked: Asked) -> Fact | None:
    """Not acted on by the end of its lease."""
    if commitment["state"] not in COMMITMENT.steps["lapse"].before:
        return None
    content = pick(commitment, "unit", "lease_until")
    return of_commitment("commitment_lapsed.v1", commitment, content)


def note_overdue(docs: Reads, commitment: Json, asked: Asked) -> Fact:
    """Time does, once the moment it was due at has passed."""
    return of_commitment("commitment_overdue.v1", commitment, pick(commitment, "due"))


def _response(need: Json, commitment: Json, asked: Asked) -> Json:
    """To a dispatch the unit responds by the first thing it does about it, not by being told."""
    if commitment["origin"] != "dispatch":
        return {}
    return service_level.response(need, asked.now)


def _taken(command: Json, asked: Asked) -> Json:
    """Who takes the need on, by when, and until when they must have begun."""
    taken = pick(command, "need", "unit", "due")
    taken |= {"commitment": asked.new_id, "by": asked.actor.id}
    lease_until = after(asked.now, service_level.LEASE_MINUTES)
    taken["lease_until"] = instant(lease_until)
    taken["due_at"] = service_level.due_moment(command["due"], asked.now)
    return taken


def _booked(docs: Reads, command: Json, asked: Asked) -> Json:
    """`{offering, period, occurrence}`: the unit's own offering, with a place in it at the time named."""
    offering = OFFERINGS.found(docs, command["offering"], asked)
    if offering["unit"] != command["unit"]:
        says = f"“{offering['title']}”不是这个单位的资源"
        raise Refused("not_the_units_offering", says, path="offering")
    starts = datetime.fromisoformat(command["starts_at"])
    if starts <= asked.now:
        raise Invalid("使用时间已经过去", code="in_the_past", path="starts_at")
    if starts > asked.now + service_level.FARTHEST:
        raise Invalid("使用时间应在一年之内", code="too_far_ahead", path="starts_at")
    id = offering["id"]
    return {"offering": id} | booking(docs, offering, id, starts)


def _own(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The commitment, when the actor acts for its unit and its state allows the step."""
    commitment = COMMITMENTS.admitted(
        docs,
        command["commitment"],
        asked,
        may=works_on,
        code="not_your_unit",
        says="您不能代表这个单位",
    )
    COMMITMENT.must_allow(commitment, step, commitment["title"])
    return commitment
