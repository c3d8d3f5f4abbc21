"""A figure opened down to its facts, page by page, and what they add up to."""

from collections.abc import Iterator
from typing import Any

from schemas.documents import Json
from schemas.metrics.definitions import BY_IDENTIFIER, FINDING_P50, PERCENTILES
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.metrics.folds.cells import cell_id
from services.metrics.reckoning import values
from services.metrics.views.facts import facts

OF_TIMES = PERCENTILES | {FINDING_P50.identifier: 50}


def pages(docs: Reads, who: Asked, question: Json) -> Iterator[list[Json]]:
    place = None
    while True:
        page = facts(docs, {**question, "limit": 3, "after": place}, who)
        assert len(page["items"]) <= 3
        yield page["items"]
        place = page["next"]
        if place is None:
            return


def ask(figure: str, cell: tuple[str, str, str, str], **more: Any) -> Json:
    scope, period, dimension, value = cell
    named = {"value": value} if value else {}
    return {
        "scope": scope,
        "period": period,
        "figure": figure,
        "dimension": dimension,
        **named,
        **more,
    }


def added_up(figure: str, found: list[Json]) -> float | None:
    """The figure as it follows from the facts alone."""
    if figure in OF_TIMES:
        minutes: dict[int, int] = {}
        for fact in found:
            minutes[fact["contribution"]] = (
                minutes.get(fact["contribution"], 0) + fact["whole"]
            )
        return values.percentile(minutes, OF_TIMES[figure])
    contributed = sum(fact["contribution"] for fact in found)
    if not BY_IDENTIFIER[figure].whole:
        return int(contributed)
    whole = sum(fact["whole"] for fact in found)
    return round(contributed / whole, 4) if whole else None


def figures_of(docs: Reads, cell: tuple[str, str, str, str]) -> Json:
    scope, period, dimension, _ = cell
    if dimension == "all":
        return values.of_scope(docs, scope, period)
    return values.of_value(docs, dimension, cell_id(*cell))
