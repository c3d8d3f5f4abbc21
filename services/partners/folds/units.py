"""What partners must know of others: which unit has a partner's credit code, and who has posted an activity."""

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

COLLECTIONS = (Collection("units"), Collection("unit_codes"), Collection("hosts"))


def fold_unit(docs: Overlay, event: Event) -> None:
    known = docs.get("units", event.data["unit"]) or {
        "id": event.data["unit"],
        "holds": False,
    }
    said: Json = {
        name: event.data[name] for name in ("name", "credit_code") if name in event.data
    }
    _put_unit(docs, {**known, **said})


def fold_unit_standing(*, holds: bool) -> Fold:
    """Whether the unit is one that is struck when its partner is suspended."""

    def fold(docs: Overlay, event: Event) -> None:
        _put_unit(docs, {**docs.the("units", event.data["unit"]), "holds": holds})

    return fold


def _put_unit(docs: Overlay, unit: Json) -> None:
    before = docs.get("units", unit["id"]) or unit
    docs.put("units", unit)
    if unit["holds"]:
        docs.put(
            "unit_codes",
            {"id": unit["credit_code"], "unit": unit["id"], "name": unit["name"]},
        )
    elif before["holds"]:
        docs.put("unit_codes", {"id": unit["credit_code"]})


def fold_hosted(docs: Overlay, event: Event) -> None:
    """Something was drafted for the host: an approval that could be taken back has been made use of."""
    docs.put("hosts", {"id": event.data["host"]})


OF_COBUILD: Folds = {
    "unit_registered.v1": fold_unit,
    "unit_updated.v1": fold_unit,
    "unit_approved.v1": fold_unit_standing(holds=True),
    "unit_approval_withdrawn.v1": fold_unit_standing(holds=False),
    "unit_ended.v1": fold_unit_standing(holds=False),
}
OF_ACTIVITIES: Folds = {
    "activity_drafted.v1": fold_hosted,
    "activity_drafted.v2": fold_hosted,
}
