"""An activity open to some, and who signs up to it."""

from typing import Any

from schemas.documents import Json
from services.activities.rules import signups
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, CONTENT, STREAM
from tests.given import given_from
from tests.unit.activities.stage import BEFORE, OPENED, resident, stage


def open_to(**terms: Any) -> Overlay:
    return stage(
        Fact("activity_published.v2", STREAM, {**CONTENT, "terms": terms}), OPENED
    )


def sign_up(docs: Overlay, *party: Json, who: str = "R1") -> list[Json]:
    """The party as the event tells of it."""
    said = [{"relation": "self", **member} for member in party]
    fact = signups.sign_up(
        docs, {"activity": ACTIVITY, "party": said}, resident(who, new_id=f"S-{who}")
    )
    given_from(docs, Activities, "activities", fact, now=BEFORE)
    told: list[Json] = fact.data["party"]
    return told
