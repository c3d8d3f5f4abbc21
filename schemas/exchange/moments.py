"""Days and times of day as people type them, made what the schemas expect; what is neither is left as it is."""

import re
from datetime import date, datetime

from schemas.exchange.cleaning import narrow

# Characters of a moment; what is longer is none, and is not searched for one.
LONGEST = 60
# The whole of China keeps one time and has had no summer time since 1991.
DISTRICT_TIME = "+08:00"
WEEKDAYS = "一二三四五六日"
DAY = re.compile(
    r"(?P<year>[0-9]{4})\s*(?:[-/.年]\s*(?P<month>[0-9]{1,2})\s*[-/.月]\s*(?P<day>[0-9]{1,2})\s*[日号]?"
    r"|(?P<together>[0-9]{4}))"
    r"(?:\s*\(?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])\)?)?"
)
# What programs put after a day that they keep as a moment.
MIDNIGHT = re.compile(r"[ T]+0?0:00(:00(\.0+)?)?$")
HALF = r"(?P<half>凌晨|早上|早晨|上午|中午|下午|晚上|傍晚)?"
CLOCK = re.compile(
    rf"{HALF}\s*(?P<hour>[0-9]{{1,2}})"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?|[点时](?:(?P<thirty>半)|(?P<after>[0-9]{1,2})分?|整)?)"
    r"(?:\s*(?P<suffix>[AaPp][Mm]))?"
)
AFTER_NOON = {"下午", "晚上", "傍晚", "pm"}
BEFORE_NOON = {"凌晨", "早上", "早晨", "上午", "am"}


def day(text: str) -> str:
    """`2026/6/1`, `2026.6.1`, `20260601`, `2026年6月1号 周一` as `2026-06-01`, also where there is no such day."""
    if len(text) > LONGEST:
        return text
    parts = DAY.fullmatch(MIDNIGHT.sub("", narrow(text)))
    return _day(parts) or text if parts else text


def instant(text: str) -> str:
    """`2026-06-13 9:00`, `2026年6月13号下午2点半` and the like, without an offset, are the district's own time."""
    if len(text) > LONGEST:
        return text
    plain = narrow(text).replace("T", " ")
    parts = DAY.match(plain)
    said = parts and _day(parts)
    if parts is None or not said:
        return text
    rest = plain[parts.end() :].strip()
    if not rest.isdigit() and (clock := clock_of(rest)):
        return f"{said}T{clock}{DISTRICT_TIME}"
    return _with_offset(text) if rest else text


def clock_of(text: str, half: str = "") -> str:
    """`9:00`, `下午2:30`, `14点`, `9:00 AM` as `09:00:00`; `""` for anything else. `half` of the day where unsaid."""
    parts = CLOCK.fullmatch(text)
    if parts is None:
        return ""
    said_half = parts["half"] or (parts["suffix"] or "").lower()
    hour = _hour(int(parts["hour"]), said_half or half)
    minute = "30" if parts["thirty"] else parts["minute"] or parts["after"] or "0"
    return f"{hour:02}:{int(minute):02}:{parts['second'] or '00'}"


def _hour(hour: int, half: str) -> int:
    if half in AFTER_NOON and hour < 12:
        return hour + 12
    if half == "中午":
        return hour + 12 if hour < 3 else hour
    return 0 if half in BEFORE_NOON and half != "上午" and hour == 12 else hour


def _with_offset(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.isoformat() if moment.tzinfo else text


def _day(parts: re.Match[str]) -> str:
    """`""` where the weekday is that of another day."""
    year, month, number = parts["year"], parts["month"], parts["day"]
    if together := parts["together"]:
        month, number = together[:2], together[2:]
    day = f"{year}-{int(month):02}-{int(number):02}"
    return day if _falls_on(day, parts["weekday"]) else ""


def _falls_on(said: str, weekday: str | None) -> bool:
    """True also where nothing is said of it, or there is no such day."""
    if weekday is None:
        return True
    try:
        falls_on = WEEKDAYS[date.fromisoformat(said).weekday()]
    except ValueError:
        return True
    return falls_on == weekday.replace("天", "日")
