"""A partner's standing once it is approved: suspended and reinstated by the street, withdrawn by either.

An application that is withdrawn takes with it what was written in it.
"""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads
from services.partners.rules.rights import called, decided, fact, must_allow, own
from services.partners.rules.words import erasing


def suspend(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Also of the unit with the same code, when that is known to who asks."""
    partner = decided(docs, command, asked, "suspend")
    unit = _same_as_unit(docs, partner)
    if unit is not None and not command.get("confirm"):
        says = f"联建单位“{unit['name']}”与“{called(partner)}”是同一信用代码，也会被暂停。仍要暂停请填 confirm: true"
        raise Refused("strikes_others", says, path="confirm")
    told = {"reason": command["reason"], "by": asked.actor.id}
    return fact("partner_suspended.v1", partner["id"], told)


def _same_as_unit(docs: Reads, partner: Json) -> Json | None:
    """The unit known to all that has the partner's code. One that waits for approval is nobody's concern here."""
    code = partner.get("credit_code")
    unit = docs.get("unit_codes", code) if code else None
    return unit if unit and "unit" in unit else None


def withdraw_approval(docs: Reads, command: Json, asked: Asked) -> Fact:
    """As long as nothing rests on it."""
    partner = decided(docs, command, asked, "unapprove")
    if rests := _rests_on(docs, partner):
        says = f"“{called(partner)}”{rests}，通过的决定不能撤销；可以暂停"
        raise Refused("something_rests_on_it", says, path="partner")
    return fact(
        "partner_approval_withdrawn.v1",
        partner["id"],
        {**command, "by": asked.actor.id},
    )


def _rests_on(docs: Reads, partner: Json) -> str:
    """In words, what rests on the approval; "" when nothing does."""
    if partner["alliance"]:
        return "已加入过益·社联盟"
    return "已办过活动" if docs.get("hosts", f"partner/{partner['id']}") else ""


def reinstate(docs: Reads, command: Json, asked: Asked) -> Fact:
    decided(docs, command, asked, "reinstate")
    return fact("partner_reinstated.v1", command["partner"], {"by": asked.actor.id})


def withdraw(docs: Reads, command: Json, asked: Asked) -> Fact:
    partner = own(docs, command, asked)
    must_allow(partner, "withdraw")
    return erasing(
        fact("partner_withdrawn.v1", partner["id"], {**command, "by": asked.actor.id}),
        partner,
    )
