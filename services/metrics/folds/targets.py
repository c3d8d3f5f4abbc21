"""Targets as last set; one for each figure of a scope and period."""

from schemas.documents import pick
from schemas.metrics.definitions import BY_IDENTIFIER
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("targets", (("id",), ("scope", "id"))),)


def target_id(scope: str, period: str, figure: str) -> str:
    return f"{scope}:{period}:{figure}"


def fold_set(docs: Overlay, event: Event) -> None:
    definition = BY_IDENTIFIER[event.data["figure"]]
    target = pick(event.data, "scope", "period", "figure", "value")
    named = {"name": definition.name, "unit": definition.unit}
    docs.put("targets", {"id": event.data["target"]} | target | named)


OWN: Folds = {"target_set.v1": fold_set}
