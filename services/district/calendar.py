"""The district's own days, weeks and months."""

from datetime import datetime, timedelta, timezone

# The whole of China keeps one time and has had no summer time since 1991, so no time-zone database is needed.
LOCAL = timezone(timedelta(hours=8), "Asia/Shanghai")
A_MINUTE = timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60


def local_day(moment: datetime) -> str:
    """`2026-06-13`"""
    return moment.astimezone(LOCAL).date().isoformat()


def day_of(moment: str) -> str:
    """The local day of an instant as events have it: `2026-06-12T16:00:00Z` is in `2026-06-13`."""
    return local_day(datetime.fromisoformat(moment))


def local_minute(moment: datetime) -> str:
    """`06-13 09:00`, as it is said of something near."""
    return moment.astimezone(LOCAL).strftime("%m-%d %H:%M")


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
