"""Reminding those who have a seat, the day before: once a day, of all that is held until the end of the next.

A session that is moved, or posted late, is found or not when the day's round comes; nothing is scheduled for it.
"""

from datetime import datetime, time, timedelta

from schemas.documents import Json
from schemas.fields import instant
from schemas.notices.news import MOST_AT_ONCE
from services.district.calendar import LOCAL
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.views import Find, Reads
from services.notices.folds.reminders import ROUND

RINGS = time(
    8
)  # Early enough to give a seat up for somebody else, and to plan the evening.
STREAM = f"round/{ROUND}"


def begin(docs: Reads, opened: Event, asked: Asked) -> Fact | None:
    """With the first activity that opens; from then on it goes on by itself."""
    if docs.get("rounds", ROUND) is not None:
        return None
    return Fact("reminders_begun.v1", STREAM, {"ring_at": instant(_next(asked.now))})


def ring(docs: Reads, round: Json, asked: Asked) -> Fact:
    after = (round["after"][0], round["after"][1]) if round["after"] else None
    now, until = instant(asked.now), instant(_end_of_tomorrow(asked.now))
    find = Find(
        "sessions",
        {},
        "comes_at",
        since=now,
        until=until,
        after=after,
        limit=MOST_AT_ONCE + 1,
    )
    found = docs.find(find)
    looked_at, more = found[:MOST_AT_ONCE], len(found) > MOST_AT_ONCE
    last = looked_at[-1] if more else None
    told = {
        "sessions": [
            _said(session) for session in looked_at if _is_to_be_told(docs, session)
        ],
        "after": [last["comes_at"], last["id"]] if last else [],
        "more": more,
        "ring_at": now if more else instant(_next(asked.now)),
    }
    return Fact("reminders_rung.v1", STREAM, told)


def _is_to_be_told(docs: Reads, session: Json) -> bool:
    """Somebody has a seat, and nobody was reminded of this time yet."""
    reminded = docs.get("reminded", session["id"])
    if reminded is not None and reminded["starts_at"] == session["starts_at"]:
        return False
    return bool(docs.find(Find("signups", {"sits": session["id"]}, "by", limit=1)))


def _said(session: Json) -> Json:
    known = {
        name: session[name] for name in ("activity", "title", "starts_at", "place")
    }
    return {"session": session["id"], **known}


def _next(now: datetime) -> datetime:
    """The next morning's round; this morning's, where it is still to come."""
    local = now.astimezone(LOCAL)
    today = datetime.combine(local.date(), RINGS, LOCAL)
    return today if today > local else today + timedelta(days=1)


def _end_of_tomorrow(now: datetime) -> datetime:
    return datetime.combine(
        now.astimezone(LOCAL).date() + timedelta(days=2), time(), LOCAL
    )
