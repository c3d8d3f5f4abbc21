"""Courtyards and micro-grids by code, each with its periods in order; and those of each community."""

from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

COLLECTIONS = (Collection("courtyards"), Collection("grids"), territory.COURTYARD_ROLLS)


def fold_recorded(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        code = event.data[kind]
        before = docs.get(f"{kind}s", code) or {"id": code, "periods": []}
        docs.put(
            f"{kind}s", {**before, "periods": [*before["periods"], event.without(kind)]}
        )
        territory.enrol(docs, kind, event)

    return fold


def fold_ended(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        area = docs.the(f"{kind}s", event.data[kind])
        *before, last = area["periods"]
        docs.put(
            f"{kind}s",
            {
                **area,
                "periods": [*before, {**last, "valid_to": event.data["valid_to"]}],
            },
        )
        territory.enrol(docs, kind, event)

    return fold


OWN: Folds = {
    f"{kind}_{done}.v1": fold(kind)
    for kind in ("courtyard", "grid")
    for done, fold in (("recorded", fold_recorded), ("ended", fold_ended))
}
