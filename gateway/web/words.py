"""Days and times as people say them, in the district's time: `6月14日 周六 9:00–11:00`.

The year is said where it is not this one.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby

from gateway.edge.application import application
from schemas.documents import Json
from services.district.calendar import LOCAL, near_day_in_words
from services.district.calendar import day_in_words as with_its_year
from services.kit.errors import Unknown

YEARS = range(2000, 2100)  # Those a page may be opened at.


def local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(LOCAL)


def briefly(summary: str) -> str:
    """What a command does, without what goes with it."""
    return summary.partition("，")[0]


def day_in_words(day: date) -> str:
    year = "" if day.year == this_year() else f"{day.year}年"
    return f"{year}{near_day_in_words(day)}"


def this_year() -> int:
    return application().now().astimezone(LOCAL).year


def time_in_words(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def year_meant(said: str) -> int:
    """Raises `Unknown` for what is no year."""
    if not said.isdecimal() or int(said) not in YEARS:
        raise Unknown("没有这一年")
    return int(said)


def date_in_words(day: str) -> str:
    """`6月13日 周六`; of another year `2020年6月13日`, whose weekday nobody asks for."""
    if day.startswith(f"{this_year()}-"):
        return day_in_words(date.fromisoformat(day))
    return with_its_year(day)


def born_in_words(day: str) -> str:
    """As much of it as is known: `2026年6月13日`, `1980年5月`, `1980年`."""
    parts = zip(day.split("-"), "年月日", strict=False)
    return "".join(f"{int(number)}{word}" for number, word in parts)


def span_in_words(starts_at: str, ends_at: str) -> str:
    """The day is said again only where it ends on another."""
    day = day_in_words(local(starts_at).date())
    return f"{day} {times_in_words(starts_at, ends_at)}"


def times_in_words(starts_at: str, ends_at: str) -> str:
    """Under the name of the day on which it begins."""
    starts, ends = local(starts_at), local(ends_at)
    if starts.date() == ends.date():
        return f"{time_in_words(starts)}–{time_in_words(ends)}"
    return f"{time_in_words(starts)} 至 {moment_in_words(ends_at)}"


def moment_in_words(moment: str) -> str:
    when = local(moment)
    return f"{day_in_words(when.date())} {time_in_words(when)}"


def in_a_cell(value: object) -> object:
    """As a cell of a printed list says it: a moment in words, nothing where there is nothing."""
    if isinstance(value, datetime):
        return moment_in_words(value.isoformat())
    return "" if value is None else value


def starts_in_words(session: Json) -> str:
    """`9:00`"""
    return time_in_words(local(session["starts_at"]))


def until_in_words(moment: str) -> str:
    """A deadline at midnight is the end of the day before."""
    when = local(moment)
    if (when.hour, when.minute) != (0, 0):
        return moment_in_words(moment)
    return day_in_words(when.date() - timedelta(days=1))


def by_day(sessions: list[Json]) -> Iterator[tuple[str, list[Json]]]:
    """Sessions, in the order they are in, under the day they begin on."""
    for day, those in groupby(sessions, begins_on):
        yield day_in_words(day), list(those)


def on_each_day(sessions: list[Json]) -> dict[date, list[Json]]:
    days: dict[date, list[Json]] = {}
    for session in sessions:
        days.setdefault(begins_on(session), []).append(session)
    return days


def begins_on(session: Json) -> date:
    return local(session["starts_at"]).date()


def begins(day: date) -> datetime:
    """The moment a day begins in the district."""
    return datetime.combine(day, time(), LOCAL)


def weeks_of(first: date) -> list[list[date]]:
    """The days of a month in weeks from Monday, with those of its neighbours that fill them up."""
    day = first - timedelta(days=first.weekday())
    weeks = []
    while day < next_month(first):
        weeks.append([day + timedelta(days=offset) for offset in range(7)])
        day += timedelta(days=7)
    return weeks


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def seats_in_words(session: Json) -> tuple[str, str, str]:
    """(kind, sign, words) of a session: never by colour alone."""
    if session["state"] == "cancelled":
        return "full", "✕", "已取消"
    left = session["capacity"] - session["taken"]
    if left > 0:
        return "free", "●", f"还有 {left} 个名额"
    if session["waiting"]:
        return "wait", "◷", f"已满，{session['waiting']} 组候补"
    return "full", "✕", "已满，可候补"
