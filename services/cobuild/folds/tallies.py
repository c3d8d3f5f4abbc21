"""How much of a kind somebody has open, and how much they began on the last day they began any."""

from datetime import datetime

from services.kit.calendar import local_day
from services.kit.log import Event
from services.kit.views import Collection, Doc, Overlay

COLLECTIONS = (Collection("tallies"),)
NOTHING = {"day": "", "begun": 0, "open": 0}


def need_tally(need: Doc) -> str:
    """Whom a need counts for: whose it is, or the worker who raised it for the place."""
    return f"need/{need['beneficiary']}" if "beneficiary" in need else f"need_of_place/{need['by']}"


def unit_tally(unit: Doc) -> str:
    return f"unit/{unit['by']}"


def count_begun(docs: Overlay, id: str, event: Event) -> None:
    day, before = local_day(datetime.fromisoformat(event.time)), _tally(docs, id)
    begun = before["begun"] if before["day"] == day else 0
    docs.put("tallies", {**before, "day": day, "begun": begun + 1})


def count_open(docs: Overlay, id: str, *, was: bool, now: bool) -> None:
    if was != now:
        before = _tally(docs, id)
        docs.put("tallies", {**before, "open": before["open"] + (1 if now else -1)})


def _tally(docs: Overlay, id: str) -> Doc:
    return docs.get("tallies", id) or {"id": id, **NOTHING}
