"""Whether a title names a month, day or year in which no session is: what a copy or a template brings along.

A doubt, in words for whoever posts it, and never a refusal: a title may name what it likes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date

from schemas.documents import Json
from services.activities.model.times import starts_of
from services.district.calendar import LOCAL, day_in_words

NUMERALS = "一二三四五六七八九十"
ONE_MONTH = "(1[0-2]|0?[1-9])"
MONTHS = re.compile(
    rf"(?<![\d.]){ONE_MONTH}\s*(?:月?\s*[-–—~至到、和]\s*{ONE_MONTH}\s*)?月(?:份)?"
)
# 十一 and 十二 first, as they begin with 十. What a numeral follows is a day of the lunar calendar: 三月三.
MONTH_IN_WORDS = re.compile(
    rf"(?<![{NUMERALS}])(十一|十二|[{NUMERALS}])\s*月(?:份)?(?!\s*[{NUMERALS}\d])"
)
QUARTER = re.compile(r"第?([一二三四1-4])\s*季度")
DAY = re.compile(rf"(?<![\d.]){ONE_MONTH}\s*月\s*(3[01]|[12]\d|0?[1-9])\s*[日号]")
YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")

Named = Iterator[tuple[object, str]]


def doubt(title: str, sessions: Iterable[Json]) -> str:
    """What in the title is so of no session, said to a clerk; "" when nothing is."""
    days = [starts_of(session).astimezone(LOCAL).date() for session in sessions]
    wrong = _wrong(days, unicodedata.normalize("NFKC", title))
    if not wrong:
        return ""
    parts = "、".join(f"“{part}”" for part in wrong)
    first = day_in_words(min(days).isoformat())
    return f"名称里写着{parts}，而没有一场在那时，首场是 {first}，请核对名称"


def _wrong(days: list[date], title: str) -> list[str]:
    """The parts of the title that are so of none of the days. Of a wrong month the day is not looked at."""
    held_in_years = {day.year for day in days}
    years = _not_among(held_in_years, _years(title))
    held_in_months = {day.month for day in days}
    months = _not_among(held_in_months, _months(title))
    if months:
        return [*years, *months]
    held_on = {(day.month, day.day) for day in days}
    return [*years, *_not_among(held_on, _days(title))]


def _not_among(held: Set[object], named: Named) -> list[str]:
    """What is named, each once, when no session is in any of it."""
    parts: Mapping[object, str] = dict(named)
    if parts.keys() & held:
        return []
    return list(dict.fromkeys(parts.values()))


def _years(title: str) -> Named:
    for match in YEAR.finditer(title):
        yield int(match[1]), match[0]


def _months(title: str) -> Named:
    for match in MONTHS.finditer(title):
        first = int(match[1])
        last = int(match[2] or match[1])
        for month in {first, last, *range(first, last)}:
            yield month, match[0]
    for match in MONTH_IN_WORDS.finditer(title):
        yield _number(match[1]), match[0]
    yield from _months_of_quarters(title)


def _months_of_quarters(title: str) -> Named:
    for match in QUARTER.finditer(title):
        end = 3 * _number(match[1])
        for month in (end - 2, end - 1, end):
            yield month, match[0]


def _days(title: str) -> Named:
    for match in DAY.finditer(title):
        yield (int(match[1]), int(match[2])), match[0]


def _number(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 2:
        return 10 + _number(numeral[1])
    return NUMERALS.index(numeral) + 1
