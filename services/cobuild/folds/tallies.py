"""How much of a kind somebody has open, and how much they began on the last day they began any."""

from schemas.documents import Json
from services.cobuild.model.tallies import NOTHING
from services.district.calendar import day_of
from services.district.tallies import one_more
from services.kit.log import Event
from services.kit.views import Collection, Overlay

COLLECTIONS = (Collection("tallies"),)


def count_begun(docs: Overlay, id: str, event: Event) -> None:
    """One more begun, on the day of the event."""
    day = day_of(event.time)
    before = _tally(docs, id)
    docs.put("tallies", before | one_more(before, day))


def count_open(docs: Overlay, id: str, *, was: bool, now: bool) -> None:
    """One more open, or one less, when it has changed."""
    if was != now:
        before = _tally(docs, id)
        change = 1 if now else -1
        docs.put("tallies", before | {"open": before["open"] + change})


def _tally(docs: Overlay, id: str) -> Json:
    return docs.get("tallies", id) or NOTHING | {"id": id}
