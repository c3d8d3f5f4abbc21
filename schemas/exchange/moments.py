"""Days and times of day as people type them, made what the schemas expect; what is neither is left as it is."""

import re
from datetime import date, datetime, timedelta

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
MONTH = re.compile(
    r"(?P<year>[0-9]{4})(?:(?:\s*[-/.年]\s*(?P<month>[0-9]{1,2})\s*月?|(?P<together>[0-9]{2})|\s*年)生?)?"
)
# What programs put after a day that they keep as a moment.
MIDNIGHT = re.compile(r"[ T]+0?0:00(:00(\.0+)?)?$")
# The hours, counted from midnight, of each half of the day.
HALVES = {
    "凌晨": range(7),
    "清晨": range(4, 10),
    "早上": range(4, 12),
    "早晨": range(4, 12),
    "上午": range(13),
    "中午": range(11, 15),
    "下午": range(12, 24),
    "午后": range(12, 24),
    "傍晚": range(16, 24),
    "晚上": range(17, 25),
    "早": range(4, 12),
    "晚": range(17, 25),
    "am": range(12),
    "pm": range(12, 24),
}
HALF = "|".join(HALVES)
CLOCK = re.compile(
    rf"(?P<half>{HALF})?\s*(?P<hour>[0-9]{{1,2}})\s*"
    r"(?::\s*(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"|[点时]\s*(?:(?P<thirty>半)|(?P<after>[0-9]{1,2})\s*(?:分\s*(?:(?P<seconds>[0-9]{1,2})\s*秒)?)?"
    r"|(?P<quarters>[13])刻|整)?)"
    r"(?:\s*(?P<suffix>[ap]\.?m)\.?)?",
    re.IGNORECASE,
)
FROM_MIDNIGHT = ("凌晨", "am")  # Their twelve is the first hour of the day.
END_OF_DAY = "24:00:00"
ISO_DAY, OF_A_MONTH = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), len("1950-03")
DIGITS = dict(zip("〇○零一二两三四五六七八九", "0001223456789", strict=True))
TENS = str.maketrans({"廿": "二十", "卅": "三十"})
ONE = f"[{''.join(DIGITS)}]"
# Not of the name of a weekday: 周六六点.
IN_CHINESE = rf"(?<![周期拜])(?:{ONE}*[十廿卅]{ONE}*|{ONE}+)(?=[{{}}])"
OF_DAYS = re.compile(IN_CHINESE.format("年月日号点时分刻"))
OF_CLOCKS = re.compile(IN_CHINESE.format("点时分刻"))


def day(text: str) -> str:
    """`2026/6/1`, `2026.6.1`, `20260601`, `2026年6月1号 周一` as `2026-06-01`, also where there is no such day."""
    if len(text) > LONGEST:
        return text
    parts = DAY.fullmatch(MIDNIGHT.sub("", in_digits(narrow(text), OF_DAYS)))
    return _day(parts) or text if parts else text


def instant(text: str) -> str:
    """`2026-06-13 9:00`, `2026年6月13号下午2点半` and the like, without an offset, are the district's own time."""
    if len(text) > LONGEST:
        return text
    plain = in_digits(narrow(text), OF_DAYS).replace("T", " ")
    parts = DAY.match(plain)
    said = parts and _day(parts)
    if parts is None or not said:
        return text
    rest = plain[parts.end() :].strip()
    if not rest.isdigit() and (clock := clock_of(rest)):
        return _at(said, clock)
    return _with_offset(text) if rest else text


def month(text: str) -> str:
    """`1950年3月`, `1950.3`, `195003` as `1950-03`, and so a day of it; `1950年` as `1950`."""
    if len(text) > LONGEST:
        return text
    plain = in_digits(narrow(text), OF_DAYS)
    if parts := MONTH.fullmatch(plain):
        number = parts["month"] or parts["together"]
        return f"{parts['year']}-{int(number):02}" if number else parts["year"]
    said = day(text)
    is_a_day = ISO_DAY.fullmatch(said) and _there_is(said)
    return said[:OF_A_MONTH] if is_a_day else text


def in_digits(text: str, numbers: re.Pattern[str]) -> str:
    """`二〇二六年十月二十一日九点` as `2026年10月21日9点`."""
    return numbers.sub(lambda found: _digits(found[0]), text)


def _digits(number: str) -> str:
    tens, ten, ones = number.translate(TENS).partition("十")
    if ten:
        tens, ones = tens or "一", ones or "〇"
    return "".join(DIGITS[digit] for digit in tens + ones)


def _at(day: str, clock: str) -> str:
    """24:00 is the midnight that ends the day."""
    if clock == END_OF_DAY and (next_day := _after(day)):
        return f"{next_day}T00:00:00{DISTRICT_TIME}"
    return f"{day}T{clock}{DISTRICT_TIME}"


def _after(day: str) -> str:
    """`""` where there is no such day, or none after it."""
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""


def clock_of(text: str, half: str = "") -> str:
    """`9:00`, `下午2:30`, `14点`, `9:00 AM` as `09:00:00`; `""` for anything else. `half` of the day where unsaid.

    An hour that its half of the day does not have is none: 晚上1点 might be either.
    """
    parts = CLOCK.fullmatch(text)
    if parts is None:
        return ""
    said = (parts["half"] or parts["suffix"] or "").lower().replace(".", "")
    hour = _hour(int(parts["hour"]), said, half)
    if hour is None:
        return ""
    second = int(parts["second"] or parts["seconds"] or 0)
    return f"{hour:02}:{_minute(parts):02}:{second:02}"


def _minute(parts: re.Match[str]) -> int:
    if parts["thirty"]:
        return 30
    if parts["quarters"]:
        return 15 * int(parts["quarters"])
    return int(parts["minute"] or parts["after"] or 0)


def _hour(hour: int, said: str, half: str) -> int | None:
    """Not before its half of the day begins; where that is not said, it may lie after its end."""
    if said in FROM_MIDNIGHT and hour == 12:
        return 0
    if not (named := said or half):
        return hour
    hours = (one for one in (hour, hour + 12) if one >= HALVES[named].start)
    found = next(hours, None)
    return None if said and found not in HALVES[said] else found


def _with_offset(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment.isoformat() if moment.tzinfo else text


def _day(parts: re.Match[str]) -> str:
    """`""` where the weekday is that of another day."""
    day = _day_said(parts)
    return day if _falls_on(day, parts["weekday"]) else ""


def _day_said(parts: re.Match[str]) -> str:
    year, month, number = parts["year"], parts["month"], parts["day"]
    if together := parts["together"]:
        month, number = together[:2], together[2:]
    return f"{year}-{int(month):02}-{int(number):02}"


def _falls_on(said: str, weekday: str | None) -> bool:
    """True also where nothing is said of it, or there is no such day."""
    if weekday is None or not _there_is(said):
        return True
    return _weekday(said) == weekday.replace("天", "日")


def _weekday(day: str) -> str:
    return WEEKDAYS[date.fromisoformat(day).weekday()]


def other_weekday(text: str) -> tuple[str, str, str] | None:
    """A day a cell names, its weekday, and the other that is said there: `("2026-06-01", "一", "二")`."""
    if len(text) > LONGEST:
        return None
    for parts in DAY.finditer(in_digits(narrow(text), OF_DAYS)):
        if not _day(parts):
            day = _day_said(parts)
            return day, _weekday(day), parts["weekday"]
    return None


def _there_is(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
