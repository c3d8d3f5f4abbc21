"""Sessions and who comes to them, as metrics hears of them, and the cells that follow."""

from typing import Any

from schemas.documents import Json
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from services.metrics.folds.cells import cell_id
from services.metrics.service import Metrics
from tests.examples.activities import ACTIVITY, CONTENT, SESSION
from tests.given import given, given_from

DISTRICT, COMMUNITY = "510108", CONTENT["community"]
DAY = "2026-06-13"
OF: dict[str, Any] = {"activity": ACTIVITY, "session": SESSION}


def after(*facts: Fact) -> Overlay:
    return given_from(given(Metrics), Metrics, "activities", *facts)


def tell(docs: Overlay, type: str, **data: Any) -> Overlay:
    """News in words this clone's activities does not know yet."""
    docs.fold(
        Event(docs.seq + 1, "E", type, "activity/A", "", {**OF, **data}, ""),
        Metrics.folds["activities"],
    )
    return docs


def came(person: str) -> Fact:
    told = {"person": person, "at": "2026-06-13T01:05:00.000Z", "way": "scanned"}
    return Fact("checked_in.v1", "activity/A", {**OF, **told})


def cell(
    docs: Overlay,
    period: str = DAY,
    dimension: str = "all",
    value: str = "",
    scope: str = DISTRICT,
) -> Json:
    return docs.get("cells", cell_id(scope, period, dimension, value)) or {}


def figures(docs: Overlay, *names: str, **where: str) -> list[int]:
    found = cell(docs, **where)
    return [found.get(name, 0) for name in names]
