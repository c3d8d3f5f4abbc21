"""What was published, and a change to it."""

from typing import Any

from schemas.documents import Json
from services.activities.rules import changes
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import given_from
from tests.unit.activities.stage import secretary


def change(docs: Overlay, **said: Any) -> Fact:
    command = {"activity": ACTIVITY, "which": "all", "reason": "换了场地", **said}
    return changes.change(docs, command, secretary())


def after(docs: Overlay, **said: Any) -> list[Json]:
    """The sessions in order of number, after the change."""
    given_from(docs, Activities, "activities", change(docs, **said))
    return [docs.the("sessions", f"{ACTIVITY}.{number}") for number in (1, 2, 3)]
