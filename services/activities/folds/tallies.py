"""What is remembered of how often somebody did something on the last day they did: it bounds what they may ask for."""

from services.district.calendar import day_of
from services.district.tallies import one_more
from services.kit.log import Event
from services.kit.views import Collection, Overlay

COLLECTIONS = (Collection("tallies"),)


def count(docs: Overlay, id: str, event: Event) -> None:
    """Counts once more what `id` is the tally of."""
    tally = one_more(docs.get("tallies", id), day_of(event.time))
    docs.put("tallies", tally | {"id": id})
