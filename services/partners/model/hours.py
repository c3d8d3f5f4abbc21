"""Weekly opening hours in words."""

from itertools import groupby

from schemas.documents import Json
from schemas.opening_hours import DAYS, DAYS_IN_WORDS


def in_words(hours: list[Json]) -> str:
    """`周一至周五 09:00–12:00、14:00–18:00；周六 10:00–16:00`"""
    runs = groupby(DAYS, key=lambda day: _spans_on(day, hours))
    open = []
    for spans, days in runs:
        if spans:
            open.append(f"{_days(list(days))} {spans}")
    return "；".join(open)


def _spans_on(day: str, hours: list[Json]) -> str:
    """`09:00–12:00、14:00–18:00`, "" when it is closed that day."""
    of_day = [span for span in hours if span["day"] == day]
    spans = [f"{span['opens']}–{span['closes']}" for span in of_day]
    return "、".join(spans)


def _days(days: list[str]) -> str:
    """`每天`, `周六`, `周一至周五`: of days that follow each other."""
    if len(days) == len(DAYS):
        return "每天"
    first = DAYS_IN_WORDS[days[0]]
    last = DAYS_IN_WORDS[days[-1]]
    return first if len(days) == 1 else f"{first}至{last}"
