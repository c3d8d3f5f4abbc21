"""The partner a command is about, and who may act for it or decide on it."""

from services.kit.authority import must_oversee, oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Data, Fact
from services.kit.views import Doc, Reads
from services.partners.rules.life import LIFE


def the_partner(docs: Reads, id: str) -> Doc:
    partner = docs.get("partners", id)
    if partner is None:
        raise Unknown(f"没有编号为 {id} 的社区合伙人", path="partner")
    return partner


def own(docs: Reads, command: Data, asked: Asked) -> Doc:
    """The partner, when the actor applied for it, manages it, or administers its street."""
    partner = the_partner(docs, command["partner"])
    manages = asked.actor.covers("partner_manager", f"partner/{partner['id']}")
    if partner["by"] != asked.actor.id and not manages and not oversees(asked.actor, partner["community"]):
        raise Forbidden(f"您不能代表“{partner['name']}”", code="not_your_partner")
    return partner


def decided(docs: Reads, command: Data, asked: Asked, step: str) -> Doc:
    """The partner, when the actor administers its street and its state allows the step."""
    partner = the_partner(docs, command["partner"])
    must_oversee(asked.actor, partner["community"])
    must_allow(partner, step)
    return partner


def must_allow(partner: Doc, step: str) -> None:
    LIFE.must_allow(partner, step, partner["name"])


def fact(type: str, partner: str, data: Data) -> Fact:
    return Fact(type, f"partner/{partner}", {**data, "partner": partner})
