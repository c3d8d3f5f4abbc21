"""Hosts as other services know them: what they are called, who is secretary when, who is approved, who is paused.

A host is `branch/B1`, `unit/U1`, `partner/P1` or `community/510108015001`.
Who needs their names alone folds `host_names`.
"""

from schemas.documents import Json, pick, pick_present
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay, Reads

BRANCHES = Collection("branches")
UNITS = Collection("units")
PARTNERS = Collection("partners")
COLLECTIONS = (BRANCHES, UNITS, PARTNERS)

KEPT_IN = {
    "branch": BRANCHES.name,
    "unit": UNITS.name,
    "partner": PARTNERS.name,
    "community": territory.DIVISIONS.name,
}
TOLD_BY = {
    "branch": "branches",
    "unit": "cobuild",
    "partner": "partners",
    "community": territory.SOURCE,
}


def known_by(kind: str, *fields: str, **standing: str) -> Fold:
    """Keeps of an event about a host those of these fields that it has, and how the host stands since."""
    collection = KEPT_IN[kind]

    def fold(docs: Overlay, event: Event) -> None:
        id = event.data[kind]
        before = docs.get(collection, id) or {"id": id}
        now = pick_present(event.data, *fields)
        docs.put(collection, before | now | standing)

    return fold


def changed(kind: str, *fields: str) -> Fold:
    """Keeps these fields of a host that is known. Of one that never was there is nothing to change: `KeyError`."""

    def fold(docs: Overlay, event: Event) -> None:
        now = pick_present(event.data, *fields)
        docs.change(KEPT_IN[kind], event.data[kind], **now)

    return fold


def fold_branch_established(docs: Overlay, event: Event) -> None:
    branch = {"id": event.data["branch"], "name": event.data["name"], "terms": []}
    docs.put(BRANCHES.name, branch)


def fold_branch_ended(docs: Overlay, event: Event) -> None:
    """Merged or dissolved: `ended_on` is the first day on which it is no more."""
    docs.change(BRANCHES.name, event.data["branch"], ended_on=event.data["on"])


def fold_secretary_appointed(docs: Overlay, event: Event) -> None:
    id = event.data["branch"]
    branch = docs.the(BRANCHES.name, id)
    term = pick(event.data, "person", "since", "until")
    terms = [*branch["terms"], term]
    docs.change(BRANCHES.name, id, terms=terms)


def stands(kind: str, state: str) -> Fold:
    """A fold after which the host is in `state`."""
    return known_by(kind, "name", state=state)


def name_of(docs: Reads, party: str, field: str) -> Json:
    """`{field: name}` of a host or a division code; nothing when it is not known, or not released."""
    kind, _, id = party.rpartition("/")
    collection = KEPT_IN[kind or "community"]
    doc = docs.get(collection, id) or {}
    return {field: doc["name"]} if "name" in doc else {}


def called(docs: Reads, party: str) -> str:
    """The host or place in quotes; as it was named where its name is not known, or not released."""
    named = name_of(docs, party, "name")
    return f"“{named['name']}”" if named else f" {party} "


OF_BRANCHES: Folds = {
    "branch_established.v1": fold_branch_established,
    "branch_renamed.v1": changed("branch", "name"),
    "branch_merged.v1": fold_branch_ended,
    "branch_dissolved.v1": fold_branch_ended,
    "secretary_appointed.v1": fold_secretary_appointed,
}
OF_COBUILD: Folds = {
    "unit_registered.v1": stands("unit", "pending"),
    "unit_updated.v1": changed("unit", "name"),
    "unit_approved.v1": stands("unit", "approved"),
    "unit_rejected.v1": stands("unit", "rejected"),
    "unit_approval_withdrawn.v1": stands("unit", "pending"),
    "unit_suspended.v1": stands("unit", "suspended"),
    "unit_reinstated.v1": stands("unit", "reinstated"),
    "unit_ended.v1": stands("unit", "withdrawn"),
}
OF_PARTNERS: Folds = {
    "partner_applied.v1": stands("partner", "pending"),
    "partner_applied.v2": stands("partner", "pending"),
    "partner_applied.v3": stands("partner", "pending"),
    "partner_reapplied.v1": stands("partner", "pending"),
    "partner_reapplied.v2": stands("partner", "pending"),
    "partner_reapplied.v3": stands("partner", "pending"),
    "partner_profile_updated.v1": changed("partner", "name"),
    "partner_profile_updated.v2": changed("partner", "name"),
    "partner_profile_updated.v3": changed("partner", "name"),
    "partner_approved.v1": stands("partner", "approved"),
    "partner_approved.v2": stands("partner", "approved"),
    "partner_rejected.v1": stands("partner", "rejected"),
    "partner_suspended.v1": stands("partner", "suspended"),
    "partner_reinstated.v1": stands("partner", "reinstated"),
    "partner_withdrawn.v1": stands("partner", "withdrawn"),
    "partner_approval_withdrawn.v1": stands("partner", "pending"),
}
