"""Units: registered, approved or rejected by their street, halted while the partner they are is suspended."""

from schemas.documents import Json
from services.cobuild.model.lifecycles import UNIT
from services.cobuild.model.tallies import unit_tally
from services.cobuild.rules import bounds, codes
from services.cobuild.rules.rights import own_unit, unit_to_decide
from services.district import appeals, territory
from services.district.authority import oversees
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Event, Fact
from services.kit.views import Reads


def register_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    community = command["community"]
    today = local_day(asked.now)
    if not oversees(asked.actor, community):
        _must_be_liaison(docs, asked)
    territory.known(docs, community, "community", today)
    joined_on = command.get("joined_on", today)
    if joined_on > today:
        says = f"{day_in_words(joined_on)} 还没有到"
        raise Invalid(says, code="in_the_future", path="joined_on")
    codes.must_be_free(docs, command["credit_code"], asked)
    content = command | {"by": asked.actor.id}
    return UNIT.fact("unit_registered.v1", asked.new_id, content)


def _must_be_liaison(docs: Reads, asked: Asked) -> None:
    """Whoever applies to somebody else waits for few of them at a time."""
    if not asked.actor.has("unit_liaison"):
        raise Forbidden("这个社区不在您的管理范围内", code="out_of_scope")
    tallies = [unit_tally(id) for id in asked.hands]
    bounds.must_have_room(docs, tallies, bounds.UNITS, "个单位的登记", asked)


def approve_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = unit_to_decide(docs, command, asked, "approve")
    codes.must_not_be_held(docs, unit["credit_code"])
    _must_not_be_suspended(docs, unit)
    return UNIT.fact("unit_approved.v1", unit["id"])


def _must_not_be_suspended(docs: Reads, unit: Json) -> None:
    """Raises while the partner that is the same organisation is suspended."""
    partner = docs.get("partner_codes", unit["credit_code"])
    if partner is not None and partner["suspended"]:
        says = f"“{unit['name']}”作为社区合伙人已被暂停，恢复后才能通过"
        raise Refused("partner_suspended", says, source="partners")


def reject_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = unit_to_decide(docs, command, asked, "reject")
    content = command | {"by": asked.actor.id}
    return UNIT.fact("unit_rejected.v1", unit["id"], content)


def appeal_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Once and in time, or raises `Refused`. The words can be erased."""
    unit = own_unit(docs, command["unit"], asked)
    name = unit["name"]
    UNIT.must_allow(unit, "appeal", name)
    appeals.must_be_first_and_in_time(unit, name, asked)
    note = asked.new_id
    content = {"by": asked.actor.id, "note": note}
    notes = {note: command["words"]}
    return UNIT.fact("unit_appealed.v1", unit["id"], content, notes=notes)


def decide_appeal(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = unit_to_decide(docs, command, asked, appeals.step_of(command))
    appeals.must_be_another(unit, asked)
    content = command | {"by": asked.actor.id}
    return UNIT.fact("unit_appeal_decided.v1", unit["id"], content)


def update_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = own_unit(docs, command["unit"], asked)
    UNIT.must_allow(unit, "update", unit["name"])
    return UNIT.fact("unit_updated.v1", unit["id"], command)


def halt(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """The partner that has the unit's code was suspended. None when no unit has it, or it is halted already."""
    unit = _unit_of_partner(docs, event.data["partner"])
    if unit is None or unit["halted"]:
        return None
    if unit["state"] not in UNIT.steps["halt"].before:
        return None
    content = {"partner": event.data["partner"]}
    return UNIT.fact("unit_halted.v1", unit["id"], content)


def free(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """The suspension has ended, by reinstatement or because the partner has withdrawn."""
    unit = _unit_of_partner(docs, event.data["partner"])
    if unit is None or not unit["halted"]:
        return None
    content = {"partner": event.data["partner"]}
    return UNIT.fact("unit_freed.v1", unit["id"], content)


def _unit_of_partner(docs: Reads, id: str) -> Json | None:
    """The one that was approved, else the first that waits: while the partner is suspended none of them is approved."""
    partner = docs.the("partners", id)
    return codes.first_with(docs, partner["credit_code"])
