"""What is remembered of how often somebody did something on the last day they did: it bounds what they may ask for."""

from datetime import datetime

from services.district.calendar import local_day
from services.district.tallies import one_more
from services.kit.log import Event
from services.kit.views import Collection, Overlay

COLLECTIONS = (Collection("tallies"),)


def count(docs: Overlay, id: str, event: Event) -> None:
    """Counts once more what `id` is the tally of."""
    tally = one_more(docs.get("tallies", id), day_of(event))
    docs.put("tallies", tally | {"id": id})


def day_of(event: Event) -> str:
    """The local day on which it happened."""
    return local_day(datetime.fromisoformat(event.time))
