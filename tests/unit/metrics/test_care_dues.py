"""What was due and what was called in time, as it follows from the calls there were and how far time has passed."""

import pytest

from services.metrics.model.care_dues import LONG_AGO, Span, dues_of

WEEKLY = 7
BEGUN = (Span("2026-06-01", None),)


def due(*calls: str, missed: str = LONG_AGO) -> list[tuple[str, bool]]:
    days = [f"2026-06-{day}" for day in calls]
    passed = f"2026-06-{missed}" if missed != LONG_AGO else missed
    found = dues_of(BEGUN, WEEKLY, days, passed)
    return [(day[-2:], is_called) for day, is_called in found]


@pytest.mark.parametrize(
    ("calls", "missed", "found"),
    [
        ((), LONG_AGO, []),
        ((), "08", [("08", False)]),
        (("05",), LONG_AGO, [("05", True)]),
        # On the day it begins nothing is due yet.
        (("01",), LONG_AGO, []),
        # Several calls before it is due settle it once; the next counts from the last of them.
        (("02", "04", "08"), LONG_AGO, [("02", True)]),
        (("02", "04", "08", "15"), LONG_AGO, [("02", True), ("15", True)]),
        # A call heard of late makes good what had been told as missed, and moves what is due after it.
        (("03",), "15", [("03", True), ("10", False)]),
        (("03",), "17", [("03", True), ("10", False), ("17", False)]),
        # Whoever was met on a later day was not met before.
        (("12",), LONG_AGO, [("08", False), ("12", True)]),
    ],
)
def test_each_due_is_settled_once_or_missed(
    calls: tuple[str, ...], missed: str, found: list[tuple[str, bool]]
) -> None:
    assert due(*calls, missed=missed) == found


def test_while_it_is_paused_nothing_is_missed() -> None:
    spans = (Span("2026-06-01", "2026-06-08"), Span("2026-06-20", None))
    found = dues_of(spans, WEEKLY, ["2026-06-12", "2026-06-25"], "2026-06-27")
    assert list(found) == [("2026-06-25", True)]
