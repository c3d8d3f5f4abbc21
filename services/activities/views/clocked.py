"""States in words as the clock has it: what the log says of a session or activity, at the moment somebody asks."""

from schemas.documents import Json
from schemas.fields import instant
from services.activities.views.dates import STILL_TO_COME, last_to_come
from services.kit.entrypoints import Asked
from services.kit.views import Reads

TO_BE_CLOSED = "已过时、待结束"
CANCELLED = "【已取消】"


def titled(doc: Json) -> str:
    """With 【已取消】 in front of what is cancelled, as many look at nothing but the title."""
    title = str(doc["title"])
    return f"{CANCELLED}{title}" if doc["state"] == "cancelled" else title


def session(doc: Json, asked: Asked) -> Json:
    words = _words(doc, instant(asked.now))
    return doc | {"title": titled(doc), "state_text": words}


def activity(views: Reads, doc: Json, asked: Asked) -> Json:
    """By the last of its sessions that is not over: as long as one takes sign-ups, the activity does."""
    seen = doc | {"title": titled(doc)}
    if doc["state"] not in ("published", "open", "running"):
        return seen
    now = instant(asked.now)
    last = last_to_come(views, doc, now)
    if last is None:
        return seen
    return seen | {"state_text": _words_of_whole(doc, last, now)}


def _words(doc: Json, now: str) -> str:
    """Of what is still a draft nothing but that it is planned."""
    if doc["state"] not in STILL_TO_COME or "shown" not in doc:
        return str(doc["state_text"])
    if now >= doc["ends_at"]:
        return TO_BE_CLOSED
    if doc["state"] == "running":
        return str(doc["state_text"])
    return _words_of_planned(doc, now)


def _words_of_planned(doc: Json, now: str) -> str:
    doors_open = "begins_at" in doc
    if now >= doc["starts_at"]:
        return "进行中" if doors_open else "已到时间、待开始"
    if now >= doc["cutoff"]:
        return "报名已截止、已开门签到" if doors_open else "报名已截止"
    return "未开始、已开门签到" if doors_open else str(doc["state_text"])


def _words_of_whole(doc: Json, last: Json, now: str) -> str:
    if now >= last["ends_at"]:
        return "已过时、未开放报名" if doc["state"] == "published" else TO_BE_CLOSED
    if doc["state"] != "open" or now < last["cutoff"]:
        return str(doc["state_text"])
    return _words(last, now)
