"""What a session adds to which cells."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.fields import instant
from services.kit.log import Fact
from tests.examples.activities import CONTENT, EVENTS, SESSION
from tests.unit.activities.stage import CLOSED, PUBLISHED, confirmed
from tests.unit.metrics.in_cells import after, came, figures

LAST_MINUTE, FIRST_MINUTE = (
    "2026-06-30T15:59:00.000Z",
    "2026-06-30T16:00:00.000Z",
)  # 23:59 and midnight in China.


def posted(
    type: str = "activity_published.v2", starts_at: str = "", **changes: Any
) -> Fact:
    """The activity with `changes` to it, its only session at another time where one is given."""
    plan = CONTENT["sessions"][0]
    if starts_at:
        ends_at = instant(datetime.fromisoformat(starts_at) + timedelta(hours=1))
        plan = {**plan, "starts_at": starts_at, "cutoff": starts_at, "ends_at": ends_at}
    more = (
        {"changed": ["starts_at"], "moved": [SESSION], "reason": "下雨"}
        if "changed" in type
        else {}
    )
    return Fact(type, "activity/A", {**CONTENT, **changes, **more, "sessions": [plan]})


def moved(starts_at: str) -> Fact:
    return posted("activity_changed.v1", starts_at=starts_at)


def test_a_session_is_open_until_it_is_held_or_called_off() -> None:
    assert figures(after(PUBLISHED), "open_sessions", "sessions_held") == [1, 0]
    assert figures(after(PUBLISHED, CLOSED), "open_sessions", "sessions_held") == [0, 1]
    called_off = Fact(
        "sessions_cancelled.v1", "activity/A", EVENTS["sessions_cancelled.v1"]
    )
    assert figures(after(PUBLISHED, called_off), "open_sessions", "sessions_held") == [
        0,
        0,
    ]


def test_what_was_held_stays_held_when_the_rest_is_cancelled() -> None:
    cancelled = Fact(
        "activity_cancelled.v2", "activity/A", EVENTS["activity_cancelled.v2"]
    )
    assert figures(after(PUBLISHED, CLOSED, cancelled), "sessions_held") == [1]


def test_a_draft_that_is_cancelled_was_never_counted() -> None:
    cancelled = Fact(
        "activity_cancelled.v2", "activity/A", EVENTS["activity_cancelled.v2"]
    )
    assert not [key for key in after(cancelled).changed if key[0] == "cells"]


@pytest.mark.parametrize(
    ("starts_at", "month", "quarter"), [(LAST_MINUTE, 6, 2), (FIRST_MINUTE, 7, 3)]
)
def test_a_day_begins_at_midnight_in_china(
    starts_at: str, month: int, quarter: int
) -> None:
    docs = after(posted(starts_at=starts_at), came("R1"))
    assert figures(docs, "person_times", period=f"2026-{month:02}") == [1]
    assert figures(docs, "person_times", period=f"2026-Q{quarter}") == [1]
    assert figures(docs, "person_times", period=f"2026-{13 - month:02}") == [0]


def test_a_session_moves_with_its_seats_before_anybody_attended() -> None:
    docs = after(
        posted(starts_at=LAST_MINUTE),
        confirmed("G1", "R1", "R2", ticket=1),
        moved(FIRST_MINUTE),
        CLOSED,
    )
    assert figures(
        docs, "sessions_held", "capacity", "confirmed", period="2026-06"
    ) == [0, 0, 0]
    assert figures(
        docs, "sessions_held", "capacity", "confirmed", period="2026-07"
    ) == [1, 5, 2]


def test_a_session_keeps_its_day_once_somebody_attended() -> None:
    docs = after(posted(starts_at=LAST_MINUTE), came("R1"), moved(FIRST_MINUTE), CLOSED)
    assert figures(
        docs, "sessions_held", "person_times", "attended", period="2026-06"
    ) == [1, 1, 1]
    assert figures(docs, "sessions_held", "person_times", period="2026-07") == [0, 0]


def test_a_session_with_several_hosts_counts_once_and_once_for_each() -> None:
    docs = after(
        posted(cohosts=["unit/U1", "unit/U1", "branch/B1"]), came("R1"), CLOSED
    )
    assert figures(docs, "person_times", "unique_participants", "sessions_held") == [
        1,
        1,
        1,
    ]
    for host in ("branch/B1", "unit/U1"):
        assert figures(
            docs, "person_times", "sessions_held", dimension="host", value=host
        ) == [1, 1]
