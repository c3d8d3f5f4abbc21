"""A calendar as iCalendar (RFC 5545, and RFC 7986 for its name and how often to look again).

The same calendar is the same bytes, so that an unchanged one need not be sent again. Times are UTC, which every
program reads alike; each shows them in the time of its own place.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from icalendar import Calendar, Event
from icalendar.prop import vText

from schemas.documents import Json
from services.kit.clock import give_way

PRODUCT = "-//xianfenghui//calendars//ZH"
DOMAIN = "xianfenghui"  # What an entry is known by in every program that has it: never to be changed.
LOOK_AGAIN = timedelta(hours=1)
CUT = "场次太多，这里只有离今天最近的一部分；请改订街道、社区或主办方的日历"
NAMES = {"link": "线上参加", "audience": "对象", "summary": "介绍"}
ALWAYS = {
    "prodid": PRODUCT,
    "version": "2.0",
    "calscale": "GREGORIAN",
    "method": "PUBLISH",
}
# Nothing newer is said than the last change.
MOMENTS = {
    "dtstamp": "changed_at",
    "last-modified": "changed_at",
    "dtstart": "starts_at",
    "dtend": "ends_at",
}
END = b"END:VCALENDAR\r\n"
MOST_REMEMBERED = 4096  # A kilobyte each.
ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


class Text(vText):
    """As RFC 5545, 3.3.11 has it: icalendar 7.3 makes a line break of `\\N`, and escapes nothing in `X-`."""

    def to_ical(self) -> bytes:
        return self.translate(ESCAPES).encode()


def feed(calendar: Json, home: str) -> bytes:
    """`home` is the public address, at which each entry's activity has a page."""
    parts = [_heading(calendar)]
    for entry in calendar["entries"]:
        page = f"{home}/activities/{entry['activity']}"
        parts.append(_written((*entry.items(), ("page", page))))
    return b"".join([*parts, END])


def _heading(calendar: Json) -> bytes:
    """With its name twice: the second is for the many programs older than RFC 7986."""
    made = Calendar()
    for field, value in ALWAYS.items():
        made.add(field, value)
    for field in ("name", "x-wr-calname"):
        made.add(field, Text(calendar["name"]))
    if not calendar["complete"]:
        for field in ("description", "x-wr-caldesc"):
            made.add(field, Text(CUT))
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
    for field, moment in MOMENTS.items():
        event.add(field, _moment(entry[moment]))
    event.add("status", entry["status"].upper())
    event.add("summary", Text(_summary(entry)))
    event.add("location", Text(entry["place"]))
    event.add("categories", [entry["category"]])
    event.add("description", Text(_description(entry)))
    event.add("url", entry["page"])
    return event


def _summary(entry: Json) -> str:
    """With its standing in front unless it is sure: not every program shows what is tentative or cancelled."""
    title = str(entry["title"])
    if "role_text" in entry:
        title = f"{title}（{entry['role_text']}）"
    if entry["status"] == "confirmed":
        return title
    return f"【{entry['status_text']}】{title}"


def _description(entry: Json) -> str:
    """Only what changes with the entry's version: that it has begun, one sees from the clock."""
    lines = [f"主办：{entry['host_name']}"]
    for field, name in NAMES.items():
        if field in entry:
            lines.append(f"{name}：{entry[field]}")
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
