"""Where the organisations are for which roles are held, as their own services tell it."""

from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay
from services.people.model.places import OWNERS

COLLECTIONS = OWNERS


def fold_owner(kind: str, collection: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        place = {"id": event.data[kind], "community": event.data["community"]}
        docs.put(collection, place)

    return fold


OF_PARTNERS: Folds = {
    f"partner_applied.v{version}": fold_owner("partner", "partners")
    for version in (1, 2, 3)
}
OF_COBUILD: Folds = {"unit_registered.v1": fold_owner("unit", "units")}
OF_BRANCHES: Folds = {"branch_established.v1": fold_owner("branch", "branches")}
