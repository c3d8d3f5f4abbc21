"""A partner's standing once it is approved: suspended and reinstated by the street, withdrawn by either.

An application that is withdrawn takes with it what was written in it.
"""

from schemas.documents import Json, pick
from services.district.standing import has_hosted, must_be_confirmed
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads
from services.partners.model.lifecycles import PARTNER
from services.partners.rules.rights import called, decided, own_at
from services.partners.rules.words import noted_in


def suspend(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Also of the unit with the same code, when that is known to who asks."""
    partner = decided(docs, command, asked, "suspend")
    unit = _same_as_unit(docs, partner)
    if unit is not None:
        both = f"联建单位“{unit['name']}”与“{called(partner)}”是同一信用代码"
        says = f"{both}，也会被暂停。仍要暂停请填 confirm: true"
        must_be_confirmed(command, says)
    content = pick(command, "reason") | {"by": asked.actor.id}
    return PARTNER.fact("partner_suspended.v1", partner["id"], content)


def _same_as_unit(docs: Reads, partner: Json) -> Json | None:
    """The unit known to all that has the partner's code. One that waits for approval is nobody's concern here."""
    if "credit_code" not in partner:
        return None
    unit = docs.get("unit_codes", partner["credit_code"])
    return unit if unit and "unit" in unit else None


def withdraw_approval(docs: Reads, command: Json, asked: Asked) -> Fact:
    """As long as nothing rests on it."""
    partner = decided(docs, command, asked, "unapprove")
    if rests := _rests_on(docs, partner):
        says = f"“{called(partner)}”{rests}，通过的决定不能撤销；可以暂停"
        raise Refused("something_rests_on_it", says, path="partner")
    content = command | {"by": asked.actor.id}
    return PARTNER.fact("partner_approval_withdrawn.v1", partner["id"], content)


def _rests_on(docs: Reads, partner: Json) -> str:
    """In words, what rests on the approval; "" when nothing does."""
    if partner["alliance"]:
        return "已加入过益·社联盟"
    return "已办过活动" if has_hosted(docs, f"partner/{partner['id']}") else ""


def reinstate(docs: Reads, command: Json, asked: Asked) -> Fact:
    partner = decided(docs, command, asked, "reinstate")
    content = {"by": asked.actor.id}
    return PARTNER.fact("partner_reinstated.v1", partner["id"], content)


def withdraw(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who acts for it, for good: its notes are erased."""
    partner = own_at(docs, command, asked, "withdraw")
    content = command | {"by": asked.actor.id}
    erases = noted_in(partner)
    return PARTNER.fact("partner_withdrawn.v1", partner["id"], content, erases=erases)
