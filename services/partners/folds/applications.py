"""Applications to be a partner, what is decided on them, and what a partner says of itself."""

from dataclasses import replace
from functools import partial

from schemas.credit_code import is_doubtful
from schemas.documents import Json, pick, pick_present, without
from services.district import appeals, territory
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay
from services.partners.folds.partners import decided, partner_of, put
from services.partners.model.hours import in_words
from services.partners.model.lifecycles import PARTNER

# As released, or where they are noted.
WORDS = ("name", "contact_role", "notes")


def fold_applied(docs: Overlay, event: Event) -> None:
    partner = _application(docs, event)
    partner["applied_on"] = day_of(event.time)
    partner |= {"decisions": [], "alliance": []}
    put(docs, PARTNER.begun(partner))


def fold_reapplied(docs: Overlay, event: Event) -> None:
    """What is left out of the second application is not kept from the first."""
    before = partner_of(docs, event)
    kept = pick_present(before, "by", "applied_on", "decisions", "alliance")
    partner = _application(docs, event) | kept
    put(docs, PARTNER.after(partner, "reapply"))


def fold_profile_updated(docs: Overlay, event: Event) -> None:
    """Hours left out are hours taken back."""
    kept = without(partner_of(docs, event), "hours", "hours_text", *WORDS)
    put(docs, PARTNER.after(kept | _profile(event), "update_profile"))


def fold_words_erased(docs: Overlay, event: Event) -> None:
    partner = without(partner_of(docs, event), *WORDS)
    put(docs, PARTNER.after(partner, "erase_words"))


def fold_decided(docs: Overlay, event: Event, *, step: str) -> None:
    put(docs, decided(partner_of(docs, event), step, event))


def fold_approved(docs: Overlay, event: Event) -> None:
    """What the applicant wrote is released."""
    partner = without(partner_of(docs, event), *WORDS)
    released = pick(event.data, "name", "contact_role")
    put(docs, decided(partner | released, "approve", event))


def fold_appealed(docs: Overlay, event: Event) -> None:
    partner = partner_of(docs, event) | appeals.appealed_by(event)
    notes = partner.get("notes", {})
    partner["notes"] = notes | {"appeal": event.data["note"]}
    put(docs, PARTNER.after(partner, "appeal"))


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    step = appeals.step_of(event.data)
    partner = decided(partner_of(docs, event), step, event)
    put(docs, partner | {"waits_since": event.time})


def of_the_first_version(fold: Fold) -> Fold:
    """A fold of the second version for events whose hours are a sentence, as `schemas/partner_profile.py` tells."""

    def fold_old(docs: Overlay, event: Event) -> None:
        content = event.without("hours")
        if "hours" in event.data:
            content["hours_text"] = event.data["hours"]
        fold(docs, replace(event, data=content))

    return fold_old


def _application(docs: Overlay, event: Event) -> Json:
    """The partner as it applies, and what follows from that; it waits from now on."""
    content = event.data
    code = content.get("credit_code")
    partner = _profile(event) | territory.placed(content["community"])
    return partner | {
        "id": content["partner"],
        "code_doubtful": code is not None and is_doubtful(code),
        "similar": [_similar(docs, other) for other in content.get("similar", ())],
        "waits_since": event.time,
    }


def _profile(event: Event) -> Json:
    """What a partner says of itself in an application or a profile."""
    profile = event.without("partner")
    if "hours" in profile:
        profile["hours_text"] = in_words(profile["hours"])
    return profile


def _similar(docs: Overlay, other: Json | str) -> Json:
    """Another partner as it was then: until the third version the event said all of it."""
    if not isinstance(other, str):
        return other
    partner = docs.the("partners", other)
    return {"partner": other} | pick(partner, "name", "state")


OWN: Folds = {
    "partner_applied.v1": of_the_first_version(fold_applied),
    "partner_applied.v2": fold_applied,
    "partner_applied.v3": fold_applied,
    "partner_reapplied.v1": of_the_first_version(fold_reapplied),
    "partner_reapplied.v2": fold_reapplied,
    "partner_reapplied.v3": fold_reapplied,
    "partner_profile_updated.v1": of_the_first_version(fold_profile_updated),
    "partner_profile_updated.v2": fold_profile_updated,
    "partner_profile_updated.v3": fold_profile_updated,
    "partner_words_erased.v1": fold_words_erased,
    "partner_approved.v1": partial(fold_decided, step="approve"),
    "partner_approved.v2": fold_approved,
    "partner_rejected.v1": partial(fold_decided, step="reject"),
    "partner_appealed.v1": fold_appealed,
    "partner_appeal_decided.v1": fold_appeal_decided,
}
