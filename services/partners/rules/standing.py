"""A partner's standing once it is approved: suspended and reinstated by the street, withdrawn by either.

An application that is withdrawn takes with it what was written in it.
"""

from services.kit.entrypoints import Asked
from services.kit.log import Data, Fact
from services.kit.views import Overlay
from services.partners.rules.partner import decided, fact, must_allow, own
from services.partners.rules.words import erasing


def suspend(docs: Overlay, command: Data, asked: Asked) -> Fact:
    decided(docs, command, asked, "suspend")
    return fact("partner_suspended.v1", command["partner"], {**command, "by": asked.actor.id})


def reinstate(docs: Overlay, command: Data, asked: Asked) -> Fact:
    decided(docs, command, asked, "reinstate")
    return fact("partner_reinstated.v1", command["partner"], {"by": asked.actor.id})


def withdraw(docs: Overlay, command: Data, asked: Asked) -> Fact:
    partner = own(docs, command, asked)
    must_allow(partner, "withdraw")
    return erasing(fact("partner_withdrawn.v1", partner["id"], {**command, "by": asked.actor.id}), partner)
