"""Working time: the minutes from 9:00 to 17:00 of working days, by the State Council's yearly arrangement.

The arrangement (`services/data/working_days.csv`, each line with the notice it is from) names the weekdays that are
off and the weekend days that are worked. A year it does not cover goes by weekdays alone, and `basis` says so.
"""

import csv
from datetime import date, datetime, time, timedelta
from importlib.resources import files

from services.district.calendar import A_MINUTE, LOCAL

OPENS, CLOSES = time(9), time(17)
MINUTES_A_DAY = 480
DAY = timedelta(days=1)
NO_TIME = timedelta()
SATURDAY = 5


def _arranged() -> tuple[dict[date, bool], dict[int, str]]:
    """Whether each arranged day is worked, and each year's notice."""
    days, notices = {}, {}
    table = files("services") / "data" / "working_days.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        day = date.fromisoformat(row["date"])
        days[day] = row["kind"] == "workday"
        notices[day.year] = row["source"]
    return days, notices


ARRANGED, NOTICES = _arranged()


def is_worked(day: date) -> bool:
    """By the arrangement, and by the weekday where that says nothing."""
    return ARRANGED.get(day, day.weekday() < SATURDAY)


def minutes_between(since: datetime, until: datetime) -> int:
    """Whole working minutes from `since` to `until`; 0 when `until` is the earlier."""
    day, last = _day(since), _day(until)
    worked = NO_TIME
    while day <= last:
        if is_worked(day):
            begins = max(_at(day, OPENS), since)
            ends = min(_at(day, CLOSES), until)
            worked += max(NO_TIME, ends - begins)
        day += DAY
    return worked // A_MINUTE


def after(since: datetime, minutes: int) -> datetime:
    """The moment at which so many working minutes will have passed."""
    day, left = _day(since), minutes * A_MINUTE
    while True:
        opens = max(_at(day, OPENS), since)
        rest = _at(day, CLOSES) - opens
        if is_worked(day) and rest > NO_TIME:
            if left <= rest:
                return opens + left
            left -= rest
        day += DAY


def basis(since: datetime, until: datetime) -> str:
    """By what the working days from `since` to `until` are known, in words."""
    years = range(_day(since).year, _day(until).year + 1)
    return "；".join(
        NOTICES.get(year) or f"{year} 年的放假安排尚未录入，按周一至周五计算"
        for year in years
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LOCAL)
