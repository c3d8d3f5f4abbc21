"""Working minutes: by the yearly arrangement where there is one, by weekdays where there is none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.district.calendar import LOCAL
from services.district.working import (
    CLOSES,
    MINUTES_A_DAY,
    OPENS,
    after,
    basis,
    is_worked,
    minutes_between,
)

LONGEST_HOLIDAY = timedelta(days=10)

moments = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001
    datetime(2027, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
whole_minutes = moments.map(lambda moment: moment.replace(second=0, microsecond=0))
amounts = st.integers(1, 20 * MINUTES_A_DAY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@given(moments, amounts)
def test_after_so_many_minutes_so_many_have_passed(
    since: datetime, minutes: int
) -> None:
    assert minutes_between(since, after(since, minutes)) == minutes


@given(whole_minutes, amounts)
def test_after_is_the_first_such_moment(since: datetime, minutes: int) -> None:
    assert (
        minutes_between(since, after(since, minutes) - timedelta(minutes=1))
        == minutes - 1
    )


@given(whole_minutes, st.timedeltas(timedelta(), timedelta(days=40)))
def test_after_never_goes_beyond_the_moment_its_minutes_were_counted_to(
    since: datetime, wait: timedelta
) -> None:
    until = since + wait
    minutes = minutes_between(since, until)
    assert minutes == 0 or after(since, minutes) <= until


@given(whole_minutes, amounts, amounts)
def test_minutes_add_up(since: datetime, first: int, second: int) -> None:
    assert after(after(since, first), second) == after(since, first + second)


@given(moments, amounts)
def test_a_moment_reached_lies_in_working_time(since: datetime, minutes: int) -> None:
    local = after(since, minutes).astimezone(LOCAL)
    assert is_worked(local.date())
    assert OPENS < local.time() <= CLOSES


@given(moments)
def test_no_time_off_is_longer_than_the_longest_holiday(since: datetime) -> None:
    assert after(since, 1) - since < LONGEST_HOLIDAY


@given(moments, st.timedeltas(timedelta(), timedelta(days=40)))
def test_nothing_passes_backwards(since: datetime, wait: timedelta) -> None:
    assert minutes_between(since + wait, since) == 0


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2024-10-01", False),  # National Day, a Tuesday.
        ("2024-09-29", True),  # The Sunday worked for it.
        ("2024-10-08", True),  # A Tuesday after the holiday.
        ("2025-01-26", True),  # A Sunday before the Spring Festival.
        ("2025-10-08", False),  # National Day and Mid-Autumn together: eight days.
        ("2026-01-04", True),  # A Sunday worked for New Year's Day.
        ("2026-02-23", False),  # The ninth day of the Spring Festival, a Monday.
        ("2026-10-01", False),
        ("2026-10-10", True),  # A Saturday worked for National Day.
        ("2026-10-11", False),  # An ordinary Sunday.
        ("2027-10-01", True),  # A Friday: nothing is arranged for 2027 yet.
        ("2027-10-02", False),
    ],
)
def test_a_day_is_worked_as_the_state_council_arranged(day: str, worked: bool) -> None:
    assert is_worked(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2026-06-01T09:00", "2026-06-01T17:00", MINUTES_A_DAY),
        ("2026-06-01T08:00", "2026-06-01T09:01", 1),
        ("2026-06-01T16:59", "2026-06-02T09:01", 2),
        ("2026-06-05T16:30", "2026-06-08T09:30", 60),  # Over a weekend.
        ("2026-09-30T16:00", "2026-10-08T10:00", 120),  # Over National Day.
        (
            "2026-09-18T17:00",
            "2026-09-21T09:00",
            MINUTES_A_DAY,
        ),  # Over the Sunday that is worked.
        ("2026-06-01T09:00:00", "2026-06-01T09:00:59", 0),
    ],
)
def test_minutes_are_those_from_nine_to_five_of_days_worked(
    since: str, until: str, minutes: int
) -> None:
    assert minutes_between(at(since), at(until)) == minutes


def test_an_instant_in_another_zone_is_the_same_instant() -> None:
    assert (
        minutes_between(at("2026-06-01T09:00").astimezone(UTC), at("2026-06-01T10:00"))
        == 60
    )


def test_the_basis_names_the_notice_of_each_year() -> None:
    assert (
        basis(at("2025-12-31T09:00"), at("2026-01-05T09:00"))
        == "国办发明电〔2024〕12号；国办发明电〔2025〕7号"
    )


def test_the_basis_says_when_a_year_is_not_arranged_yet() -> None:
    assert (
        basis(at("2027-03-01T09:00"), at("2027-03-02T09:00"))
        == "2027 年的放假安排尚未录入，按周一至周五计算"
    )


def test_the_year_of_the_basis_is_the_local_one() -> None:
    new_year = datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert basis(new_year, new_year).startswith("2027")
