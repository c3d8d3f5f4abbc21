"""A partner on stage: divisions recorded, the partner as far as a test needs it."""

from datetime import datetime

from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from services.partners.service import Partners
from tests.examples import partners as examples
from tests.given import DIVISIONS, NOW, asked, example_of, given, given_from

COMMANDS = examples.COMMANDS

APPLICANT = asked(("resident", "*"))
MANAGER = asked(("partner_manager", "partner/N1"), id="P2")
STRANGER = asked(("partner_manager", "partner/N2"), id="P3")
OTHER_STREET = asked(("street_admin", "510108016"), id="P5")

APPLIED = example_of(examples, "partner_applied.v2")
APPROVED = example_of(examples, "partner_approved.v1")
REJECTED = example_of(examples, "partner_rejected.v1")
REAPPLIED = example_of(examples, "partner_reapplied.v2")
UPDATED = example_of(examples, "partner_profile_updated.v2")
SUSPENDED = example_of(examples, "partner_suspended.v1")
REINSTATED = example_of(examples, "partner_reinstated.v1")
WITHDRAWN = example_of(examples, "partner_withdrawn.v1")
JOINED = example_of(examples, "alliance_joined.v1")
LEFT = example_of(examples, "alliance_left.v1")


def after(*facts: Fact) -> Overlay:
    return given_from(given(Partners, *facts), Partners, "branches", *DIVISIONS)


def follow(docs: Overlay, *facts: Fact) -> Overlay:
    return given_from(docs, Partners, "partners", *facts)


def street(now: datetime = NOW) -> Asked:
    return asked(("street_admin", "510108015"), id="P4", now=now)


STREET = street()
