"""Local days, weeks and months."""

from datetime import datetime

import pytest

from services.district.calendar import local_day, local_month, local_week


@pytest.mark.parametrize(
    ("moment", "day", "week", "month"),
    [
        ("2026-06-13T15:59:59Z", "2026-06-13", "2026-W24", "2026-06"),
        ("2026-06-14T16:00:00Z", "2026-06-15", "2026-W25", "2026-06"),
        ("2026-06-30T16:00:00Z", "2026-07-01", "2026-W27", "2026-07"),
        ("2026-12-31T16:00:00Z", "2027-01-01", "2026-W53", "2027-01"),
    ],
)
def test_a_day_begins_at_midnight_in_shanghai(
    moment: str, day: str, week: str, month: str
) -> None:
    at = datetime.fromisoformat(moment)
    assert (local_day(at), local_week(at), local_month(at)) == (day, week, month)
