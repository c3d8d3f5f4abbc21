"""Minutes in overlapping sessions against a count of every second, whatever order the scans came in."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.views import Overlay
from tests.unit.activities.attending_stage import (
    LENGTH_MIN,
    OFFSETS_MIN,
    SESSIONS,
    held,
    record_all,
    seat,
    typed,
)
from tests.unit.activities.stage import STARTS

GRACE_S = 15 * 60

Marks = list[tuple[str, int]]

times = st.lists(
    st.tuples(st.sampled_from(("in", "out")), st.integers(-30, 290)), max_size=8
)


def second(moment: str) -> int:
    return int((datetime.fromisoformat(moment) - STARTS) / timedelta(seconds=1))


def seconds_inside(docs: Overlay, number: int) -> set[int]:
    """Walks through the session second by second."""
    marks = {
        (second(one["at"]), one["direction"])
        for one in seat(docs, "R1", SESSIONS[number])["scans"]
    }
    opens = OFFSETS_MIN[number] * 60 - GRACE_S
    closes = (OFFSETS_MIN[number] + LENGTH_MIN) * 60 + GRACE_S
    exits = sorted(at for at, direction in marks if direction == "out")
    inside: set[int] = set()
    for at in sorted(at for at, direction in marks if direction == "in"):
        following = [exit for exit in exits if exit >= at]
        if following:
            inside |= set(range(at, following[0]))
    return inside & set(range(opens, closes))


@settings(deadline=None)
@given(times, times)
def test_every_second_counts_once_in_the_session_entered_first(
    first: Marks, then: Marks
) -> None:
    sent = [
        typed(
            "R1",
            direction,
            offset + minutes / 2,
            f"N{number}-{place}",
            SESSIONS[number],
        )
        for number, (offset, marks) in enumerate(
            zip(OFFSETS_MIN, (first, then), strict=False)
        )
        for place, (direction, minutes) in enumerate(marks)
    ]
    docs = record_all(held("R1"), sent)
    entered = [
        number for number in (0, 1) if seat(docs, "R1", SESSIONS[number])["attended"]
    ]
    counted: set[int] = set()
    for number in sorted(
        entered, key=lambda each: (seat(docs, "R1", SESSIONS[each])["entered"], each)
    ):
        own = seconds_inside(docs, number) - counted
        assert seat(docs, "R1", SESSIONS[number])["minutes"] == len(own) // 60
        counted |= seconds_inside(docs, number)
    assert docs.get("years", "R1:2026:all") is None or docs.the("years", "R1:2026:all")[
        "minutes"
    ] * 60 <= len(counted)
