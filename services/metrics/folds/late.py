"""Late changes: what a fact contributed to a month before and after an event of a later month.

From these follows, fact by fact, why a month's figures are no longer what they were. They are a function of one log
alone, however it interleaves with others; an event of the month itself reads and writes nothing here.
"""

from functools import lru_cache
from typing import NamedTuple

from schemas.fields import instant
from services.district import territory
from services.district.calendar import day_ends
from services.kit.log import Event
from services.kit.views import Collection, Overlay
from services.metrics.folds.cells import Figures
from services.metrics.model.periods import days_of

OF_ACTIVITIES, OF_NEEDS = "late_sessions", "late_contributions"
LEVELS = ("district", "street")
INDEXES = tuple((level, "month", "at") for level in LEVELS)
COLLECTIONS = (Collection(OF_ACTIVITIES, INDEXES), Collection(OF_NEEDS, INDEXES))


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
    old, new = (
        {name: value for name, value in each.figures.items() if value}
        for each in (before, after)
    )
    if old == new:
        return
    community, month = after.is_in
    key = f"{after.fact}:{after.counted_by}:{community}"
    at = f"{key}:{event.seq:012}"
    told = docs.get(
        collection, f"{month}:{at}"
    )  # One event may change a fact in several steps.
    docs.put(
        collection,
        {
            "id": f"{month}:{at}",
            "at": at,
            "key": key,
            "month": month,
            "community": community,
            "street": territory.street_of(community),
            "district": territory.district_of(community),
            "fact": after.fact,
            "counted_by": after.counted_by,
            "day": after.day,
            "time": event.time,
            "before": told["before"] if told else old,
            "after": new,
        },
    )
