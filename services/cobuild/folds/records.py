"""Each unit's record: how it has dealt with what it took on, and what it declined."""

from services.kit.log import Event
from services.kit.views import Collection, Overlay

COUNTED = ("taken", "open", "fulfilled", "confirmed", "lapsed", "declined", "withdrawn")

COLLECTIONS = (
    Collection("records"),  # By unit.
    Collection(
        "declines"
    ),  # By unit and category: how often it declined, and why the last time.
)


def record(docs: Overlay, unit: str, event: Event, **changes: int) -> None:
    before = docs.get("records", unit) or {
        "id": unit,
        "last_at": "",
        **dict.fromkeys(COUNTED, 0),
    }
    counted = {name: before[name] + change for name, change in changes.items()}
    last = {"last_at": event.time} if "taken" in changes else {}
    docs.put("records", {**before, **counted, **last})


def count_decline(docs: Overlay, event: Event, category: str) -> None:
    id = f"{event.data['unit']}:{category}"
    before = docs.get("declines", id) or {"id": id, "times": 0}
    docs.put(
        "declines",
        {**before, "times": before["times"] + 1, "reason": event.data["reason"]},
    )
