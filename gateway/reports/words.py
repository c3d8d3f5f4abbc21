"""Figures and moments in words, as a reader of a report expects them."""

from datetime import datetime

from services.kit.calendar import LOCAL

NOTHING = "—"
MINUTES = {"分钟", "工作分钟"}

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
    return f"{value:.2%}" if value is not None and unit == "比率" else figure(value, unit)


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


def day(said: str) -> str:
    """`6 月 13 日`"""
    return f"{int(said[5:7])} 月 {int(said[8:10])} 日"


def moment(said: str) -> str:
    """In the district's own time, to the minute."""
    return f"{datetime.fromisoformat(said).astimezone(LOCAL):%Y-%m-%d %H:%M}"
