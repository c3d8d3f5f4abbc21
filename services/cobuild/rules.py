"""What the cobuild service decides about units and their offerings."""

from services.kit import territory
from services.kit.authority import must_oversee, oversees
from services.kit.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay, Reads


def register_unit(docs: Overlay, command: Data, asked: Asked) -> Fact:
    if not asked.actor.has("unit_liaison"):
        must_oversee(asked.actor, command["community"])
    territory.known(docs, command["community"], "community")
    _must_be_free(docs, command["credit_code"])
    return _unit_fact("unit_registered.v1", asked.new_id, {**command, "by": asked.actor.id})


def approve_unit(docs: Overlay, command: Data, asked: Asked) -> Fact:
    _must_be_pending(docs, command, asked)
    return _unit_fact("unit_approved.v1", command["unit"])


def reject_unit(docs: Overlay, command: Data, asked: Asked) -> Fact:
    _must_be_pending(docs, command, asked)
    return _unit_fact("unit_rejected.v1", command["unit"], command)


def update_unit(docs: Overlay, command: Data, asked: Asked) -> Fact:
    unit = _own_unit(docs, command["unit"], asked)
    if unit["state"] == "rejected":
        raise Refused("rejected", f"“{unit['name']}”的登记未通过，请重新登记")
    return _unit_fact("unit_updated.v1", unit["id"], command)


def publish_offering(docs: Overlay, command: Data, asked: Asked) -> Fact:
    unit = _own_unit(docs, command["unit"], asked)
    if unit["state"] != "approved":
        raise Refused("unit_not_approved", f"“{unit['name']}”{unit['state_text']}，审核通过后才能发布资源", path="unit")
    territory.known(docs, command["community"], "community")
    if command["valid_until"] < local_day(asked.now):
        raise Invalid(f"有效期 {command['valid_until']} 已经过去", code="in_the_past", path="valid_until")
    return _offering_fact("offering_published.v1", asked.new_id, command)


def pause_offering(docs: Overlay, command: Data, asked: Asked) -> Fact:
    offering = _own_offering(docs, command, asked)
    if offering["state"] == "paused":
        raise Refused("already_paused", f"“{offering['title']}”已经暂停")
    return _offering_fact("offering_paused.v1", offering["id"], command)


def resume_offering(docs: Overlay, command: Data, asked: Asked) -> Fact:
    offering = _own_offering(docs, command, asked)
    if offering["state"] != "paused":
        raise Refused("not_paused", f"“{offering['title']}”没有暂停，不需要恢复")
    if offering["valid_until"] < local_day(asked.now):
        raise Refused("expired", f"“{offering['title']}”的有效期到 {offering['valid_until']}，已经过期")
    return _offering_fact("offering_resumed.v1", offering["id"])


def retire_offering(docs: Overlay, command: Data, asked: Asked) -> Fact:
    return _offering_fact("offering_retired.v1", _own_offering(docs, command, asked)["id"])


def the_unit(docs: Reads, id: str) -> Doc:
    unit = docs.get("units", id)
    if unit is None:
        raise Unknown(f"没有编号为 {id} 的联建单位", path="unit")
    return unit


def the_offering(docs: Reads, id: str) -> Doc:
    offering = docs.get("offerings", id)
    if offering is None:
        raise Unknown(f"没有编号为 {id} 的资源", path="offering")
    return offering


def _must_be_pending(docs: Overlay, command: Data, asked: Asked) -> None:
    """Raises unless the actor may decide on the unit and nobody has yet."""
    unit = the_unit(docs, command["unit"])
    must_oversee(asked.actor, unit["community"])
    if unit["state"] != "registered":
        raise Refused(f"already_{unit['state']}", f"“{unit['name']}”{unit['state_text']}，不能再次审核")


def _own_unit(docs: Overlay, id: str, asked: Asked) -> Doc:
    """The unit, when the actor registered it, is its liaison, or administers its street."""
    unit = the_unit(docs, id)
    speaks_for_it = asked.actor.covers("unit_liaison", f"unit/{id}") or unit["by"] == asked.actor.id
    if not speaks_for_it and not oversees(asked.actor, unit["community"]):
        raise Forbidden(f"您不能代表“{unit['name']}”", code="not_your_unit")
    return unit


def _own_offering(docs: Overlay, command: Data, asked: Asked) -> Doc:
    """An offering that is not retired, of a unit the actor may speak for."""
    offering = the_offering(docs, command["offering"])
    _own_unit(docs, offering["unit"], asked)
    if offering["state"] == "retired":
        raise Refused("already_retired", f"“{offering['title']}”已经下架")
    return offering


def _must_be_free(docs: Overlay, credit_code: str) -> None:
    """One organisation is one unit; a rejected registration lets its code go."""
    holder = docs.get("holders", credit_code)
    if holder is not None and holder["unit"]:
        raise Refused("duplicate_credit_code", f"已有同代码单位: {holder['name']}", path="credit_code")


def _unit_fact(type: str, unit: str, data: Data | None = None) -> Fact:
    return Fact(type, f"unit/{unit}", {**(data or {}), "unit": unit})


def _offering_fact(type: str, offering: str, data: Data | None = None) -> Fact:
    return Fact(type, f"offering/{offering}", {**(data or {}), "offering": offering})
