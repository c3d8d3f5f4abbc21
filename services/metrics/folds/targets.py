"""Targets as last set; one for each figure of a scope and period."""

from schemas.metrics.definitions import BY_IDENTIFIER
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("targets", (("id",), ("scope", "id"))),)


def target_id(scope: str, period: str, figure: str) -> str:
    return f"{scope}:{period}:{figure}"


def fold_set(docs: Overlay, event: Event) -> None:
    definition = BY_IDENTIFIER[event.data["figure"]]
    told = {name: event.data[name] for name in ("scope", "period", "figure", "value")}
    docs.put(
        "targets",
        {
            **told,
            "id": event.data["target"],
            "name": definition.name,
            "unit": definition.unit,
        },
    )


OWN: Folds = {"target_set.v1": fold_set}
