"""What hosts are called, and where units are, for who need not know how they stand."""

from services.district import hosts
from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay

COLLECTIONS = hosts.COLLECTIONS


def fold_named(kind: str, *fields: str) -> Fold:
    """An event may say no name: that of a partner is released when it is approved."""
    fold_known = hosts.known_by(kind, "name", *fields)

    def fold(docs: Overlay, event: Event) -> None:
        if "name" in event.data:
            fold_known(docs, event)

    return fold


OF_BRANCHES: Folds = {
    "branch_established.v1": fold_named("branch"),
    "branch_renamed.v1": fold_named("branch"),
}
OF_COBUILD: Folds = {
    "unit_registered.v1": fold_named("unit", "community"),
    "unit_updated.v1": fold_named("unit", "community"),
}
OF_PARTNERS: Folds = {
    "partner_applied.v1": fold_named("partner"),
    "partner_applied.v2": fold_named("partner"),
    "partner_applied.v3": fold_named("partner"),
    "partner_reapplied.v1": fold_named("partner"),
    "partner_reapplied.v2": fold_named("partner"),
    "partner_reapplied.v3": fold_named("partner"),
    "partner_profile_updated.v1": fold_named("partner"),
    "partner_profile_updated.v2": fold_named("partner"),
    "partner_profile_updated.v3": fold_named("partner"),
    "partner_approved.v1": fold_named("partner"),
    "partner_approved.v2": fold_named("partner"),
}
