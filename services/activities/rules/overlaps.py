"""One person is in one place at a time: a sign-up that overlaps another names it to whom that concerns."""

from collections.abc import Iterator, Mapping

from schemas.activities.contents import LONGEST_SESSION
from schemas.documents import Json
from schemas.fields import instant
from schemas.persons import called, principal
from services.activities.model.lifecycles import STANDING
from services.activities.model.seating import its_session, seat_of
from services.activities.model.times import minute_of, starts_of
from services.activities.rules.authority import may_keep
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.views import Find, Reads

MOST_AT_A_TIME = 100


def must_be_free(
    docs: Reads, session: Json, person: str, path: str, asked: Asked
) -> None:
    """Raises `Refused` when the person has a seat or a place in a queue at the same time."""
    for seat in _seats_about_then(docs, session, person):
        other = its_session(docs, seat)
        if seat["state"] not in STANDING or not overlap(session, other):
            continue
        if other["id"] == session["id"]:
            says = _is_here(docs, seat, asked)
            raise Refused("already_signed_up", says, path=path)
        says = _is_elsewhere(docs, seat, other, asked)
        raise Refused("overlapping", says, path=path)


def _is_here(docs: Reads, seat: Json, asked: Asked) -> str:
    """Whom somebody else has named, in a log of when that was possible, is told the way out."""
    signup = docs.the("signups", seat["signup"])
    me = asked.actor.id
    is_named = me == seat["person"] and me != signup["by"]
    way_out = "（在别人的报名里，可先退出）" if is_named else ""
    return f"{called(seat['person'])} 已经报名本场{way_out}"


def _is_elsewhere(docs: Reads, seat: Json, other: Json, asked: Asked) -> str:
    if not _may_know(docs, seat, other, asked):
        return "这位居民同一时间已有安排"
    who = called(seat["person"])
    title = other["title"]
    return f"{who} 同一时间已报名《{title}》（{minute_of(other)}）"


def _may_know(docs: Reads, seat: Json, other: Json, asked: Asked) -> bool:
    """What else somebody takes part in is known to them, to who signed them up there and to who keeps it."""
    signup = docs.the("signups", seat["signup"])
    if asked.actor.id in (principal(seat["person"]), signup["by"]):
        return True
    return may_keep(docs, other["host"], asked)


def overlap(session: Json, other: Json) -> bool:
    """Whether two sessions are held at the same time; a session overlaps itself, whatever became of it."""
    is_same = session["id"] == other["id"]
    held = is_same or other["state"] in {"planned", "running"}
    begins_before = session["starts_at"] < other["ends_at"]
    ends_after = other["starts_at"] < session["ends_at"]
    return bool(held and begins_before and ends_after)


def _seats_about_then(docs: Reads, session: Json, person: str) -> Iterator[Json]:
    """The person's seats in sessions that may overlap. A seat keeps the time it was taken for; few sessions move."""
    own = seat_of(docs, session, person)
    if own is not None:
        yield own
    yield from every(docs, about_then("seats", {"person": person}, session))
    for moved in every(docs, about_then("sessions", {"moved": 1}, session)):
        seat = seat_of(docs, moved, person)
        if seat is not None:
            yield seat


def about_then(collection: str, where: Mapping[str, str | int], session: Json) -> Find:
    """What begins so that it may overlap the session."""
    since = instant(starts_of(session) - LONGEST_SESSION)
    until = session["ends_at"]
    return Find(collection, where, "starts_at", since, until, limit=MOST_AT_A_TIME)
