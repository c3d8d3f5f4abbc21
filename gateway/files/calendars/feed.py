"""A calendar as iCalendar (RFC 5545, and RFC 7986 for its name and how often to look again).

The same calendar is the same bytes, so that an unchanged one need not be sent again. Times are UTC, which every
program reads alike; each shows them in the time of its own place.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from icalendar import Calendar, Event

from schemas.documents import Json
from services.kit.clock import give_way

PRODUCT = "-//xianfenghui//calendars//ZH"
DOMAIN = "xianfenghui"  # What an entry is known by in every program that has it: never to be changed.
LOOK_AGAIN = timedelta(hours=1)
CUT = "场次太多，这里只有离今天最近的一部分；请改订街道、社区或主办方的日历"
TOLD = {"link": "线上参加", "audience": "对象", "summary": "介绍"}
END = b"END:VCALENDAR\r\n"
MOST_REMEMBERED = 4096  # A kilobyte each.


def feed(calendar: Json, home: str) -> bytes:
    """`home` is the public address, at which each entry's activity has a page."""
    entries = [
        {**entry, "page": f"{home}/activities/{entry['activity']}"}
        for entry in calendar["entries"]
    ]
    return b"".join(
        [
            _heading(calendar),
            *(_written(tuple(entry.items())) for entry in entries),
            END,
        ]
    )


def _heading(calendar: Json) -> bytes:
    made = Calendar()
    for name, value in {
        "prodid": PRODUCT,
        "version": "2.0",
        "calscale": "GREGORIAN",
        "method": "PUBLISH",
    }.items():
        made.add(name, value)
    for name in (
        "name",
        "x-wr-calname",
    ):  # The second for the many programs older than RFC 7986.
        made.add(name, calendar["name"])
    if not calendar["complete"]:
        for name in ("description", "x-wr-caldesc"):
            made.add(name, CUT)
    made.add("x-wr-timezone", "Asia/Shanghai")
    made.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    written: bytes = made.to_ical()
    return written.removesuffix(END)


@lru_cache(MOST_REMEMBERED)
def _written(entry: tuple[tuple[str, Any], ...]) -> bytes:
    """Half a millisecond of work, for what mostly is as it was, in every calendar it is in."""
    give_way()
    written: bytes = _event(dict(entry)).to_ical()
    return written


def _event(entry: Json) -> Event:
    event = Event()
    event.add("uid", f"{entry['id']}@{DOMAIN}")
    event.add("sequence", entry["changes"])
    for name in (
        "dtstamp",
        "last-modified",
    ):  # Nothing newer is said than the last change.
        event.add(name, _moment(entry["changed_at"]))
    event.add("dtstart", _moment(entry["starts_at"]))
    event.add("dtend", _moment(entry["ends_at"]))
    event.add("status", entry["status"].upper())
    event.add("summary", _summary(entry))
    event.add("location", entry["place"])
    event.add("categories", [entry["category"]])
    event.add("description", _description(entry))
    event.add("url", entry["page"])
    return event


def _summary(entry: Json) -> str:
    """With its standing in front unless it is sure: not every program shows what is tentative or cancelled."""
    title = (
        f"{entry['title']}（{entry['role_text']}）"
        if "role_text" in entry
        else str(entry["title"])
    )
    return (
        title
        if entry["status"] == "confirmed"
        else f"【{entry['status_text']}】{title}"
    )


def _description(entry: Json) -> str:
    """Only what changes with the entry's version: that it has begun, one sees from the clock."""
    lines = [f"主办：{entry['host_name']}"]
    lines += [
        f"{name}：{entry[field]}" for field, name in TOLD.items() if field in entry
    ]
    if "role_text" in entry:
        lines.append(f"您的身份：{entry['role_text']}")
    if entry["status"] != "confirmed":
        lines.append(f"状态：{entry['status_text']}")
    if "reason" in entry:
        lines.append(f"原因：{entry['reason']}")
    lines.append(f"详情：{entry['page']}")
    return "\n".join(lines)


def _moment(text: str) -> datetime:
    """To the second: a calendar knows no smaller part of time."""
    return datetime.fromisoformat(text).replace(microsecond=0)
