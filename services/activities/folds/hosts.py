"""What is remembered of hosts: who is secretary when, who is approved, who is paused."""

from schemas.documents import pick, pick_present
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

COLLECTIONS = (Collection("branches"), Collection("units"), Collection("partners"))


def fold_branch_established(docs: Overlay, event: Event) -> None:
    branch = {"id": event.data["branch"], "name": event.data["name"], "terms": []}
    docs.put("branches", branch)


def fold_branch_ended(docs: Overlay, event: Event) -> None:
    docs.change("branches", event.data["branch"], ended_on=event.data["on"])


def fold_secretary_appointed(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    term = pick(event.data, "person", "since", "until")
    docs.change("branches", branch["id"], terms=[*branch["terms"], term])


def fold_standing(collection: str, field: str, state: str) -> Fold:
    """A unit or partner as far as a host must be known: its name, and whether it is approved and paused."""

    def fold(docs: Overlay, event: Event) -> None:
        id = event.data[field]
        before = docs.get(collection, id) or {}
        named = pick_present(before, "name") | pick_present(event.data, "name")
        docs.put(collection, named | {"id": id, "state": state})

    return fold


def fold_named(collection: str, field: str) -> Fold:
    """What it says of itself now: a name, perhaps; it stands as it did."""

    def fold(docs: Overlay, event: Event) -> None:
        named = pick_present(event.data, "name")
        docs.change(collection, event.data[field], **named)

    return fold


OF_BRANCHES: Folds = {
    "branch_established.v1": fold_branch_established,
    "branch_renamed.v1": fold_named("branches", "branch"),
    "branch_merged.v1": fold_branch_ended,
    "branch_dissolved.v1": fold_branch_ended,
    "secretary_appointed.v1": fold_secretary_appointed,
}
OF_COBUILD: Folds = {
    "unit_registered.v1": fold_standing("units", "unit", "pending"),
    "unit_updated.v1": fold_named("units", "unit"),
    "unit_approved.v1": fold_standing("units", "unit", "approved"),
    "unit_rejected.v1": fold_standing("units", "unit", "rejected"),
    "unit_approval_withdrawn.v1": fold_standing("units", "unit", "pending"),
    "unit_suspended.v1": fold_standing("units", "unit", "suspended"),
    "unit_reinstated.v1": fold_standing("units", "unit", "reinstated"),
    "unit_ended.v1": fold_standing("units", "unit", "withdrawn"),
}
OF_PARTNERS: Folds = {
    "partner_applied.v1": fold_standing("partners", "partner", "pending"),
    "partner_applied.v2": fold_standing("partners", "partner", "pending"),
    "partner_applied.v3": fold_standing("partners", "partner", "pending"),
    "partner_reapplied.v1": fold_standing("partners", "partner", "pending"),
    "partner_reapplied.v2": fold_standing("partners", "partner", "pending"),
    "partner_reapplied.v3": fold_standing("partners", "partner", "pending"),
    "partner_profile_updated.v1": fold_named("partners", "partner"),
    "partner_profile_updated.v2": fold_named("partners", "partner"),
    "partner_profile_updated.v3": fold_named("partners", "partner"),
    "partner_approved.v1": fold_standing("partners", "partner", "approved"),
    "partner_approved.v2": fold_standing("partners", "partner", "approved"),
    "partner_rejected.v1": fold_standing("partners", "partner", "rejected"),
    "partner_suspended.v1": fold_standing("partners", "partner", "suspended"),
    "partner_reinstated.v1": fold_standing("partners", "partner", "reinstated"),
    "partner_withdrawn.v1": fold_standing("partners", "partner", "withdrawn"),
    "partner_approval_withdrawn.v1": fold_standing("partners", "partner", "pending"),
}
