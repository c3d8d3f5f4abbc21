"""What the partners service remembers and shows."""

from schemas.credit_code import is_doubtful
from schemas.partners import MOST_TOLD
from services.kit import territory
from services.kit.entrypoints import Asked
from services.kit.log import Data, Event
from services.kit.paging import page
from services.kit.views import Collection, Doc, Find, Fold, Folds, Overlay, Reads
from services.partners.rules import the_partner

STATE_TEXTS = {"applied": "待审核", "approved": "已通过", "rejected": "未通过"}
PLACES = ("district", "street", "community")

PARTNERS = Collection(
    "partners",
    (("id",), ("state", "id"), *((place, "id") for place in PLACES), *((place, "state", "id") for place in PLACES)),
)
HOLDERS = Collection("holders")  # By credit code: the partner that holds it, "" once it was let go.
COLLECTIONS = (PARTNERS, HOLDERS, territory.DIVISIONS)


def fold_applied(docs: Overlay, event: Event) -> None:
    """Applied or applied again: what is left out of the second application is not kept from the first."""
    said = _said(event)
    id, community = event.data["partner"], said["community"]
    before = docs.get("partners", id) or {"by": said["by"], "decisions": []}
    partner = {
        **said,
        "by": before["by"],
        "decisions": before["decisions"],
        "id": id,
        "street": territory.street_of(community),
        "district": territory.district_of(community),
        "code_doubtful": "credit_code" in said and is_doubtful(said["credit_code"]),
    }
    _put(docs, partner, "applied")


def fold_decided(state: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        partner = docs.the("partners", event.data["partner"])
        told = {"state": state, "at": event.time}
        if "reason" in event.data:
            told["reason"] = event.data["reason"]
        _put(docs, {**partner, "decisions": [*partner["decisions"], told][-MOST_TOLD:]}, state)

    return fold


def fold_profile_updated(docs: Overlay, event: Event) -> None:
    """`hours` left out are hours taken back."""
    partner = docs.the("partners", event.data["partner"])
    kept = {name: value for name, value in partner.items() if name != "hours"}
    _put(docs, {**kept, **_said(event)}, partner["state"])


def _said(event: Event) -> Doc:
    return {name: value for name, value in event.data.items() if name != "partner"}


def _put(docs: Overlay, partner: Doc, state: str) -> None:
    """The partner in its state; its code is held unless it is rejected."""
    docs.put("partners", {**partner, "state": state, "state_text": STATE_TEXTS[state]})
    if "credit_code" in partner:
        holder = "" if state == "rejected" else partner["id"]
        docs.put("holders", {"id": partner["credit_code"], "partner": holder, "name": partner["name"]})


FOLDS: dict[str, Folds] = {
    "partners": {
        "partner_applied.v1": fold_applied,
        "partner_reapplied.v1": fold_applied,
        "partner_approved.v1": fold_decided("approved"),
        "partner_rejected.v1": fold_decided("rejected"),
        "partner_profile_updated.v1": fold_profile_updated,
    },
    territory.SOURCE: territory.DIVISION_FOLDS,
}


def get_partner(views: Reads, question: Data, asked: Asked) -> Doc:
    return the_partner(views, question["partner"])


def list_partners(views: Reads, question: Data, asked: Asked) -> Data:
    where = {"state": question["state"]} if "state" in question else {}
    if "division" in question:
        where[territory.LEVELS[len(question["division"])]] = question["division"]
    return page(views, question, Find("partners", where, "id"))
