"""Partners as they stand, and each of them once for every category it serves."""

from itertools import product

from schemas.documents import Json, without
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
    decision: Json = {"state": PARTNER.steps[step].after, "at": event.time}
    for name in ("by", "reason"):
        if name in event.data:
            decision[name] = event.data[name]
    decisions = [*partner["decisions"], decision]
    return PARTNER.after(partner | {"decisions": decisions[-MOST_TOLD:]}, step)


def put(docs: Overlay, partner: Json) -> None:
    """Remembers the partner, which waits for a decision no longer than it is to be had."""
    if partner["state"] not in AWAITED:
        partner = without(partner, "waits_since")
    _put_served(docs, partner)
    docs.put("partners", partner)


def _put_served(docs: Overlay, partner: Json) -> None:
    """For lists by category; only an id is left of a category the partner no longer serves."""
    before = docs.get("partners", partner["id"]) or partner
    for category in {*before["categories"], *partner["categories"]}:
        served: Json = {"id": f"{partner['id']}:{category}"}
        if category in partner["categories"]:
            of_it = {"partner": partner["id"], "category": category}
            served = partner | served | of_it
        docs.put("served", served)
