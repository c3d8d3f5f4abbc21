"""Days, months, quarters and years, as text: `2026-06-13`, `2026-06`, `2026-Q2`, `2026`."""

from calendar import monthrange


def periods_of(day: str) -> tuple[str, str, str, str]:
    """The day, month, quarter and year `day` belongs to."""
    year, month = day[:4], day[:7]
    return day, month, f"{year}-Q{(int(day[5:7]) + 2) // 3}", year


def within(period: str) -> list[str]:
    """The next smaller periods of a period: the months of a year or quarter, the days of a month; none of a day."""
    if len(period) == 4:
        return [f"{period}-{month:02}" for month in range(1, 13)]
    year = period[:4]
    if period[5:6] == "Q":
        last = int(period[6]) * 3
        return [f"{year}-{month:02}" for month in range(last - 2, last + 1)]
    if len(period) == 7:
        _, days = monthrange(int(year), int(period[5:7]))
        return [f"{period}-{day:02}" for day in range(1, days + 1)]
    return []
