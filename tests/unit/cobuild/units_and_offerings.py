"""Units and offerings, and who speaks for them."""

from collections.abc import Callable

import marshmallow as ma
import pytest

from schemas import fields
from schemas.documents import Json
from services.cobuild.rules import offerings, units
from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import DIVISIONS, asked, example_of, given, given_from

LIAISON = asked(("unit_liaison", "unit/U1"), id="P2")
STREET = asked(("street_admin", "510108015"), id="P4")
ANONYMOUS = asked(id="anonymous")
COMMANDS = examples.COMMANDS
REGISTERED = example_of(examples, "unit_registered.v1")
UNIT_APPROVED = example_of(examples, "unit_approved.v1")
UNIT_REJECTED = example_of(examples, "unit_rejected.v1")
PUBLISHED = example_of(examples, "offering_published.v2")
APPROVED_UNIT = (REGISTERED, UNIT_APPROVED)


def after(*facts: Fact) -> Overlay:
    return given_from(given(Cobuild, *facts), Cobuild, "branches", *DIVISIONS)


def code_of(schema: type[fields.Schema], payload: Json) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(payload)
    told = fields.complaints(caught.value)[0]
    return told["path"], told["code"]


def rule(name: str) -> Callable[[Overlay, Json, Asked], Fact]:
    found: Callable[[Overlay, Json, Asked], Fact] = getattr(
        units, name, None
    ) or getattr(offerings, name)
    return found
