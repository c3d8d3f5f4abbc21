"""Days, months, quarters and years, as text: `2026-06-13`, `2026-06`, `2026-Q2`, `2026`."""

from calendar import monthrange
from datetime import date, timedelta

DAY = timedelta(days=1)


def periods_of(day: str) -> tuple[str, str, str, str]:
    """The day, month, quarter and year `day` belongs to."""
    year, month = day[:4], day[:7]
    return day, month, f"{year}-Q{(int(day[5:7]) + 2) // 3}", year


def within(period: str) -> list[str]:
    """The next smaller periods of a period: the months of a year or quarter, the days of a month; none of a day."""
    if len(period) == 4:
        return [f"{period}-{month:02}" for month in range(1, 13)]
    year = period[:4]
    if period[5:6] == "Q":
        last = int(period[6]) * 3
        return [f"{year}-{month:02}" for month in range(last - 2, last + 1)]
    if len(period) == 7:
        _, days = monthrange(int(year), int(period[5:7]))
        return [f"{period}-{day:02}" for day in range(1, days + 1)]
    return []


def days_of(period: str) -> tuple[str, str]:
    """The first and the last day of a period."""
    year = period[:4]
    if len(period) == 4:
        return f"{year}-01-01", f"{year}-12-31"
    months = within(period) if period[5:6] == "Q" else [period[:7]]
    if len(period) == 10:
        return period, period
    return f"{months[0]}-01", within(months[-1])[-1]


def before(period: str) -> str:
    """The period of the same length just before."""
    last = date.fromisoformat(days_of(period)[0]) - DAY
    return of_length(last.isoformat(), period)


def a_year_before(period: str) -> str:
    """The same period of the year before; February 29 has none of its own and is held against the 28th."""
    year = f"{int(period[:4]) - 1:04}{period[4:]}"
    return f"{year[:4]}-02-28" if period[4:] == "-02-29" else year


def of_length(day: str, like: str) -> str:
    """The period of the day that is as long as another."""
    return next(
        period
        for period in periods_of(day)
        if len(period) == len(like) and ("Q" in period) == ("Q" in like)
    )


def same_day(period: str, day: str, other: str) -> str:
    """The day as far into another period of the same length; the last of a month that has no such day."""
    month = _months(other)[_months(period).index(day[:7])]
    return f"{month}-{min(int(day[8:]), len(within(month))):02}"


def _months(period: str) -> list[str]:
    return (
        [period[:7]]
        if len(period) >= len("2026-06") and "Q" not in period
        else within(period)
    )


def pieces(first: str, last: str) -> list[str]:
    """The whole months, and the days beside them, that make up the days from one to another."""
    found: list[str] = []
    for month in every("month", first, last):
        begins, ends = days_of(month)
        whole = first <= begins and ends <= last
        found += (
            [month] if whole else [day for day in within(month) if first <= day <= last]
        )
    return found


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + DAY).isoformat()


def days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def every(step: str, since: str, until: str) -> list[str]:
    """The days, or the months, from the one of `since` to the one of `until`."""
    day, last = date.fromisoformat(since), date.fromisoformat(until)
    if step == "day":
        return [
            (day + DAY * number).isoformat() for number in range((last - day).days + 1)
        ]
    months = (last.year - day.year) * 12 + last.month - day.month
    numbers = (day.month - 1 + number for number in range(months + 1))
    return [f"{day.year + number // 12:04}-{number % 12 + 1:02}" for number in numbers]
