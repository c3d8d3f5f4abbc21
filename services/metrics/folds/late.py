"""Late changes: what a fact contributed to a month before and after an event of a later month.

From these follows, fact by fact, why a month's figures are no longer what they were. They are a function of one log
alone, however it interleaves with others; an event of the month itself reads and writes nothing here.
"""

from functools import lru_cache
from typing import NamedTuple

from schemas.documents import Json, pick
from schemas.fields import instant
from services.district import territory
from services.district.calendar import day_ends
from services.kit.log import Event
from services.kit.views import Collection, Overlay
from services.metrics.model import counts
from services.metrics.model.counts import Figures
from services.metrics.model.periods import days_of

OF_ACTIVITIES, OF_NEEDS = "late_sessions", "late_contributions"
OF_DOORSTEP = "late_doorstep"
LEVELS = ("district", "street")
INDEXES = tuple((level, "month", "at") for level in LEVELS)
KINDS = (OF_ACTIVITIES, OF_NEEDS, OF_DOORSTEP)
COLLECTIONS = tuple(Collection(kind, INDEXES) for kind in KINDS)


class Counted(NamedTuple):
    """What a fact contributes to the figures of a place and day, by one of the days it is counted by."""

    fact: str
    counted_by: str
    community: str
    day: str
    figures: Figures

    @property
    def is_in(self) -> tuple[str, str]:
        return self.community, self.day[:7]

    def nothing(self) -> "Counted":
        return self._replace(figures={})


def is_late(event: Event, day: str) -> bool:
    """True when the event happened after the month of the day had ended."""
    return event.time >= _ends(day[:7])


@lru_cache(1000)
def _ends(month: str) -> str:
    return instant(day_ends(days_of(month)[1]))


def record(
    docs: Overlay, collection: str, event: Event, before: Counted, after: Counted
) -> None:
    """What changed in months that had ended. What moves leaves one place and comes to another."""
    if before.is_in == after.is_in:
        _record(docs, collection, event, before, after)
        return
    _record(docs, collection, event, before, before.nothing())
    _record(docs, collection, event, after.nothing(), after)


def _record(
    docs: Overlay, collection: str, event: Event, before: Counted, after: Counted
) -> None:
    if not is_late(event, after.day):
        return
    old = counts.nonzero(before.figures)
    new = counts.nonzero(after.figures)
    if old != new:
        _put(docs, collection, event, after, {"before": old, "after": new})


def _put(
    docs: Overlay, collection: str, event: Event, fact: Counted, change: Json
) -> None:
    """One event may change a fact in several steps: what it was before the first of them stays."""
    month = fact.day[:7]
    key = f"{fact.fact}:{fact.counted_by}:{fact.community}"
    at = f"{key}:{event.seq:012}"
    id = f"{month}:{at}"
    known = docs.get(collection, id)
    if known:
        change = change | pick(known, "before")
    keys = {"id": id, "at": at, "key": key, "month": month, "time": event.time}
    place = territory.placed(fact.community)
    about = pick(fact._asdict(), "fact", "counted_by", "community", "day")
    docs.put(collection, keys | place | about | change)
