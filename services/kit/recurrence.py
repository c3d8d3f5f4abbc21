"""When something that repeats takes place."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

from services.kit.calendar import LOCAL

DAYS = {"DAILY": 1, "WEEKLY": 7}


def beginnings(first: datetime, repeats: str | None, since: datetime | None = None) -> Iterator[datetime]:
    """Each beginning in order, perhaps without end: by `repeats` (RFC 5545) from `first` on, reckoned in local time.

    Without `repeats` `first` alone. Those long before `since` are passed over: it takes no longer with the years.
    """
    local = first.astimezone(LOCAL).replace(tzinfo=None)
    if repeats is None:
        yield local.replace(tzinfo=LOCAL)
        return
    parts = dict(part.split("=") for part in repeats.split(";"))
    if "UNTIL" in parts:
        parts["UNTIL"] += "T235959"  # dateutil takes a day for its first moment; its last occurrence is meant as well.
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    near = _passed_over(local, parts, since.astimezone(LOCAL).replace(tzinfo=None)) if since else local
    for naive in rrulestr(rule, dtstart=near):
        yield naive.replace(tzinfo=LOCAL)


def _passed_over(first: datetime, parts: dict[str, str], since: datetime) -> datetime:
    """A later first time from which the rule gives the same by `since`. One that counts is reckoned from its start."""
    days = DAYS.get(parts["FREQ"])
    if days is None or "COUNT" in parts:
        return first
    round = timedelta(days=days * int(parts.get("INTERVAL", "1")))
    return first + max(0, (since - first) // round - 1) * round
