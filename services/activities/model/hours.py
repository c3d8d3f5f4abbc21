"""Service hours: the time a person was there, never counted twice, in whole minutes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

GRACE = timedelta(minutes=15)

Interval = tuple[datetime, datetime]


def minutes_within(
    intervals: Iterable[Interval],
    starts: datetime,
    ends: datetime,
    elsewhere: Iterable[Interval] = (),
) -> int:
    """Whole minutes of the union of `intervals`, clipped to the session and `GRACE` on either side of it.

    What is `elsewhere` is counted there and not here.
    """
    opens = starts - GRACE
    closes = ends + GRACE
    others = [*elsewhere]
    anywhere = _covered([*intervals, *others], opens, closes)
    here = anywhere - _covered(others, opens, closes)
    return int(here.total_seconds()) // 60


def clipped(
    intervals: Iterable[Interval], starts: datetime, ends: datetime
) -> list[Interval]:
    """The parts of `intervals` that count in a session."""
    parts: list[Interval] = []
    for begin, end in intervals:
        since = max(begin, starts - GRACE)
        until = min(end, ends + GRACE)
        if since < until:
            parts.append((since, until))
    return parts


def hours_class(ways: Iterable[str]) -> str:
    """`scanned` when every scan was one, else `backfilled`."""
    return "scanned" if set(ways) <= {"scanned"} else "backfilled"


def _covered(intervals: list[Interval], opens: datetime, closes: datetime) -> timedelta:
    total, covered = timedelta(), opens
    for begin, end in sorted(intervals):
        since = max(begin, covered)
        covered = max(since, min(end, closes))
        total += covered - since
    return total
