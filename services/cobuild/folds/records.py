"""Each unit's record: how it has dealt with what it took on, and what it declined."""

from schemas.documents import Json, pick
from services.kit.log import Event
from services.kit.views import Collection, Overlay

COUNTED = ("taken", "open", "fulfilled", "confirmed", "lapsed", "declined", "withdrawn")

COLLECTIONS = (
    Collection("records"),  # By unit.
    # By unit and category: how often it declined, and why the last time.
    Collection("declines"),
)


def record(docs: Overlay, unit: str, event: Event, **changes: int) -> None:
    """Adds the `changes` to the figures of the unit's record."""
    figures = docs.get("records", unit) or _nothing_done(unit)
    counted = dict(figures)
    for figure, change in changes.items():
        counted[figure] += change
    if "taken" in changes:
        counted["last_at"] = event.time
    docs.put("records", counted)


def _nothing_done(unit: str) -> Json:
    return {"id": unit, "last_at": ""} | dict.fromkeys(COUNTED, 0)


def count_decline(docs: Overlay, event: Event, category: str) -> None:
    id = f"{event.data['unit']}:{category}"
    declines = docs.get("declines", id) or {"id": id, "times": 0}
    declines = declines | pick(event.data, "reason")
    declines["times"] += 1
    docs.put("declines", declines)
