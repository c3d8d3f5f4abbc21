"""How much of a kind somebody has open, and how much they began on the last day they began any."""

from datetime import datetime

from schemas.documents import Json
from services.district.calendar import local_day
from services.district.tallies import one_more, share
from services.kit.log import Event
from services.kit.views import Collection, Overlay

COLLECTIONS = (Collection("tallies"),)
NOTHING: Json = {"day": "", "times": 0, "open": 0}


def need_tally(need: Json) -> str:
    """Whom a need counts for: whose it is, or the worker who raised it for the place."""
    if "beneficiary" not in need:
        return f"need_of_place/{need['by']}"
    return share("need", need["beneficiary"], need["by"])


def talk_tally(commitment: str, by: str) -> str:
    return f"talk/{commitment}/{by}"


def unit_tally(unit: Json) -> str:
    return f"unit/{unit['by']}"


def count_begun(docs: Overlay, id: str, event: Event) -> None:
    before = _tally(docs, id)
    docs.put(
        "tallies",
        {**before, **one_more(before, local_day(datetime.fromisoformat(event.time)))},
    )


def count_open(docs: Overlay, id: str, *, was: bool, now: bool) -> None:
    if was != now:
        before = _tally(docs, id)
        docs.put("tallies", {**before, "open": before["open"] + (1 if now else -1)})


def _tally(docs: Overlay, id: str) -> Json:
    return docs.get("tallies", id) or {"id": id, **NOTHING}
