"""Commitments: a unit takes a need on, acts before its lease ends, and says what was done."""

from datetime import datetime

from schemas.documents import Json
from schemas.fields import instant
from services.cobuild.model.lifecycles import COMMITMENT, NEED
from services.cobuild.rules import service_level
from services.cobuild.rules.bookings import booking
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
from services.district.working import after
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Reads

MOST_POSTPONED = 3


def claim_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = own_unit(docs, command["unit"], asked)
    need = NEEDS.found(docs, command["need"], asked, sees=sees_need)
    must_be_active(unit)
    NEED.must_allow(need, "claim", called(need))
    taken = _taken(command, asked)
    if "offering" in command:
        taken |= _booked(docs, command, asked)
    return _fact(
        "need_claimed.v1",
        need["id"],
        {**taken, **service_level.response(need, asked.now)},
    )


def dispatch_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "dispatch")
    must_be_active(UNITS.found(docs, command["unit"], asked, sees=sees_unit))
    return _fact("need_dispatched.v1", need["id"], _taken(command, asked))


def undertake_resolution(docs: Reads, command: Json, asked: Asked) -> Fact:
    open_resolution(docs, command["resolution"], asked)
    must_be_active(UNITS.found(docs, command["unit"], asked, sees=sees_unit))
    territory.known(docs, command["community"], "community")
    id = asked.new_id
    data = {**command, "need": id, "commitment": id, "by": asked.actor.id}
    return _fact(
        "resolution_undertaken.v1",
        id,
        {**data, "due_at": service_level.due_moment(command["due"], asked.now)},
    )


def begin_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _own(docs, command, asked, "begin")
    need = docs.the("needs", commitment["need"])
    return _of(
        "commitment_begun.v1",
        commitment,
        {**_response(need, commitment, asked), "by": asked.actor.id},
    )


def decline_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _own(docs, command, asked, "decline")
    if commitment["origin"] != "dispatch":
        raise Refused("not_dispatched", "这是单位自己认领的，不做了请退出")
    told = {
        "unit": commitment["unit"],
        "reason": command["reason"],
        "by": asked.actor.id,
    }
    return _of("commitment_declined.v1", commitment, told)


def postpone_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _own(docs, command, asked, "postpone")
    if command["due"] <= commitment["due"]:
        raise Invalid(f"新期限应晚于 {commitment['due']}", code="not_later", path="due")
    if commitment["postponed"] >= MOST_POSTPONED:
        raise Refused("postponed_too_often", f"最多推迟 {MOST_POSTPONED} 次")
    told = {
        "due": command["due"],
        "due_at": service_level.due_moment(command["due"], asked.now),
        "reason": command["reason"],
    }
    return _of("commitment_postponed.v1", commitment, {**told, "by": asked.actor.id})


def fulfil_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _own(docs, command, asked, "fulfil")
    need = docs.the("needs", commitment["need"])
    must_say_why_early(commitment, command, asked)
    told = {
        **service_level.resumed(need, asked.now),
        **_response(need, commitment, asked),
    }
    data = {
        "by": asked.actor.id,
        "note": asked.new_id,
        "served": command["served"],
        **told,
    }
    notes = {asked.new_id: command["words"]}
    if is_early(commitment, asked):
        data["early"] = f"{asked.new_id}.early"
        notes[data["early"]] = command["why_early"]
    fact = _of("need_fulfilled.v1", commitment, data)
    return Fact(fact.type, fact.stream, fact.data, notes=notes)


def give_up_commitment(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _own(docs, command, asked, "give_up")
    told = {
        "unit": commitment["unit"],
        "reason": command["reason"],
        "by": asked.actor.id,
    }
    return _of("commitment_withdrawn.v1", commitment, told)


def lapse(docs: Reads, commitment: Json, asked: Asked) -> Fact | None:
    """Not acted on by the end of its lease."""
    if commitment["state"] not in COMMITMENT.steps["lapse"].before:
        return None
    told = {"unit": commitment["unit"], "lease_until": commitment["lease_until"]}
    return _of("commitment_lapsed.v1", commitment, told)


def note_overdue(docs: Reads, commitment: Json, asked: Asked) -> Fact:
    return _of("commitment_overdue.v1", commitment, {"due": commitment["due"]})


def _response(need: Json, commitment: Json, asked: Asked) -> Json:
    """To a dispatch the unit responds by the first thing it does about it, not by being told."""
    return (
        service_level.response(need, asked.now)
        if commitment["origin"] == "dispatch"
        else {}
    )


def _taken(command: Json, asked: Asked) -> Json:
    said = {name: command[name] for name in ("need", "unit", "due")}
    lease_until = instant(after(asked.now, service_level.LEASE_MINUTES))
    due_at = service_level.due_moment(command["due"], asked.now)
    return {
        **said,
        "commitment": asked.new_id,
        "by": asked.actor.id,
        "due_at": due_at,
        "lease_until": lease_until,
    }


def _booked(docs: Reads, command: Json, asked: Asked) -> Json:
    """The unit's own offering, with a place in it at the time named."""
    offering = OFFERINGS.found(docs, command["offering"], asked)
    if offering["unit"] != command["unit"]:
        raise Refused(
            "not_the_units_offering",
            f"“{offering['title']}”不是这个单位的资源",
            path="offering",
        )
    starts = datetime.fromisoformat(command["starts_at"])
    if starts <= asked.now:
        raise Invalid("使用时间已经过去", code="in_the_past", path="starts_at")
    if starts > asked.now + service_level.FARTHEST:
        raise Invalid("使用时间应在一年之内", code="too_far_ahead", path="starts_at")
    return {
        "offering": offering["id"],
        **booking(docs, offering, offering["id"], starts),
    }


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


def _of(type: str, commitment: Json, data: Json) -> Fact:
    return _fact(type, commitment["need"], {**data, "commitment": commitment["id"]})


def _fact(type: str, need: str, data: Json) -> Fact:
    return Fact(type, f"need/{need}", {**data, "need": need})
