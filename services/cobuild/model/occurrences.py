"""When an offering takes place, and which day, week or month of its capacity an occurrence counts in."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from schemas.documents import Json
from services.district.calendar import (
    LOCAL,
    day_ends,
    day_in_words,
    local_day,
    local_month,
    local_week,
    month_in_words,
)
from services.district.recurrence import beginnings

PERIOD_OF = {"day": local_day, "week": local_week, "month": local_month}
LONGEST = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
}


def period_of(offering: Json, moment: datetime) -> str:
    """`2026-06-13`, `2026-W24` or `2026-06`"""
    return PERIOD_OF[offering["per"]](moment)


def period_in_words(period: str) -> str:
    """`2026年6月13日`, `2026年6月8日起的一周` or `2026年6月`"""
    first = local_day(begins(period))
    if "W" in period:
        return f"{day_in_words(first)}起的一周"
    return day_in_words(first) if period == first else month_in_words(period)


def begins(period: str) -> datetime:
    """When the period of that name begins."""
    if "W" in period:
        year, _, week = period.partition("-W")
        day = date.fromisocalendar(int(year), int(week), 1)
    else:
        is_day = len(period) == len("2026-06-13")
        day = date.fromisoformat(period if is_day else f"{period}-01")
    return datetime.combine(day, time(), LOCAL)


def next_period_begins(per: str, moment: datetime) -> datetime:
    """When the period after the one `moment` lies in begins."""
    now = begins(PERIOD_OF[per](moment))
    return begins(PERIOD_OF[per](now + LONGEST[per]))


def occurrences(offering: Json, since: datetime, until: datetime) -> Iterator[datetime]:
    """The beginnings, in order, of those that are not over by `since` and begin before `until`."""
    if "starts_at" not in offering:
        return
    length = timedelta(minutes=offering["minutes"])
    excepted = offering.get("except_on", ())
    first = datetime.fromisoformat(offering["starts_at"])
    end = min(until, day_ends(offering["valid_until"]))
    repeats = offering.get("repeats")
    for starts in beginnings(first, repeats, since - length, until=end):
        if starts + length > since and local_day(starts) not in excepted:
            yield starts


def occurrence_at(offering: Json, moment: datetime) -> datetime | None:
    """The beginning of the one that is on at `moment`."""
    return next(occurrences(offering, moment, moment + timedelta(microseconds=1)), None)
