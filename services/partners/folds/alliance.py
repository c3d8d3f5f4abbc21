"""A partner's stays in the 益·社 alliance: in the partner itself, and each as a membership of its own."""

from schemas.documents import Json, pick
from schemas.partners.partners import MOST_TOLD
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.partners.folds.partners import PLACES, partner_of, put

FOR_EVER = "9999-12-31"
MEMBERSHIPS = Collection(
    "memberships", tuple((place, "ends") for place in PLACES)
)  # By partner and first day.
COLLECTIONS = (MEMBERSHIPS,)


def fold_joined(docs: Overlay, event: Event) -> None:
    partner = partner_of(docs, event)
    stay = pick(event.data, "since")
    stays = [*partner["alliance"], stay]
    put(docs, partner | {"alliance": stays[-MOST_TOLD:]})
    _put_membership(docs, partner, stay)


def fold_left(docs: Overlay, event: Event) -> None:
    partner = partner_of(docs, event)
    end_stay(docs, partner, event.data["until"], event.data["reason"])


def end_stay(docs: Overlay, partner: Json, until: str, reason: str) -> None:
    """Ends the partner's latest stay with the day `until`."""
    *before, last = partner["alliance"]
    stay = last | {"until": until, "reason": reason}
    put(docs, partner | {"alliance": [*before, stay]})
    _put_membership(docs, partner, stay)


def _put_membership(docs: Overlay, partner: Json, stay: Json) -> None:
    membership = stay | pick(partner, *PLACES)
    membership["id"] = f"{partner['id']}:{stay['since']}"
    membership["partner"] = partner["id"]
    membership["ends"] = stay.get("until", FOR_EVER)
    docs.put("memberships", membership)


OWN: Folds = {
    "alliance_joined.v1": fold_joined,
    "alliance_left.v1": fold_left,
}
