"""Units: registered, approved or rejected by their street, halted while the partner they are is suspended."""

from dataclasses import replace

from schemas.documents import Json
from services.cobuild.folds.tallies import unit_tally
from services.cobuild.model.lifecycles import UNIT
from services.cobuild.rules import bounds, codes
from services.cobuild.rules.bounds import must_have_room
from services.cobuild.rules.rights import UNITS, decides_on, own_unit, sees_unit
from services.district import appeals, territory
from services.district.authority import oversees
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Event, Fact
from services.kit.views import Reads


def register_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    if not oversees(asked.actor, command["community"]):
        _must_be_liaison(docs, asked)
    territory.known(docs, command["community"], "community", local_day(asked.now))
    if command.get("joined_on", "") > local_day(asked.now):
        raise Invalid(
            f"{command['joined_on']} 还没有到", code="in_the_future", path="joined_on"
        )
    codes.must_be_free(docs, command["credit_code"], asked)
    return fact("unit_registered.v1", asked.new_id, {**command, "by": asked.actor.id})


def _must_be_liaison(docs: Reads, asked: Asked) -> None:
    """Whoever applies to somebody else waits for few of them at a time."""
    if not asked.actor.has("unit_liaison"):
        raise Forbidden("这个社区不在您的管理范围内", code="out_of_scope")
    must_have_room(
        docs, unit_tally({"by": asked.actor.id}), bounds.UNITS, " 个单位的登记", asked
    )


def approve_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = to_decide_on(docs, command, asked, "approve")
    codes.must_not_be_held(docs, unit["credit_code"])
    partner = docs.get("partner_codes", unit["credit_code"])
    if partner is not None and partner["suspended"]:
        raise Refused(
            "partner_suspended",
            f"“{unit['name']}”作为社区合伙人已被暂停，恢复后才能通过",
            source="partners",
        )
    return fact("unit_approved.v1", unit["id"])


def reject_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = to_decide_on(docs, command, asked, "reject")
    return fact("unit_rejected.v1", unit["id"], {**command, "by": asked.actor.id})


def appeal_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = own_unit(docs, command["unit"], asked)
    UNIT.must_allow(unit, "appeal", unit["name"])
    appeals.must_be_first_and_in_time(unit, unit["name"], asked)
    appealed = fact(
        "unit_appealed.v1", unit["id"], {"by": asked.actor.id, "note": asked.new_id}
    )
    return replace(appealed, notes={asked.new_id: command["words"]})


def decide_appeal(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = to_decide_on(
        docs, command, asked, "uphold_appeal" if command["upheld"] else "dismiss_appeal"
    )
    appeals.must_be_another(unit, asked)
    return fact("unit_appeal_decided.v1", unit["id"], {**command, "by": asked.actor.id})


def update_unit(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = own_unit(docs, command["unit"], asked)
    UNIT.must_allow(unit, "update", unit["name"])
    return fact("unit_updated.v1", unit["id"], command)


def halt(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """The partner that has the unit's code was suspended. None when no unit has it, or it is halted already."""
    unit = _unit_of_partner(docs, event.data["partner"])
    if unit is None or unit["halted"] or unit["state"] not in UNIT.steps["halt"].before:
        return None
    return fact("unit_halted.v1", unit["id"], {"partner": event.data["partner"]})


def free(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """The suspension has ended, by reinstatement or because the partner has withdrawn."""
    unit = _unit_of_partner(docs, event.data["partner"])
    if unit is None or not unit["halted"]:
        return None
    return fact("unit_freed.v1", unit["id"], {"partner": event.data["partner"]})


def to_decide_on(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    unit = UNITS.admitted(
        docs,
        command["unit"],
        asked,
        may=decides_on,
        sees=sees_unit,
        code="out_of_scope",
        says="这个单位不在您的管理范围内",
    )
    UNIT.must_allow(unit, step, unit["name"])
    return unit


def _unit_of_partner(docs: Reads, partner: str) -> Json | None:
    """The one that was approved, else the first that waits: while the partner is suspended none of them is approved."""
    return codes.first_with(docs, docs.the("partners", partner)["credit_code"])


def fact(type: str, unit: str, data: Json | None = None) -> Fact:
    return Fact(type, f"unit/{unit}", {**(data or {}), "unit": unit})
