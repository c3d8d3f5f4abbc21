"""Days, months, quarters and years, as text: `2026-06-13`, `2026-06`, `2026-Q2`, `2026`."""

from calendar import monthrange
from datetime import date, timedelta

DAY = timedelta(days=1)


def periods_of(day: str) -> tuple[str, str, str, str]:
    """The day, month, quarter and year `day` belongs to."""
    year = day[:4]
    month = day[:7]
    quarter = (int(day[5:7]) + 2) // 3
    return day, month, f"{year}-Q{quarter}", year


def month_of(day: str) -> str:
    """`2026-06` of `2026-06-13`."""
    return day[:7]


def within(period: str) -> list[str]:
    """The next smaller periods of a period: the months of a year or quarter, the days of a month; none of a day."""
    year = period[:4]
    if period == year:
        return _numbered(year, 1, 12)
    if is_quarter(period):
        last = int(period[6]) * 3
        return _numbered(year, last - 2, last)
    if len(period) == 7:
        _, days = monthrange(int(year), int(period[5:7]))
        return _numbered(period, 1, days)
    return []


def is_quarter(period: str) -> bool:
    return period[5:6] == "Q"


def _numbered(period: str, first: int, last: int) -> list[str]:
    return [f"{period}-{number:02}" for number in range(first, last + 1)]


def days_of(period: str) -> tuple[str, str]:
    """The first and the last day of a period."""
    if len(period) == len("2026-06-13"):
        return period, period
    months = _months(period)
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
    day, month, quarter, year = periods_of(day)
    if is_quarter(like):
        return quarter
    same = (period for period in (day, month, year) if len(period) == len(like))
    return next(same)


def same_day(period: str, day: str, other: str) -> str:
    """The day as far into another period of the same length; the last of a month that has no such day."""
    month = _months(other)[_months(period).index(day[:7])]
    last = len(within(month))
    return f"{month}-{min(int(day[8:]), last):02}"


def _months(period: str) -> list[str]:
    """The months it is made of, or the one it lies in."""
    if len(period) == len("2026") or is_quarter(period):
        return within(period)
    return [period[:7]]


def pieces(first: str, last: str) -> list[str]:
    """The whole months, and the days beside them, that make up the days from one to another."""
    parts: list[str] = []
    for month in every("month", first, last):
        begins, ends = days_of(month)
        if first <= begins and ends <= last:
            parts.append(month)
        else:
            parts += (day for day in within(month) if first <= day <= last)
    return parts


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + DAY).isoformat()


def days_after(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def every(step: str, since: str, until: str) -> list[str]:
    """The days, or the months, from the one of `since` to the one of `until`."""
    begins = date.fromisoformat(since)
    ends = date.fromisoformat(until)
    if step == "day":
        days = range((ends - begins).days + 1)
        return [(begins + DAY * number).isoformat() for number in days]
    return list(map(_month, range(_number(begins), _number(ends) + 1)))


def _number(day: date) -> int:
    """Of its month, counted from January of the year 0."""
    return day.year * 12 + day.month - 1


def _month(number: int) -> str:
    year, months_before = divmod(number, 12)
    return f"{year:04}-{months_before + 1:02}"
