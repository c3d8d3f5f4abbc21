"""What hosts, units and campaigns are called."""

from schemas.documents import pick_present
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

BRANCHES = Collection("branches")
UNITS = Collection("units")
PARTNERS = Collection("partners")
CAMPAIGNS = Collection("campaigns")
COLLECTIONS = (BRANCHES, UNITS, PARTNERS, CAMPAIGNS)


def fold_name(collection: Collection, field: str) -> Fold:
    """An event may say no name: that of a partner is released when it is approved."""

    def fold(docs: Overlay, event: Event) -> None:
        if "name" in event.data:
            host = {"id": event.data[field], "name": event.data["name"]}
            docs.put(collection.name, host)

    return fold


def fold_unit(docs: Overlay, event: Event) -> None:
    """Its name may change; it stays where it is."""
    before = docs.get(UNITS.name, event.data["unit"]) or {"id": event.data["unit"]}
    docs.put(UNITS.name, before | pick_present(event.data, "name", "community"))


def name_campaign(docs: Overlay, event: Event) -> None:
    """Declared, or named by an activity of before campaigns were declared. Its name is its id."""
    if docs.get(CAMPAIGNS.name, event.data["campaign"]) is None:
        docs.put(CAMPAIGNS.name, {"id": event.data["campaign"]})


OF_ACTIVITIES: Folds = {"campaign_declared.v1": name_campaign}
OF_BRANCHES: Folds = {
    "branch_established.v1": fold_name(BRANCHES, "branch"),
    "branch_renamed.v1": fold_name(BRANCHES, "branch"),
}
OF_COBUILD: Folds = {
    "unit_registered.v1": fold_unit,
    "unit_updated.v1": fold_unit,
}
OF_PARTNERS: Folds = dict.fromkeys(
    (
        "partner_applied.v1", "partner_applied.v2", "partner_applied.v3",
        "partner_reapplied.v1", "partner_reapplied.v2", "partner_reapplied.v3",
        "partner_profile_updated.v1", "partner_profile_updated.v2", "partner_profile_updated.v3",
        "partner_approved.v1", "partner_approved.v2",
    ),
    fold_name(PARTNERS, "partner"),
)  # fmt: skip
