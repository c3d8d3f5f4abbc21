"""Courtyards and micro-grids by code, each with its periods in order; and those of each community."""

from schemas.documents import pick
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

COLLECTIONS = (Collection("courtyards"), Collection("grids"), territory.COURTYARD_ROLLS)


def fold_recorded(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        code = event.data[kind]
        area = docs.get(f"{kind}s", code) or {"id": code, "periods": []}
        periods = [*area["periods"], event.without(kind)]
        docs.put(f"{kind}s", area | {"periods": periods})
        territory.enrol(docs, kind, event)

    return fold


def fold_ended(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        area = docs.the(f"{kind}s", event.data[kind])
        *before, last = area["periods"]
        periods = [*before, last | pick(event.data, "valid_to")]
        docs.put(f"{kind}s", area | {"periods": periods})
        territory.enrol(docs, kind, event)

    return fold


OWN: Folds = {
    "courtyard_recorded.v1": fold_recorded("courtyard"),
    "courtyard_ended.v1": fold_ended("courtyard"),
    "grid_recorded.v1": fold_recorded("grid"),
    "grid_ended.v1": fold_ended("grid"),
}
