"""A street with an approved unit, its Saturday offering, and the people who deal with it."""

from datetime import datetime
from typing import Any

from services.cobuild.service import Cobuild
from services.kit.log import Fact
from services.kit.views import Overlay
from services.xfh.demo.plan import credit_code
from tests.examples import cobuild as examples
from tests.given import DIVISIONS, NOW, asked, example_of, given, given_from

RESIDENT = asked(("resident", "*"), id="P1")
LIAISON = asked(("unit_liaison", "unit/U1"), id="P2", new_id="C1")
STREET = asked(("street_admin", "510108015"), id="P4")
WORKER = asked(("community_worker", "510108015001"), id="P6", new_id="C1")
STRANGER = asked(("resident", "*"), id="P7")

REGISTERED = example_of(examples, "unit_registered.v1")
UNIT = (REGISTERED, example_of(examples, "unit_approved.v1"))
OFFERED = example_of(examples, "offering_published.v2")
RAISED = example_of(examples, "need_raised.v1")
VERIFIED = example_of(examples, "need_verified.v1")
CLAIMED = example_of(examples, "need_claimed.v1")
FULFILLED = example_of(examples, "need_fulfilled.v1")


def stage(*facts: Fact) -> Overlay:
    """The documents after `facts`; the partner Q1 has the unit's credit code."""
    docs = given_from(given(Cobuild, *facts), Cobuild, "branches", *DIVISIONS)
    docs.put(
        "partners", {"id": "Q1", "credit_code": examples.REGISTRATION["credit_code"]}
    )
    return docs


def take(docs: Overlay, fact: Fact | None, now: datetime = NOW) -> Fact:
    """Folds what a rule answered, which must be something."""
    assert fact is not None
    given_from(docs, Cobuild, "cobuild", fact, now=now)
    return fact


def another_unit(number: int, **changes: Any) -> tuple[Fact, Fact]:
    """A second, third … unit, approved."""
    about = {
        "unit": f"U{number}",
        "name": f"第{number}单位",
        "credit_code": credit_code(number),
        **changes,
    }
    registered = Fact(
        "unit_registered.v1",
        "example/1",
        {**examples.EVENTS["unit_registered.v1"], **about},
    )
    return registered, Fact("unit_approved.v1", "example/1", {"unit": f"U{number}"})
