"""How often something is there, as people say it: of a rule as calendar programs write it (RFC 5545)."""

from collections.abc import Iterator
from datetime import datetime

from gateway.web.drawing import OFTEN
from gateway.web.words import date_in_words
from services.district.calendar import LOCAL, WEEKDAYS

DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), WEEKDAYS, strict=True))
EVERY = {
    "DAILY": "按天重复",
    "WEEKLY": "按周重复",
    "MONTHLY": "按月重复",
    "YEARLY": "按年重复",
}
SELDOM = {
    "DAILY": "每 {1} 天重复一次",
    "WEEKLY": "每 {1} 周重复一次",
    "MONTHLY": "每 {1} 个月重复一次",
    "YEARLY": "每 {1} 年重复一次",
}
ORDINALS = {1: "第一个", 2: "第二个", 3: "第三个", 4: "第四个", 5: "第五个", -1: "最后一个"}  # fmt: skip
ENDS = ("COUNT", "UNTIL", "WKST")


def rule_in_words(rule: str) -> str:
    """`按周重复，逢周二、周四，共 4 次`"""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    often = ";".join(
        f"{name}={said}" for name, said in parts.items() if name not in ENDS
    )
    return "，".join([dict(OFTEN).get(often) or _often(parts), *_end(parts)])


def _often(parts: dict[str, str]) -> str:
    number, each = parts.get("INTERVAL", "1"), parts["FREQ"]
    every = EVERY[each] if number == "1" else SELDOM[each].replace("{1}", number)
    return "，".join([every, *_on(parts)])


def _on(parts: dict[str, str]) -> Iterator[str]:
    if "BYMONTH" in parts:
        yield "、".join(f"{int(one)}月份" for one in parts["BYMONTH"].split(","))
    if "BYMONTHDAY" in parts:
        numbers = map(int, parts["BYMONTHDAY"].split(","))
        yield "、".join(map(_day_of_a_month, numbers))
    if "BYDAY" in parts:
        days = "、".join(map(_weekday, parts["BYDAY"].split(",")))
        yield f"逢{days}"
    if "BYSETPOS" in parts:
        places = map(int, parts["BYSETPOS"].split(","))
        those = "、".join(map(_place, places))
        yield f"只取其中{those}"


def _day_of_a_month(day: int) -> str:
    if day > 0:
        return f"{day}日"
    return "最后一天" if day == -1 else f"倒数第 {-day} 天"


def _weekday(said: str) -> str:
    place, day = said[:-2], DAYS[said[-2:]]
    return f"{_place(int(place))}周{day}" if place else f"周{day}"


def _place(place: int) -> str:
    return ORDINALS.get(place) or (
        f"第 {place} 个" if place > 0 else f"倒数第 {-place} 个"
    )


def _end(parts: dict[str, str]) -> Iterator[str]:
    if "COUNT" in parts:
        yield f"共 {parts['COUNT']} 次"
    if "UNTIL" in parts:
        yield f"到{date_in_words(_last_day(parts['UNTIL']))}为止"


def _last_day(until: str) -> str:
    """Of a day, or of a moment in UTC."""
    moment = datetime.fromisoformat(until)
    local = moment.astimezone(LOCAL) if moment.tzinfo else moment
    return local.date().isoformat()
