"""What the partners service decides."""

from services.kit import territory
from services.kit.authority import must_oversee, oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay, Reads


def apply(docs: Overlay, command: Data, asked: Asked) -> Fact:
    territory.known(docs, command["community"], "community")
    _must_be_free(docs, command)
    return _fact("partner_applied.v1", asked.new_id, {**command, "by": asked.actor.id})


def approve(docs: Overlay, command: Data, asked: Asked) -> Fact:
    _must_be_pending(docs, command, asked)
    return _fact("partner_approved.v1", command["partner"])


def reject(docs: Overlay, command: Data, asked: Asked) -> Fact:
    _must_be_pending(docs, command, asked)
    return _fact("partner_rejected.v1", command["partner"], command)


def reapply(docs: Overlay, command: Data, asked: Asked) -> Fact:
    partner = _own(docs, command, asked)
    if partner["state"] != "rejected":
        raise Refused("not_rejected", f"“{partner['name']}”的申请{partner['state_text']}，不需要重新申请")
    _must_be_free(docs, command)
    return _fact("partner_reapplied.v1", partner["id"], {**command, "community": partner["community"]})


def update_profile(docs: Overlay, command: Data, asked: Asked) -> Fact:
    partner = _own(docs, command, asked)
    if partner["state"] == "rejected":
        raise Refused("rejected", f"“{partner['name']}”的申请未通过，请修改后重新申请")
    return _fact("partner_profile_updated.v1", partner["id"], command)


def the_partner(docs: Reads, id: str) -> Doc:
    partner = docs.get("partners", id)
    if partner is None:
        raise Unknown(f"没有编号为 {id} 的社区合伙人", path="partner")
    return partner


def _must_be_pending(docs: Overlay, command: Data, asked: Asked) -> None:
    """Raises unless the actor may decide on the application and nobody has yet."""
    partner = the_partner(docs, command["partner"])
    must_oversee(asked.actor, partner["community"])
    if partner["state"] != "applied":
        raise Refused(f"already_{partner['state']}", f"“{partner['name']}”的申请{partner['state_text']}，不能再次审核")


def _own(docs: Overlay, command: Data, asked: Asked) -> Doc:
    """The partner, when the actor applied for it, manages it, or administers its street."""
    partner = the_partner(docs, command["partner"])
    manages = asked.actor.covers("partner_manager", f"partner/{partner['id']}")
    if partner["by"] != asked.actor.id and not manages and not oversees(asked.actor, partner["community"]):
        raise Forbidden(f"您不能代表“{partner['name']}”", code="not_your_partner")
    return partner


def _must_be_free(docs: Overlay, application: Data) -> None:
    """One organisation is one partner; a rejected application lets its code go."""
    holder = docs.get("holders", application.get("credit_code", ""))
    if holder is not None and holder["partner"]:
        raise Refused("duplicate_credit_code", f"已有同代码单位: {holder['name']}", path="credit_code")


def _fact(type: str, partner: str, data: Data | None = None) -> Fact:
    return Fact(type, f"partner/{partner}", {**(data or {}), "partner": partner})
