"""How something repeats: the RRULEs of RFC 5545 that people and calendar programs write, by day, week, month or year.

A rule is taken as it is written; each refusal names the part and what it should be.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from schemas import fields

Parts = Mapping[str, str]
LONGEST = 400
LEAP_YEAR = 2024
NAMED = re.compile("^RRULE(;[^:]*)?:")
NOT_OF_THE_RULE = re.compile("DTSTART|DTEND|EXDATE|RDATE|EXRULE|BEGIN:")
ONE_LINE = "只填 RRULE 这一行；首次时间和例外日期另有一栏"

FREQUENCIES = {"DAILY": "日", "WEEKLY": "周", "MONTHLY": "月", "YEARLY": "年"}
DAY = "(MO|TU|WE|TH|FR|SA|SU)"
ORDINAL = re.compile(r"[-+]?[1-5](?=[A-Z])")
MONTH, MONTH_DAY, PLACE = (
    "(0?[1-9]|1[0-2])",
    "[-+]?(0?[1-9]|[12][0-9]|3[01])",
    "[-+]?([1-9]|[12][0-9]|3[01])",
)
VALUES = {
    "INTERVAL": ("[1-9][0-9]?", "应为 1 到 99"),
    "COUNT": ("[1-9][0-9]{0,2}", "应为 1 到 999"),
    "UNTIL": (
        "[0-9]{8}(T[0-9]{6}Z?)?",
        "应为最后一天，如 20261231，或带时刻，如 20261231T155959Z",
    ),
    "WKST": (DAY, "应为一个星期几，如 MO"),
    "BYMONTH": (f"{MONTH}(,{MONTH}){{0,11}}", "应为几月，如 3,9"),
    "BYMONTHDAY": (
        f"{MONTH_DAY}(,{MONTH_DAY}){{0,30}}",
        "应为几号，如 1,15；-1 是最后一天",
    ),
    "BYDAY": (
        f"([-+]?[1-5])?{DAY}(,([-+]?[1-5])?{DAY}){{0,34}}",
        "应为星期几，如 SA,SU；按月时前面可写第几个，如 2SA 或 -1FR",
    ),
    "BYSETPOS": (f"{PLACE}(,{PLACE}){{0,30}}", "应为第几个，如 1 或 -1"),
}
UNBROKEN = {"DAILY": {"BYDAY", "BYMONTH", "BYMONTHDAY"}, "MONTHLY": {"BYMONTH"}}
OF_NO_USE = {
    **dict.fromkeys(
        ("BYHOUR", "BYMINUTE", "BYSECOND"), "时刻由首次开始时间决定，请去掉"
    ),
    **dict.fromkeys(
        ("BYWEEKNO", "BYYEARDAY"), "不按第几周、第几天重复，请改用几月几号或星期几"
    ),
    "RSCALE": "不按农历等其他历法重复，请按公历填写，或逐场填写日期",
    "SKIP": "没有的那一天就没有，请去掉",
}


class Rule(fields.Text):
    """An RRULE; the time of day is that of the first occurrence. Loads without `RRULE:`, in capitals."""

    def __init__(self, **kwargs: Any) -> None:
        about = {"description": "重复规则，RFC 5545 RRULE，如 FREQ=WEEKLY;BYDAY=SA"}
        super().__init__(
            LONGEST, metadata={**about, **kwargs.pop("metadata", {})}, **kwargs
        )

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs).upper()
        if NOT_OF_THE_RULE.search(text):
            raise fields.wrong("bad_rule", ONE_LINE)
        text = ";".join(filter(None, NAMED.sub("", text).split(";")))
        complaint = next(_complaints(text), None)
        if complaint:
            raise fields.wrong("bad_rule", complaint)
        return text

    def meant(self, sent: str) -> str:
        """As narrow as a keyboard has it, and in one line: programs fold theirs (RFC 5545, section 3.1)."""
        return "".join(unicodedata.normalize("NFKC", sent).split())


def parts_of(rule: str) -> dict[str, str]:
    """`{FREQ: WEEKLY, BYDAY: SA}`"""
    return {
        name: value
        for name, _, value in (part.partition("=") for part in rule.split(";"))
    }


def until_of(rule: str) -> datetime | None:
    """The last moment the rule allows: with its time zone when it is UTC, else local time. None when it has no end."""
    text = parts_of(rule).get("UNTIL")
    if text is None:
        return None
    return datetime.fromisoformat(text if "T" in text else f"{text}T235959")


def _complaints(text: str) -> Iterator[str]:
    """What is wrong with a rule, the first thing first."""
    parts = parts_of(text)
    if len(parts) != text.count(";") + 1:
        yield "有一项写了两次"
    if parts.get("FREQ") not in FREQUENCIES:
        yield "FREQ 应为 DAILY（每日）、WEEKLY（每周）、MONTHLY（每月）或 YEARLY（每年），如 FREQ=WEEKLY;BYDAY=SA"
    for name, value in parts.items():
        yield from _complaints_about(name, value)
    yield from _complaints_together(parts)


def _complaints_about(name: str, value: str) -> Iterator[str]:
    if name in OF_NO_USE:
        yield f"{name}：{OF_NO_USE[name]}"
    elif name in VALUES:
        pattern, says = VALUES[name]
        if not re.fullmatch(pattern, value):
            yield f"{name}：{says}"
    elif name != "FREQ":
        yield f"没有“{name[:20]}”这一项"


def _complaints_together(parts: Parts) -> Iterator[str]:
    if {"COUNT", "UNTIL"} <= parts.keys():
        yield "COUNT 和 UNTIL 只能写一个"
    if "UNTIL" in parts and not _is_a_moment(parts["UNTIL"]):
        yield f"UNTIL：没有 {parts['UNTIL'][:20]} 这一天或这个时刻"
    if parts["FREQ"] == "WEEKLY" and "BYMONTHDAY" in parts:
        yield "BYMONTHDAY：按周重复时不能用"
    yield from _complaints_of_intervals(parts)
    if ORDINAL.search(parts.get("BYDAY", "")):
        yield from _complaints_of_ordinals(parts)
    if not any(_days_of(parts)):
        yield "BYMONTHDAY：这些月份里没有这一天"
    if "BYSETPOS" in parts:
        yield from _complaints_of_places(parts)


def _complaints_of_intervals(parts: Parts) -> Iterator[str]:
    """Every seventh day from a Tuesday on is never a Monday."""
    if parts.get("INTERVAL", "1") == "1":
        return
    for name in UNBROKEN.get(parts["FREQ"], set()) & parts.keys():
        yield f"{name} 不能和 INTERVAL 一起写：隔{FREQUENCIES[parts['FREQ']]}重复时也许永远轮不到"


def _complaints_of_ordinals(parts: Parts) -> Iterator[str]:
    if parts["FREQ"] not in ("MONTHLY", "YEARLY"):
        yield "BYDAY：按月或按年重复时才能写第几个星期几"
    for name in ("BYSETPOS", "BYMONTHDAY"):
        if name in parts:
            yield f"BYDAY 写了第几个，就不能再写 {name}"
    if not all(map(ORDINAL.match, parts["BYDAY"].split(","))):
        yield "BYDAY：要么都写第几个，要么都不写，如 1MO,1SA"


def _is_a_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).year > 1
    except ValueError:
        return False


def _complaints_of_places(parts: Parts) -> Iterator[str]:
    if len(parts.keys() & {"BYDAY", "BYMONTHDAY"}) != 1:
        yield "BYSETPOS 要和 BYDAY 或 BYMONTHDAY 一起写，只能是其中一个"
    places = [abs(int(place)) for place in parts["BYSETPOS"].split(",")]
    if max(places) > _most_places(parts):
        yield "BYSETPOS：没有第这么多个"


def _most_places(parts: Parts) -> int:
    """How many days one round of the rule is sure to have now and then."""
    if parts["FREQ"] == "DAILY":
        return 1
    if "BYMONTHDAY" in parts:
        return max(map(len, _days_of(parts)))
    weekdays = len(set(parts["BYDAY"].split(",")))
    return weekdays if parts["FREQ"] == "WEEKLY" else 4 * weekdays + 1


def _days_of(parts: Parts) -> list[set[int]]:
    """Which days the rule names of each of its months. February 30 never comes: dateutil would look on until 9999."""
    days = list(map(int, parts.get("BYMONTHDAY", "1").split(",")))
    months = map(int, parts.get("BYMONTH", "1").split(","))
    return [_days_in(month, days) for month in months]


def _days_in(month: int, days: Sequence[int]) -> set[int]:
    """Those of the days the month has; -1 is its last."""
    _, length = monthrange(LEAP_YEAR, month)
    return {day % (length + 1) for day in days if abs(day) <= length}
