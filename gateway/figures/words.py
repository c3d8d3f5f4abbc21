"""Figures and moments in words, as a reader of a report expects them."""

from datetime import date, datetime

from services.district.calendar import LOCAL, day_in_words, near_day_in_words, weekday

NOTHING = "—"
MINUTES = {"分钟", "工作分钟"}
PER_DOOR = "题/户"

QUARTERS = {"Q1": "一", "Q2": "二", "Q3": "三", "Q4": "四"}
PARTS_OF_A_YEAR = {
    ("01-01", "12-31"): "{}年",
    ("01-01", "06-30"): "{}年上半年",
    ("07-01", "12-31"): "{}年下半年",
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


def with_unit(value: Value, of: str) -> str:
    """`1,234 件`, `85.3%`"""
    return f"{figure(value, of)} {unit(of)}".rstrip()


def difference(before: Value, after: Value, unit: str) -> str:
    """`+12`, `−3.25 个百分点`, `+1 小时 15 分`"""
    if before is None or after is None:
        return NOTHING
    change = after - before
    if unit == "比率":
        points = round(change * 100, 2)
        return f"{_signed(points, '.2f')} 个百分点"
    if unit == PER_DOOR:
        return _signed(round(change, 2), ",.2f")
    if unit in MINUTES:
        return f"{_sign(change)}{_minutes(abs(int(change)))}"
    return _signed(change, ",.0f")


def _signed(value: float, form: str) -> str:
    return f"{_sign(value)}{abs(value):{form}}"


def _sign(value: float) -> str:
    if value > 0:
        return "+"
    return "−" if value < 0 else "±"


def month(text: str) -> str:
    """`2026年6月`"""
    return f"{text[:4]}年{int(text[5:7])}月"


def period(text: str) -> str:
    """`2026年`, `2026年第二季度`, `2026年6月`, `2026年6月13日`"""
    year, _, rest = text.partition("-")
    if not rest:
        return f"{year}年"
    if rest in QUARTERS:
        return f"{year}年第{QUARTERS[rest]}季度"
    return month(text) if len(rest) == len("06") else day_in_words(text)


def days(first: str, last: str) -> str:
    """`2026年`, `2026年上半年`, `2026年6月8日至6月14日`, `2025年7月1日至2026年6月30日`"""
    year, _, begins = first.partition("-")
    last_year, _, ends = last.partition("-")
    if year != last_year:
        return f"{period(first)}至{period(last)}"
    if (begins, ends) in PARTS_OF_A_YEAR:
        return PARTS_OF_A_YEAR[begins, ends].format(year)
    if first == last:
        return period(first)
    return f"{period(first)}至{day_in_words(last).partition('年')[2]}"


def day(text: str) -> str:
    """`6月13日 周六`, of a day whose year is said elsewhere."""
    return near_day_in_words(date.fromisoformat(text))


def moment(text: str) -> str:
    """In the district's own time, to the minute: `2026年7月1日 周三 0:00`"""
    at = datetime.fromisoformat(text).astimezone(LOCAL)
    day = at.date()
    return f"{period(day.isoformat())} {weekday(day)} {at.hour}:{at:%M}"
