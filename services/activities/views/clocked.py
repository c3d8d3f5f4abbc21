"""States in words as the clock has it: what the log says of a session or activity, at the moment somebody asks."""

from schemas.documents import Json
from schemas.fields import instant
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads

TO_BE_CLOSED = "已过时、待结束"
CANCELLED = "【已取消】"
STILL_TO_COME = ("planned", "running")


def titled(shown: Json) -> str:
    """With 【已取消】 in front of what is cancelled, as many look at nothing but the title."""
    return (
        f"{CANCELLED}{shown['title']}"
        if shown["state"] == "cancelled"
        else str(shown["title"])
    )


def session(shown: Json, asked: Asked) -> Json:
    return {
        **shown,
        "title": titled(shown),
        "state_text": _words(shown, instant(asked.now)),
    }


def activity(views: Reads, shown: Json, asked: Asked) -> Json:
    """By the last of its sessions that is not over: as long as one takes sign-ups, the activity does."""
    last = (
        _last(views, shown)
        if shown["state"] in ("published", "open", "running")
        else None
    )
    shown = {**shown, "title": titled(shown)}
    return (
        {**shown, "state_text": _words_of_whole(shown, last, instant(asked.now))}
        if last
        else shown
    )


def sessions(found: Json, asked: Asked) -> Json:
    return {**found, "items": [session(shown, asked) for shown in found["items"]]}


def activities(views: Reads, found: Json, asked: Asked) -> Json:
    return {
        **found,
        "items": [activity(views, shown, asked) for shown in found["items"]],
    }


def _words(shown: Json, now: str) -> str:
    """Of what is still a draft nothing but that it is planned."""
    if shown["state"] not in STILL_TO_COME or "shown" not in shown:
        return str(shown["state_text"])
    if now >= shown["ends_at"]:
        return TO_BE_CLOSED
    if shown["state"] == "running":
        return str(shown["state_text"])
    return _words_of_planned(shown, now)


def _words_of_planned(shown: Json, now: str) -> str:
    doors_open = "begins_at" in shown
    if now >= shown["starts_at"]:
        return "进行中" if doors_open else "已到时间、待开始"
    if now >= shown["cutoff"]:
        return "报名已截止、已开门签到" if doors_open else "报名已截止"
    return "未开始、已开门签到" if doors_open else str(shown["state_text"])


def _words_of_whole(shown: Json, last: Json, now: str) -> str:
    if now >= last["ends_at"]:
        return "已过时、未开放报名" if shown["state"] == "published" else TO_BE_CLOSED
    if shown["state"] != "open" or now < last["cutoff"]:
        return str(shown["state_text"])
    return _words(last, now)


def _last(views: Reads, shown: Json) -> Json | None:
    found = views.find(
        Find("sessions", {"activity": shown["id"]}, "starts_at", newest_first=True)
    )
    return next((each for each in found if each["state"] in STILL_TO_COME), None)
