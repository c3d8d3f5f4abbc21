"""Service hours against a count of every second."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.activities.model.hours import GRACE, minutes_within

STARTS = datetime(2026, 6, 13, 1, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=40)

seconds = st.integers(-3000, 6000)
intervals = st.lists(st.tuples(seconds, seconds).map(sorted), max_size=6)


@given(intervals)
def test_minutes_are_the_seconds_covered_within_the_session_and_its_grace(
    pairs: list[list[int]],
) -> None:
    times = [
        (STARTS + timedelta(seconds=begin), STARTS + timedelta(seconds=end))
        for begin, end in pairs
    ]
    grace = int(GRACE.total_seconds())
    covered = {second for begin, end in pairs for second in range(begin, end)} & set(
        range(-grace, 2400 + grace)
    )
    assert minutes_within(times, STARTS, ENDS) == len(covered) // 60


def test_nobody_serves_without_leaving() -> None:
    assert minutes_within([], STARTS, ENDS) == 0
