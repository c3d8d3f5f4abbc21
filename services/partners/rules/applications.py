"""Who applies to be a partner, what the street says to it, and the profile afterwards."""

from services.kit import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Data, Fact
from services.kit.views import Overlay
from services.partners.rules.likeness import similar_to
from services.partners.rules.partner import decided, fact, must_allow, own


def apply(docs: Overlay, command: Data, asked: Asked) -> Fact:
    territory.known(docs, command["community"], "community")
    _must_be_free(docs, command)
    similar = similar_to(docs, command["community"], command["name"], asked.new_id)
    return fact("partner_applied.v2", asked.new_id, {**command, "similar": similar, "by": asked.actor.id})


def reapply(docs: Overlay, command: Data, asked: Asked) -> Fact:
    partner = own(docs, command, asked)
    must_allow(partner, "reapply")
    _must_be_free(docs, command)
    community = partner["community"]
    similar = similar_to(docs, community, command["name"], partner["id"])
    return fact("partner_reapplied.v2", partner["id"], {**command, "community": community, "similar": similar})


def approve(docs: Overlay, command: Data, asked: Asked) -> Fact:
    decided(docs, command, asked, "approve")
    return fact("partner_approved.v1", command["partner"], {"by": asked.actor.id})


def reject(docs: Overlay, command: Data, asked: Asked) -> Fact:
    decided(docs, command, asked, "reject")
    return fact("partner_rejected.v1", command["partner"], {**command, "by": asked.actor.id})


def update_profile(docs: Overlay, command: Data, asked: Asked) -> Fact:
    partner = own(docs, command, asked)
    must_allow(partner, "update_profile")
    return fact("partner_profile_updated.v2", partner["id"], command)


def _must_be_free(docs: Overlay, application: Data) -> None:
    """One organisation is one partner; a rejected application and a partner that withdrew let their code go."""
    holder = docs.get("holders", application.get("credit_code", ""))
    if holder is not None and holder["partner"]:
        raise Refused("duplicate_credit_code", f"已有同代码单位: {holder['name']}", path="credit_code")
