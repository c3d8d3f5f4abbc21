"""Partners as they stand, and each of them once for every category it serves."""

from itertools import product

from schemas.documents import Json, pick_present, without
from schemas.partners.partners import MOST_TOLD
from services.kit.log import Event
from services.kit.views import Collection, Overlay
from services.partners.model.lifecycles import PARTNER

PLACES = ("district", "street", "community")

# Every choice of place, state and kind that a list may be asked for.
CHOICES = [
    tuple(field for field in choice if field)
    for choice in product(("", *PLACES), ("", "state"), ("", "kind"))
]
# And of one's own, every choice with a state.
ALL_CHOICES = [*CHOICES, *(("by", *choice) for choice in CHOICES if "state" in choice)]

WAITING = [
    ("state", "waits_since"),
    *((place, "state", "waits_since") for place in PLACES),
]
PARTNERS = Collection(
    "partners",
    (
        *((*choice, "id") for choice in ALL_CHOICES),
        ("by", "applied_on", "id"),
        ("credit_code", "state", "id"),
        *WAITING,
    ),
    searched=("name", "kind", "categories"),
)
SERVED = Collection(
    "served", tuple(("category", *choice, "id") for choice in ALL_CHOICES)
)  # By partner and category.
COLLECTIONS = (PARTNERS, SERVED)
AWAITED = {"applied", "appealed"}


def partner_of(docs: Overlay, event: Event) -> Json:
    """The one the event is about. Raises `KeyError` when there is none."""
    return docs.the("partners", event.data["partner"])


def decided(partner: Json, step: str, event: Event) -> Json:
    """The partner as the step leaves it, with the decision among the latest it shows."""
    decision = {"state": PARTNER.steps[step].after, "at": event.time}
    decision |= pick_present(event.data, "by", "reason")
    decisions = [*partner["decisions"], decision]
    latest = partner | {"decisions": decisions[-MOST_TOLD:]}
    return PARTNER.after(latest, step)


def put(docs: Overlay, partner: Json) -> None:
    """Remembers the partner, which waits for a decision no longer than it is to be had."""
    if partner["state"] not in AWAITED:
        partner = without(partner, "waits_since")
    _put_served(docs, partner)
    docs.put("partners", partner)


def _put_served(docs: Overlay, partner: Json) -> None:
    """For lists by category; only an id is left of a category the partner no longer serves."""
    id = partner["id"]
    before = docs.get("partners", id) or partner
    now = partner["categories"]
    for category in {*before["categories"], *now}:
        served: Json = {"id": f"{id}:{category}"}
        if category in now:
            served = partner | served | {"partner": id, "category": category}
        docs.put("served", served)
