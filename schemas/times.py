"""When something takes place: a first time, how long, and how it repeats (RFC 5545)."""

import re
from calendar import monthrange
from collections.abc import Mapping
from itertools import product
from typing import Any

import marshmallow as ma

from schemas import fields

MOST_EXCEPTIONS = 100
SHORTEST_MIN, LONGEST_MIN = 10, 24 * 60
LEAP_YEAR = 2024

DAYS = "(MO|TU|WE|TH|FR|SA|SU)"
ALWAYS = {"INTERVAL": "[1-9][0-9]?", "COUNT": "[1-9][0-9]{0,2}", "UNTIL": "[0-9]{8}", "WKST": "(MO|SU)"}
# Only combinations that come round again and again: reckoning with one that never does would not end.
PARTS = {
    "DAILY": ALWAYS,
    "WEEKLY": {**ALWAYS, "BYDAY": f"{DAYS}(,{DAYS})*"},
    "MONTHLY": {
        **ALWAYS,
        "BYDAY": f"([-+]?[1-4])?{DAYS}(,([-+]?[1-4])?{DAYS})*",
        "BYMONTHDAY": "-?([1-9]|[12][0-9]|3[01])(,-?([1-9]|[12][0-9]|3[01]))*",
        "BYSETPOS": "-?[1-4]",
    },
    "YEARLY": {**ALWAYS, "BYMONTH": "([1-9]|1[0-2])(,([1-9]|1[0-2]))*", "BYMONTHDAY": "([1-9]|[12][0-9]|3[01])"},
}
TOGETHER = {"BYSETPOS": "BYDAY", "BYMONTH": "BYMONTHDAY"}
APART = ({"BYDAY", "BYMONTHDAY"}, {"COUNT", "UNTIL"})  # The second pair by RFC 5545, section 3.3.10.
BAD = fields.Complaint("bad_rule", "应为按日、周、月或年重复的规则（RFC 5545），如 FREQ=WEEKLY;BYDAY=SA")


class Rule(fields.Text):
    """An RRULE by day, week, month or year; the time of day is that of the first occurrence."""

    default_error_messages = {"bad_rule": BAD}

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"description": "重复规则，RFC 5545 RRULE，如 FREQ=WEEKLY;BYDAY=SA", **kwargs.pop("metadata", {})}
        super().__init__(200, metadata=metadata, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).upper().removeprefix("RRULE:")
        pairs = [part.partition("=") for part in text.split(";")]
        parts = {name: value for name, _, value in pairs}
        if len(parts) != len(pairs) or not _comes_round(parts):
            raise self.make_error("bad_rule")
        return text


def _comes_round(parts: dict[str, str]) -> bool:
    allowed = PARTS.get(parts.get("FREQ", ""), {})
    own = {name: value for name, value in parts.items() if name != "FREQ"}
    if not allowed or not all(name in allowed and re.fullmatch(allowed[name], value) for name, value in own.items()):
        return False
    if any(one in own and other not in own for one, other in TOGETHER.items()):
        return False
    if any(own.keys() >= pair for pair in APART):
        return False
    if "BYSETPOS" in own and not re.fullmatch(PARTS["WEEKLY"]["BYDAY"], own["BYDAY"]):
        return False
    if "UNTIL" in own and not _is_a_day(own["UNTIL"]):
        return False
    months, days = own.get("BYMONTH", "1").split(","), own.get("BYMONTHDAY", "1").split(",")
    return any(abs(int(day)) <= monthrange(LEAP_YEAR, int(month))[1] for month, day in product(months, days))


def _is_a_day(text: str) -> bool:
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


class Times(fields.Schema):
    """All left out: by arrangement. Without `repeats` it takes place once."""

    starts_at = fields.Instant(metadata={"description": "首次开始时间；不填为时间另行约定"})
    minutes = fields.Whole(SHORTEST_MIN, LONGEST_MIN, metadata={"description": "每次多少分钟"})
    repeats = Rule()
    except_on = fields.Many(fields.Day(), 1, MOST_EXCEPTIONS, metadata={"description": "不提供的日期"})


class SaidTimes(Times):
    """Times as somebody says them: what belongs together is there together."""

    @ma.validates_schema
    def times_go_together(self, data: dict[str, Any], **kwargs: Any) -> None:
        for name, needed in (("starts_at", "minutes"), ("minutes", "starts_at"), ("repeats", "starts_at")):
            if name in data and needed not in data:
                raise ma.ValidationError(fields.Complaint("missing_field", "首次开始时间和时长要一起填写"), needed)
        if "except_on" in data and "repeats" not in data:
            raise ma.ValidationError(fields.Complaint("missing_field", "只有重复的才有例外日期"), "repeats")
