"""The district's own days, weeks and months."""

from datetime import date, datetime, timedelta, timezone

# The whole of China keeps one time and has had no summer time since 1991, so no time-zone database is needed.
LOCAL = timezone(timedelta(hours=8), "Asia/Shanghai")
A_MINUTE = timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60
WEEKDAYS = "一二三四五六日"


def local_day(moment: datetime) -> str:
    """`2026-06-13`"""
    return moment.astimezone(LOCAL).date().isoformat()


def day_of(moment: str) -> str:
    """The local day of an instant as events have it: `2026-06-12T16:00:00Z` is in `2026-06-13`."""
    return local_day(datetime.fromisoformat(moment))


def day_in_words(day: str) -> str:
    """`2026年6月13日`, of `2026-06-13`."""
    year, month, number = map(int, day.split("-"))
    return f"{year}年{month}月{number}日"


def month_in_words(month: str) -> str:
    """`2026年6月`, of `2026-06`."""
    year, number = map(int, month.split("-"))
    return f"{year}年{number}月"


def near_day_in_words(day: date) -> str:
    """`6月13日 周六`, as it is said of something near."""
    return f"{day.month}月{day.day}日 {weekday(day)}"


def weekday(day: date) -> str:
    return f"周{WEEKDAYS[day.weekday()]}"


def local_minute(moment: datetime) -> str:
    """`6月13日 周六 9:00`, as it is said of something near."""
    at = moment.astimezone(LOCAL)
    return f"{near_day_in_words(at.date())} {at.hour}:{at.minute:02}"


def local_week(moment: datetime) -> str:
    """The ISO 8601 week, `2026-W24`; it belongs to the year its Thursday is in."""
    year, week, _ = moment.astimezone(LOCAL).isocalendar()
    return f"{year}-W{week:02}"


def local_month(moment: datetime) -> str:
    """`2026-06`"""
    return local_day(moment)[:7]


def how_long(left: timedelta) -> str:
    """`13 天`, `1 天 3 小时`, `59 分钟`: in minutes rounded up, as it is said of what is still to come."""
    rounded_up = -(-left // A_MINUTE)
    days, minutes = divmod(max(rounded_up, 1), MINUTES_A_DAY)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "天"), (hours, "小时")]
    if not days:
        parts.append((minutes, "分钟"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def day_ends(day: str) -> datetime:
    """When the day after `2026-06-13` begins."""
    return datetime.fromisoformat(day).replace(tzinfo=LOCAL) + timedelta(days=1)
