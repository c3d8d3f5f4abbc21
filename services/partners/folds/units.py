"""What partners must know of units: which of them has a partner's credit code."""

from functools import partial

from schemas.documents import Json, pick_present
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("units"), Collection("unit_codes"))


def fold_unit(docs: Overlay, event: Event) -> None:
    id = event.data["unit"]
    unit = docs.get("units", id) or {"id": id, "holds": False}
    _put_unit(docs, unit | pick_present(event.data, "name", "credit_code"))


def fold_unit_standing(docs: Overlay, event: Event, *, holds: bool) -> None:
    """Whether the unit is one that is struck when its partner is suspended."""
    unit = docs.the("units", event.data["unit"])
    _put_unit(docs, unit | {"holds": holds})


def _put_unit(docs: Overlay, unit: Json) -> None:
    """The unit, and under its code; only an id is left there when it holds the code no longer."""
    before = docs.get("units", unit["id"]) or unit
    docs.put("units", unit)
    held = {"id": unit["credit_code"]}
    if unit["holds"]:
        docs.put("unit_codes", held | {"unit": unit["id"], "name": unit["name"]})
    elif before["holds"]:
        docs.put("unit_codes", held)


OF_COBUILD: Folds = {
    "unit_registered.v1": fold_unit,
    "unit_updated.v1": fold_unit,
    "unit_approved.v1": partial(fold_unit_standing, holds=True),
    "unit_approval_withdrawn.v1": partial(fold_unit_standing, holds=False),
    "unit_ended.v1": partial(fold_unit_standing, holds=False),
}
