"""What cobuild must know of partners: the code of each, and which of them is suspended."""

from functools import partial

from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (Collection("partners"), Collection("partner_codes"))


def fold_applied(docs: Overlay, event: Event) -> None:
    code = event.data.get("credit_code", "")
    docs.put("partners", {"id": event.data["partner"], "credit_code": code})


def fold_standing(docs: Overlay, event: Event, *, suspended: bool) -> None:
    partner = docs.the("partners", event.data["partner"])
    code = partner["credit_code"]
    if code:
        docs.put("partner_codes", {"id": code, "suspended": suspended})


OF_PARTNERS: Folds = {
    "partner_applied.v1": fold_applied,
    "partner_applied.v2": fold_applied,
    "partner_applied.v3": fold_applied,
    "partner_reapplied.v1": fold_applied,
    "partner_reapplied.v2": fold_applied,
    "partner_reapplied.v3": fold_applied,
    "partner_suspended.v1": partial(fold_standing, suspended=True),
    "partner_reinstated.v1": partial(fold_standing, suspended=False),
    "partner_withdrawn.v1": partial(fold_standing, suspended=False),
}
