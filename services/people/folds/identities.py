"""Which account an identity lets in to; "" where it was one's once."""

from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

COLLECTIONS = (Collection("identities", (("account", "id"),)),)
MOST_IDENTITIES = 50


def fold_linked(docs: Overlay, event: Event) -> None:
    identity = event.without("identity") | {
        "id": event.data["identity"],
        "linked_at": event.time,
    }
    docs.put("identities", identity)


def fold_unlinked(docs: Overlay, event: Event) -> None:
    docs.change("identities", event.data["identity"], account="")


def give_up_identities(docs: Overlay, account: str) -> None:
    held = Find("identities", {"account": account}, "id", limit=MOST_IDENTITIES)
    for identity in docs.find(held):
        docs.put("identities", identity | {"account": ""})


FOLDS: Folds = {
    "identity_linked.v1": fold_linked,
    "identity_unlinked.v1": fold_unlinked,
}
