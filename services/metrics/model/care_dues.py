"""When somebody who is looked in on every so many days was due, and whether they were met by then.

A due is so many days after the last call, the last due or the beginning. What is met before it settles it once, however
often; then the next counts from the last of these calls. So it follows from which calls there were, whenever they were
heard of, and from how far time is known to have passed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from services.metrics.model.periods import days_after, days_before

LONG_AGO, FOR_EVER = "0001-01-01", "9999-12-31"


class Span(NamedTuple):
    """From the day it was begun or resumed to the one it was paused or ended."""

    begun: str
    ended: str | None


class Due(NamedTuple):
    """By the day of the first call that settled it, else by the day it passed."""

    day: str
    is_called: bool


def dues_of(
    spans: Iterable[Span], every_days: int, calls: Sequence[str], missed: str
) -> Iterator[Due]:
    """All that have been settled or have passed. `calls`: days in order; `missed`: a due day known to have passed."""
    known = max(missed, days_before(calls[-1], 1)) if calls else missed
    for span in spans:
        yield from _of_span(span, every_days, calls, known)


def _of_span(
    span: Span, every_days: int, calls: Sequence[str], known: str
) -> Iterator[Due]:
    ended = span.ended or FOR_EVER
    passed = known if span.ended is None else days_before(ended, 1)
    counts_from = span.begun
    while True:
        due = days_after(counts_from, every_days)
        settling = _within(calls, counts_from, min(due, ended))
        if not settling and due > passed:
            return
        yield Due(settling[0], True) if settling else Due(due, False)
        counts_from = settling[-1] if settling else due


def _within(calls: Sequence[str], after: str, until: str) -> Sequence[str]:
    return calls[bisect_right(calls, after) : bisect_right(calls, until)]
