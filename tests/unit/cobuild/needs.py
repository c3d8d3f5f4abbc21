"""What tests of needs and offerings begin with."""

from datetime import datetime
from typing import Any

import marshmallow as ma
import pytest

import schemas.cobuild as schemas
from schemas import fields
from services.cobuild.views.needs import list_needs
from services.kit.entrypoints import Asked
from services.kit.views import Overlay
from tests.examples import cobuild as examples

COMMANDS = examples.COMMANDS
CLAIM = {"need": "N1", "unit": "U1", "due": examples.DUE}


def at(who: Asked, now: datetime) -> Asked:
    return Asked(who.actor, now, who.new_id)


def complaint(schema: type[fields.Schema], payload: Any) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(payload)
    told = fields.complaints(caught.value)[0]
    return told["path"], told["code"]


def listed(docs: Overlay, who: Asked, **question: Any) -> list[str]:
    found = list_needs(docs, schemas.needs.ListNeeds().load(question), who)
    return [need["id"] for need in found["items"]]
