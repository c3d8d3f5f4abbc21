"""Keys of machines. Whatever happens to one is a change of what its maker may do: the gateway asks again."""

from schemas.fields import instant
from services.district.calendar import day_ends
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.people.folds.ending import touch_access
from services.people.model.lifecycles import API_KEY

COLLECTIONS = (
    Collection(
        "api_keys", (("person", "state", "id"), ("person", "id"), ("state", "ends"))
    ),
)


def fold_made(docs: Overlay, event: Event) -> None:
    key = event.without("api_key") | {
        "id": event.data["api_key"],
        "made_at": event.time,
        "ends": instant(day_ends(event.data["until"])),
    }
    docs.put("api_keys", API_KEY.begun(key))


def fold_over(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        key = docs.the("api_keys", event.data["api_key"])
        docs.put("api_keys", API_KEY.after(key, step))
        touch_access(docs, key["person"])

    return fold


FOLDS: Folds = {
    "api_key_made.v1": fold_made,  # With its name.
    "api_key_made.v2": fold_made,
    "api_key_revoked.v1": fold_over("revoke"),
    "api_key_expired.v1": fold_over("expire"),
}
