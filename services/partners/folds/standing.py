"""How a partner stands once it was approved."""

from functools import partial

from schemas.documents import without
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Folds, Overlay
from services.partners.folds.alliance import end_stay
from services.partners.folds.applications import fold_decided
from services.partners.folds.partners import decided, partner_of, put
from services.partners.model.alliance import last_stay


def fold_approval_withdrawn(docs: Overlay, event: Event) -> None:
    partner = decided(partner_of(docs, event), "unapprove", event)
    put(docs, partner | {"waits_since": event.time})


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    """Who withdraws leaves the alliance as well; an application takes along what was written in it."""
    partner = without(partner_of(docs, event), "notes")
    partner = decided(partner, "withdraw", event)
    put(docs, partner)
    last = last_stay(partner)
    if last is not None and "until" not in last:
        today = day_of(event.time)
        until = max(last["since"], today)
        end_stay(docs, partner, until, event.data["reason"])


OWN: Folds = {
    "partner_approval_withdrawn.v1": fold_approval_withdrawn,
    "partner_suspended.v1": partial(fold_decided, step="suspend"),
    "partner_reinstated.v1": partial(fold_decided, step="reinstate"),
    "partner_withdrawn.v1": fold_withdrawn,
}
