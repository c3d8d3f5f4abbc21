"""What hosts and units are called."""

from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

BRANCHES, UNITS, PARTNERS = Collection("branches"), Collection("units"), Collection("partners")
COLLECTIONS = (BRANCHES, UNITS, PARTNERS)


def fold_name(collection: Collection, field: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        docs.put(collection.name, {"id": event.data[field], "name": event.data["name"]})

    return fold


OF_BRANCHES: Folds = {"branch_established.v1": fold_name(BRANCHES, "branch")}
OF_COBUILD: Folds = {
    "unit_registered.v1": fold_name(UNITS, "unit"),
    "unit_updated.v1": fold_name(UNITS, "unit"),
}
OF_PARTNERS: Folds = {
    "partner_applied.v1": fold_name(PARTNERS, "partner"),
    "partner_reapplied.v1": fold_name(PARTNERS, "partner"),
}
