"""Service hours: the time a person was there, never counted twice, in whole minutes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

GRACE = timedelta(minutes=15)

Interval = tuple[datetime, datetime]


def minutes_within(intervals: Iterable[Interval], starts: datetime, ends: datetime) -> int:
    """Whole minutes of the union of `intervals`, clipped to the session and `GRACE` on either side of it."""
    opens, closes = starts - GRACE, ends + GRACE
    total, covered = timedelta(), opens
    for begin, end in sorted(intervals):
        since, until = max(begin, covered), min(end, closes)
        if until > since:
            total += until - since
            covered = until
    return int(total.total_seconds()) // 60


def hours_class(ways: Iterable[str]) -> str:
    """`scanned` when every scan was one, else `backfilled`."""
    return "scanned" if set(ways) == {"scanned"} else "backfilled"
