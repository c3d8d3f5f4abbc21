"""The hours of the night do not count against who sleeps."""

from datetime import datetime, time, timedelta

from services.district.calendar import LOCAL

RISES, SLEEPS = time(7), time(22)
DAY = timedelta(days=1)


def awake_after(since: datetime, span: timedelta) -> datetime:
    """The moment at which so much time will have passed between seven and ten at night, local time."""
    now = since.astimezone(LOCAL)
    left = span
    while True:
        rises = datetime.combine(now.date(), RISES, LOCAL)
        sleeps = datetime.combine(now.date(), SLEEPS, LOCAL)
        begins = max(now, rises)
        if begins + left <= sleeps:
            return begins + left
        left -= max(sleeps - begins, timedelta())
        now = rises + DAY
