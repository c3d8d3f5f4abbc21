"""Reminding those who have a seat, the day before: once a day, of all that is held until the end of the next.

A session that is moved, or posted late, is found or not when the day's round comes; nothing is scheduled for it.
"""

from datetime import datetime, time, timedelta

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.notices.news import MOST_AT_ONCE
from services.district.calendar import LOCAL
from services.kit.entrypoints import Asked
from services.kit.log import Event, Fact
from services.kit.views import Find, Place, Reads
from services.notices.folds.reminders import ROUND
from services.notices.model.places import place

# Early enough to give a seat up for somebody else, and to plan the evening.
RINGS = time(8)
STREAM = f"round/{ROUND}"


def begin(docs: Reads, opened: Event, asked: Asked) -> Fact | None:
    """With the first activity that opens; from then on it goes on by itself."""
    if docs.get("rounds", ROUND) is not None:
        return None
    return Fact("reminders_begun.v1", STREAM, {"ring_at": instant(_next(asked.now))})


def ring(docs: Reads, round: Json, asked: Asked) -> Fact:
    """Of the next sessions that begin by the end of tomorrow; where there are more, it goes on at once."""
    coming = _coming(docs, place(round["after"]), asked)
    looked_at = coming[:MOST_AT_ONCE]
    more = len(coming) > MOST_AT_ONCE
    last = looked_at[-1] if more else None
    next_at = asked.now if more else _next(asked.now)
    content = {
        "sessions": _to_remind_of(docs, looked_at),
        "after": [last["comes_at"], last["id"]] if last else [],
        "more": more,
        "ring_at": instant(next_at),
    }
    return Fact("reminders_rung.v1", STREAM, content)


def _coming(docs: Reads, after: Place | None, asked: Asked) -> list[Json]:
    """One more than are looked at, to know."""
    now = instant(asked.now)
    until = instant(_end_of_tomorrow(asked.now))
    one_more = MOST_AT_ONCE + 1
    return docs.find(
        Find("sessions", {}, "comes_at", now, until, after=after, limit=one_more)
    )


def _to_remind_of(docs: Reads, sessions: list[Json]) -> list[Json]:
    to_remind_of = []
    for session in sessions:
        if _is_to_be_told(docs, session):
            known = pick(session, "activity", "title", "starts_at", "place")
            to_remind_of.append(known | {"session": session["id"]})
    return to_remind_of


def _is_to_be_told(docs: Reads, session: Json) -> bool:
    """Somebody has a seat, and nobody was reminded of this time yet."""
    reminded = docs.get("reminded", session["id"])
    if reminded is not None and reminded["starts_at"] == session["starts_at"]:
        return False
    sits = {"sits": session["id"]}
    return bool(docs.find(Find("signups", sits, "by", limit=1)))


def _next(now: datetime) -> datetime:
    """The next morning's round; this morning's, where it is still to come."""
    local = now.astimezone(LOCAL)
    today = datetime.combine(local.date(), RINGS, LOCAL)
    return today if today > local else today + timedelta(days=1)


def _end_of_tomorrow(now: datetime) -> datetime:
    day = now.astimezone(LOCAL).date() + timedelta(days=2)
    return datetime.combine(day, time(), LOCAL)
