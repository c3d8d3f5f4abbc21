"""Weekly opening hours in words."""

from itertools import groupby

from schemas.documents import Json
from schemas.opening_hours import DAYS, DAYS_IN_WORDS


def in_words(hours: list[Json]) -> str:
    """`周一至周五 09:00–12:00、14:00–18:00；周六 10:00–16:00`"""
    spans = {
        day: "、".join(_clock(span) for span in hours if span["day"] == day)
        for day in DAYS
    }
    runs = (
        (text, list(days)) for text, days in groupby(DAYS, key=lambda day: spans[day])
    )
    return "；".join(f"{_days(days)} {text}" for text, days in runs if text)


def _clock(span: Json) -> str:
    return f"{span['opens']}–{span['closes']}"


def _days(days: list[str]) -> str:
    if len(days) == len(DAYS):
        return "每天"
    return (
        DAYS_IN_WORDS[days[0]]
        if len(days) == 1
        else f"{DAYS_IN_WORDS[days[0]]}至{DAYS_IN_WORDS[days[-1]]}"
    )
