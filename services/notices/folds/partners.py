"""What is told of partners: to who applied, who works for one, and who decides."""

from functools import partial

from schemas.documents import pick_present
from services.district import hosts, territory
from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.subjects import the_partner
from services.notices.model.addressees import to_person

COLLECTIONS = (hosts.PARTNERS,)
tell = partial(notices.tell, "partners")
fold_named = hosts.changed("partner", "name")


def fold_applied(docs: Overlay, event: Event) -> None:
    """What it is called is not told before the street has approved it: it is called by its kind."""
    content = event.data
    name: str = content.get("name") or content["kind"]
    remember = hosts.known_by("partner", "by", "community", name=name)
    remember(docs, event)
    partner = docs.the("partners", content["partner"])
    to = [territory.street_of(partner["community"])]
    words = {"partner": partner["name"]}
    tell(docs, event, "partner_to_approve", to, words)


def fold_decided(kind: str) -> Fold:
    """Told to who applied: nobody holds a role of the partner yet."""

    def fold(docs: Overlay, event: Event) -> None:
        partner = the_partner(docs, event)
        words = {"partner": partner["name"]} | pick_present(event.data, "reason")
        to = [to_person(partner["by"])]
        tell(docs, event, kind, to, words)

    return fold


def fold_approved(docs: Overlay, event: Event) -> None:
    fold_named(docs, event)
    fold_decided("partner_approved")(docs, event)


def fold_standing(kind: str) -> Fold:
    """Told to who works for the partner."""

    def fold(docs: Overlay, event: Event) -> None:
        partner = the_partner(docs, event)
        words = {"partner": partner["name"]} | pick_present(event.data, "reason")
        to = [f"partner/{partner['id']}"]
        tell(docs, event, kind, to, words)

    return fold


def fold_appealed(docs: Overlay, event: Event) -> None:
    partner = the_partner(docs, event)
    to = [territory.street_of(partner["community"])]
    words = {"title": partner["name"]}
    tell(docs, event, "application_appealed", to, words)


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    kind = "appeal_upheld" if event.data["upheld"] else "appeal_dismissed"
    _tell_applicant(docs, event, kind)


def fold_approval_withdrawn(docs: Overlay, event: Event) -> None:
    _tell_applicant(docs, event, "approval_withdrawn")


def _tell_applicant(docs: Overlay, event: Event, kind: str) -> None:
    partner = the_partner(docs, event)
    words = {"title": partner["name"]} | pick_present(event.data, "reason")
    to = [to_person(partner["by"])]
    tell(docs, event, kind, to, words)


FOLDS: Folds = {
    "partner_applied.v1": fold_applied,
    "partner_applied.v2": fold_applied,
    "partner_applied.v3": fold_applied,
    "partner_reapplied.v1": fold_applied,
    "partner_reapplied.v2": fold_applied,
    "partner_reapplied.v3": fold_applied,
    "partner_profile_updated.v1": fold_named,
    "partner_profile_updated.v2": fold_named,
    "partner_profile_updated.v3": fold_named,
    "partner_approved.v1": fold_decided("partner_approved"),
    "partner_approved.v2": fold_approved,
    "partner_rejected.v1": fold_decided("partner_rejected"),
    "partner_appealed.v1": fold_appealed,
    "partner_appeal_decided.v1": fold_appeal_decided,
    "partner_approval_withdrawn.v1": fold_approval_withdrawn,
    "partner_suspended.v1": fold_standing("partner_suspended"),
    "partner_reinstated.v1": fold_standing("partner_reinstated"),
    "partner_withdrawn.v1": fold_standing("partner_withdrawn"),
}
