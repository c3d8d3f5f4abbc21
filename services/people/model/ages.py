"""How old somebody may be, reckoned from a year or a month; always the younger of what is possible."""

from datetime import date

ALONE_FROM, GROWN_FROM = 14, 18  # 个人信息保护法 art. 31; 民法典 art. 17.
LAST_MONTH = "12"


def is_under(born: str, years: int, day: str) -> bool:
    """Whether somebody born then may be younger than that on the day. Who says nothing is taken as grown."""
    return day[:7] <= comes_of(born, years)


def comes_of(born: str, years: int) -> str:
    """The last month in which they may be younger than so many years, `2033-03`."""
    year, _, month = born.partition("-")
    return f"{int(year) + years}-{month or LAST_MONTH}"


def is_minor(born: str, day: str) -> bool:
    return is_under(born, GROWN_FROM, day)


def as_kept(born: str, day: str) -> str:
    """A year for who is grown: the month is of no use any more."""
    return born if is_minor(born, day) else born[:4]


def is_to_come(born: str, day: str) -> bool:
    return born > day[: len(born)]


def years_after(day: str, years: int) -> str:
    """The same day so many years later; the last of February where there is none."""
    then = date.fromisoformat(day)
    try:
        return then.replace(year=then.year + years).isoformat()
    except ValueError:
        return then.replace(year=then.year + years, day=28).isoformat()
