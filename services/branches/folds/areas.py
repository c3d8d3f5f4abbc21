"""Courtyards and micro-grids by code, each with its periods in order; and those of each community."""

from functools import partial

from schemas.documents import Json, pick
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("courtyards"), Collection("grids"), territory.COURTYARD_ROLLS)


def fold_recorded(docs: Overlay, event: Event, *, kind: str) -> None:
    code = event.data[kind]
    new: Json = {"id": code, "periods": []}
    area = docs.get(f"{kind}s", code) or new
    periods = [*area["periods"], event.without(kind)]
    docs.put(f"{kind}s", area | {"periods": periods})
    territory.enrol(docs, kind, event)


def fold_ended(docs: Overlay, event: Event, *, kind: str) -> None:
    area = docs.the(f"{kind}s", event.data[kind])
    *before, last = area["periods"]
    ended = last | pick(event.data, "valid_to")
    docs.change(f"{kind}s", area["id"], periods=[*before, ended])
    territory.enrol(docs, kind, event)


OWN: Folds = {
    "courtyard_recorded.v1": partial(fold_recorded, kind="courtyard"),
    "courtyard_ended.v1": partial(fold_ended, kind="courtyard"),
    "grid_recorded.v1": partial(fold_recorded, kind="grid"),
    "grid_ended.v1": partial(fold_ended, kind="grid"),
}
