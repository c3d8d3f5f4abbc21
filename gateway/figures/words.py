"""Figures and moments in words, as a reader of a report expects them."""

from datetime import datetime

from services.district.calendar import LOCAL

NOTHING = "—"
MINUTES = {"分钟", "工作分钟"}
PER_DOOR = "题/户"

QUARTERS = {"Q1": "一", "Q2": "二", "Q3": "三", "Q4": "四"}
PARTS_OF_A_YEAR = {
    ("01-01", "12-31"): "",
    ("01-01", "06-30"): "上半年",
    ("07-01", "12-31"): "下半年",
}

Value = float | None


def figure(value: Value, unit: str) -> str:
    """`1,234`, `85.3%`, `6.4`, `20 小时 35 分`; a dash for what cannot be said."""
    if value is None:
        return NOTHING
    if unit == "比率":
        return f"{value:.1%}"
    if unit in MINUTES:
        return _minutes(int(value))
    return f"{value:,.1f}" if unit == PER_DOOR else f"{int(value):,}"


def _minutes(minutes: int) -> str:
    if abs(minutes) < 60:
        return f"{minutes:,} 分"
    hours, rest = divmod(minutes, 60)
    return f"{hours:,} 小时 {rest} 分" if rest else f"{hours:,} 小时"


def exactly(value: Value, unit: str) -> str:
    """As `figure`, a rate to the last place it has: where a small difference is to be seen."""
    if value is not None and unit == "比率":
        return f"{value:.2%}"
    if value is not None and unit == PER_DOOR:
        return f"{value:,.2f}"
    return figure(value, unit)


def unit(unit: str) -> str:
    """What stands behind a value: nothing where the value says it."""
    return "" if unit == "比率" or unit in MINUTES else unit


def difference(before: Value, after: Value, unit: str) -> str:
    """`+12`, `−3.25 个百分点`; minutes as minutes."""
    if before is None or after is None:
        return NOTHING
    change = after - before
    if unit == "比率":
        points = round(change * 100, 2)
        return f"{_signed(points, '.2f')} 个百分点"
    if unit == PER_DOOR:
        return _signed(round(change, 2), ",.2f")
    counted = " 分" if unit in MINUTES else ""
    return f"{_signed(change, ',.0f')}{counted}"


def _signed(value: float, form: str) -> str:
    if value > 0:
        return f"+{value:{form}}"
    sign = "−" if value < 0 else "±"
    return f"{sign}{abs(value):{form}}"


def month(text: str) -> str:
    """`2026 年 6 月`"""
    return f"{text[:4]} 年 {int(text[5:7])} 月"


def period(text: str) -> str:
    """`2026 年`, `2026 年第二季度`, `2026 年 6 月`, `2026 年 6 月 13 日`"""
    year, _, rest = text.partition("-")
    if not rest:
        return f"{year} 年"
    if rest in QUARTERS:
        return f"{year} 年第{QUARTERS[rest]}季度"
    if len(rest) == len("06"):
        return month(text)
    return f"{year} 年 {day(text)}"


def days(first: str, last: str) -> str:
    """`2026 年`, `2026 年上半年`, `2026 年 6 月 8 日至 14 日`, `2025 年 7 月 1 日至 2026 年 6 月 30 日`"""
    year, _, begins = first.partition("-")
    last_year, _, ends = last.partition("-")
    if year != last_year:
        return f"{period(first)}至 {period(last)}"
    if (begins, ends) in PARTS_OF_A_YEAR:
        return f"{year} 年{PARTS_OF_A_YEAR[begins, ends]}"
    if first == last:
        return period(first)
    if first[:7] != last[:7]:
        return f"{period(first)}至 {day(last)}"
    return f"{period(first)}至 {int(last[8:])} 日"


def day(text: str) -> str:
    """`6 月 13 日`"""
    month, day = int(text[5:7]), int(text[8:10])
    return f"{month} 月 {day} 日"


def moment(text: str) -> str:
    """In the district's own time, to the minute: `2026 年 7 月 1 日 0:00`"""
    at = datetime.fromisoformat(text).astimezone(LOCAL)
    return f"{period(at.date().isoformat())} {at.hour}:{at:%M}"
