"""A partner on stage: divisions recorded, the partner as far as a test needs it."""

from collections.abc import Callable
from dataclasses import replace
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
BOTH = asked(("resident", "*"), ("partner_manager", "partner/N1"))
STRANGER = asked(("partner_manager", "partner/N2"), id="P3")
OTHER_STREET = asked(("street_admin", "510108016"), id="P5")

APPLIED = example_of(examples, "partner_applied.v3")
APPROVED = example_of(examples, "partner_approved.v2")
REJECTED = example_of(examples, "partner_rejected.v1")
REAPPLIED = example_of(examples, "partner_reapplied.v3", similar=[])
ERASED = example_of(examples, "partner_words_erased.v1")
UPDATED = example_of(examples, "partner_profile_updated.v2")
SUSPENDED = example_of(examples, "partner_suspended.v1")
REINSTATED = example_of(examples, "partner_reinstated.v1")
WITHDRAWN = example_of(examples, "partner_withdrawn.v1")
JOINED = example_of(examples, "alliance_joined.v1")
LEFT = example_of(examples, "alliance_left.v1")


def of_residents(partner: str, by: str = "P1") -> Fact:
    """An application of residents, who need no credit code."""
    fact = example_of(
        examples, "partner_applied.v3", partner=partner, by=by, kind="居民骨干"
    )
    return replace(
        fact,
        data={
            name: value for name, value in fact.data.items() if name != "credit_code"
        },
    )


def after(*facts: Fact) -> Overlay:
    return given_from(given(Partners, *facts), Partners, "branches", *DIVISIONS)


def follow(docs: Overlay, *facts: Fact) -> Overlay:
    return given_from(docs, Partners, "partners", *facts)


def noted(id: str) -> str:
    """What every note says that anybody has written here."""
    return {"name": "青禾社区书店", "contact_role": "店长"}[id.rpartition(".")[2]]


def reading(asked: Asked, note: Callable[[str], str] = noted) -> Asked:
    return replace(asked, note=note)


def street(now: datetime = NOW) -> Asked:
    return reading(asked(("street_admin", "510108015"), id="P4", now=now))


STREET = street()
DISTRICT = reading(asked(("district_admin", "510108"), id="P6"))
