"""Cells as people type them, made the values the schemas expect."""

import re
from datetime import date, datetime
from itertools import islice
from typing import Any

from marshmallow.fields import Field

from schemas import fields, opening_hours
from schemas.opening_hours import OpeningHours

DISTRICT_TIME = "+08:00"  # The whole of China keeps one time and has had no summer time since 1991.
PARTS = re.compile(r"[、,，;；\n]")
SPAN = re.compile(r"(?:周|星期)?(.{1,2}?)\s*([0-9]{1,2}:[0-9]{2})\s*[-–—~至到]\s*([0-9]{1,2}:[0-9]{2})")
DAYS = dict(zip("一二三四五六日", opening_hours.DAYS, strict=True)) | {"天": "SU"}
DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


def value(field: Field[Any], text: str) -> Any:
    """A cell as JSON for `field`; what cannot be is left as it is, for the schema to refuse."""
    match field:
        case fields.Whole() if re.fullmatch(r"-?[0-9]{1,18}", text):
            return int(text)
        case OpeningHours():
            return [_span(part) for part in _parts(text, field)]
        case fields.Many():
            return [value(field.inner, part) for part in _parts(text, field)]
        case fields.Instant():
            return _local_instant(text)
        case fields.Day():
            return _day(text)
    return text


def _parts(text: str, field: fields.Many) -> list[str]:
    """What stands between the commas; of too many, just enough to tell."""
    filled = filter(None, map(str.strip, PARTS.split(text)))
    return list(islice(filled, field.most + 1))


def _span(text: str) -> Any:
    """`周一 9:00-18:00` or `MO 09:00-18:00` as a span of the week."""
    parts = SPAN.fullmatch(text)
    if parts is None:
        return text
    day, opens, closes = parts.groups()
    return {"day": DAYS.get(day, day.upper()), "opens": opens.zfill(5), "closes": closes.zfill(5)}


def _local_instant(text: str) -> str:
    """`2026-06-13 9:00` or `2026/6/13 09:00:00`, without an offset, is the district's own time."""
    day, _, clock = text.replace("T", " ").partition(" ")
    hours, _, rest = clock.strip().partition(":")
    try:
        moment = datetime.fromisoformat(f"{_day(day)}T{hours.zfill(2)}:{rest}" if clock else _day(day))
    except ValueError:
        return text
    return moment.isoformat() if moment.tzinfo else f"{moment.isoformat()}{DISTRICT_TIME}"


def _day(text: str) -> str:
    """`2026/6/1`, `2026-6-1`, `2026.6.1` and `2026年6月1日` as `2026-06-01`."""
    parts = DAY.fullmatch(text)
    if parts is None:
        return text
    try:
        return date(*map(int, parts.groups())).isoformat()
    except ValueError:
        return text
