"""Working time: 9:00 to 17:00 of the days the State Council's arrangement makes working days."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit import working
from services.kit.calendar import LOCAL

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=LOCAL)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@given(MOMENTS, st.integers(1, 10_000))
def test_after_and_between_are_each_others_inverse(since: datetime, minutes: int) -> None:
    until = working.after(since, minutes)
    assert working.minutes_between(since, until) == minutes
    assert working.minutes_between(since, until - timedelta(minutes=1)) == minutes - 1


@given(MOMENTS, MOMENTS, MOMENTS)
def test_time_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    first, second, third = sorted((one, two, three))
    assert working.minutes_between(first, third) == (
        working.minutes_between(first, second) + working.minutes_between(second, third)
    )


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2025-10-01", False), ("2025-10-08", False), ("2025-10-09", True), ("2025-09-28", True), ("2025-10-11", True),
        ("2026-02-14", True), ("2026-02-15", False), ("2026-02-23", False), ("2026-06-19", False), ("2026-11-23", True),
        ("2024-02-18", True), ("2024-02-16", False), ("2026-06-13", False),
    ],
)  # fmt: skip
def test_a_day_is_worked_as_arranged(day: str, worked: bool) -> None:
    assert working.is_worked(date.fromisoformat(day)) is worked


def test_make_up_days_aside_each_year_has_the_days_off_the_law_gives() -> None:
    """全国年节及纪念日放假办法: 11 days until 2024, 13 from 2025 on."""
    days = {year: sum(_gained(day) for day in working.ARRANGED if day.year == year) for year in working.NOTICES}
    assert days == {2024: 11, 2025: 13, 2026: 13}


def _gained(day: date) -> int:
    """1 for a weekday off, -1 for a weekend day worked."""
    return (day.weekday() < working.SATURDAY) - working.is_worked(day)


def test_a_make_up_sunday_counts_and_a_holiday_does_not() -> None:
    assert working.minutes_between(at("2026-02-28T09:00"), at("2026-02-28T17:00")) == 480
    assert working.after(at("2026-02-14T16:00"), 120) == at("2026-02-24T10:00")


def test_a_year_not_arranged_yet_goes_by_weekdays_and_says_so() -> None:
    assert working.is_worked(date(2027, 10, 1))
    assert working.basis(at("2026-12-30T09:00"), at("2027-01-05T09:00")) == (
        "国办发明电〔2025〕7号；2027 年的放假安排尚未录入，按周一至周五计算"
    )
