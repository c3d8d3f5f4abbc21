"""Figures and moments in words, as a reader of a report expects them."""

from datetime import datetime

from services.district.calendar import LOCAL

NOTHING = "—"
MINUTES = {"分钟", "工作分钟"}

QUARTERS = {"Q1": "一", "Q2": "二", "Q3": "三", "Q4": "四"}
PARTS_OF_A_YEAR = {
    ("01-01", "12-31"): "",
    ("01-01", "06-30"): "上半年",
    ("07-01", "12-31"): "下半年",
}

Value = float | None


def figure(value: Value, unit: str) -> str:
    """`1,234`, `85.3%`, `20 小时 35 分`; a dash for what cannot be said."""
    if value is None:
        return NOTHING
    if unit == "比率":
        return f"{value:.1%}"
    whole = int(value)
    if unit in MINUTES and abs(whole) >= 60:
        hours, rest = divmod(whole, 60)
        return f"{hours:,} 小时 {rest} 分" if rest else f"{hours:,} 小时"
    return f"{whole:,} 分" if unit in MINUTES else f"{whole:,}"


def exactly(value: Value, unit: str) -> str:
    """As `figure`, a rate to the last place it has: where a small difference is to be seen."""
    return (
        f"{value:.2%}" if value is not None and unit == "比率" else figure(value, unit)
    )


def unit(unit: str) -> str:
    """What stands behind a value: nothing where the value says it."""
    return "" if unit == "比率" or unit in MINUTES else unit


def difference(before: Value, after: Value, unit: str) -> str:
    """`+12`, `−3.25 个百分点`; minutes as minutes."""
    if before is None or after is None:
        return NOTHING
    if unit == "比率":
        return f"{_signed(round((after - before) * 100, 2), '.2f')} 个百分点"
    return f"{_signed(after - before, ',.0f')}{' 分' if unit in MINUTES else ''}"


def _signed(value: float, form: str) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{abs(value):{form}}"


def month(said: str) -> str:
    """`2026 年 6 月`"""
    return f"{said[:4]} 年 {int(said[5:7])} 月"


def period(said: str) -> str:
    """`2026 年`, `2026 年第二季度`, `2026 年 6 月`, `2026 年 6 月 13 日`"""
    year, rest = said[:4], said[5:]
    if not rest:
        return f"{year} 年"
    if rest.startswith("Q"):
        return f"{year} 年第{QUARTERS[rest]}季度"
    return month(said) if len(rest) == len("06") else f"{year} 年 {day(said)}"


def days(first: str, last: str) -> str:
    """`2026 年`, `2026 年上半年`, `2026 年 6 月 8 日至 14 日`, `2025 年 7 月 1 日至 2026 年 6 月 30 日`"""
    year, ends = first[:4], (first[5:], last[5:])
    if year != last[:4]:
        return f"{period(first)}至 {period(last)}"
    if ends in PARTS_OF_A_YEAR:
        return f"{year} 年{PARTS_OF_A_YEAR[ends]}"
    if first == last:
        return period(first)
    return f"{period(first)}至 {day(last) if first[:7] != last[:7] else f'{int(last[8:])} 日'}"


def day(said: str) -> str:
    """`6 月 13 日`"""
    return f"{int(said[5:7])} 月 {int(said[8:10])} 日"


def moment(said: str) -> str:
    """In the district's own time, to the minute."""
    return f"{datetime.fromisoformat(said).astimezone(LOCAL):%Y-%m-%d %H:%M}"
