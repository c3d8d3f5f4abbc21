"""One person is in one place at a time: a sign-up that overlaps another names it to whom that concerns."""

from collections.abc import Iterator
from datetime import datetime

from schemas.activities.contents import LONGEST_SESSION
from schemas.documents import Json
from schemas.fields import instant
from schemas.persons import called, principal
from services.activities.model.lifecycles import STANDING
from services.activities.rules.authority import may_keep
from services.district.calendar import local_minute
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
        other = docs.the("sessions", seat["session"])
        if seat["state"] in STANDING and overlap(session, other):
            if other["id"] == session["id"]:
                raise Refused(
                    "already_signed_up", _is_here(docs, seat, asked), path=path
                )
            raise Refused(
                "overlapping", _is_elsewhere(docs, seat, other, asked), path=path
            )


def _is_here(docs: Reads, seat: Json, asked: Asked) -> str:
    """Whom somebody else has named, in a log of when that was possible, is told the way out."""
    signup = docs.the("signups", seat["signup"])
    others = seat["person"] == asked.actor.id != signup["by"]
    way_out = f"（在别人的报名 {signup['id']} 里，可先退出）" if others else ""
    return f"{called(seat['person'])} 已经报名本场{way_out}"


def _is_elsewhere(docs: Reads, seat: Json, other: Json, asked: Asked) -> str:
    if not _may_know(docs, seat, other, asked):
        return "这位居民同一时间已有安排"
    when = local_minute(datetime.fromisoformat(other["starts_at"]))
    return f"{called(seat['person'])} 同一时间已报名《{other['title']}》（{when}）"


def _may_know(docs: Reads, seat: Json, other: Json, asked: Asked) -> bool:
    """What else somebody takes part in is known to them, to who signed them up there and to who keeps it."""
    theirs = {principal(seat["person"]), docs.the("signups", seat["signup"])["by"]}
    return asked.actor.id in theirs or may_keep(docs, other["host"], asked)


def overlap(one: Json, other: Json) -> bool:
    held = other["state"] in {"planned", "running"} or one["id"] == other["id"]
    return bool(
        held
        and one["starts_at"] < other["ends_at"]
        and other["starts_at"] < one["ends_at"]
    )


def _seats_about_then(docs: Reads, session: Json, person: str) -> Iterator[Json]:
    """The person's seats in sessions that may overlap. A seat keeps the time it was taken for; few sessions move."""
    since = instant(datetime.fromisoformat(session["starts_at"]) - LONGEST_SESSION)
    about_then = {"since": since, "until": session["ends_at"], "limit": MOST_AT_A_TIME}
    own = docs.get("seats", f"{session['id']}:{person}")
    if own is not None:
        yield own
    yield from every(docs, Find("seats", {"person": person}, "starts_at", **about_then))
    for moved in every(docs, Find("sessions", {"moved": 1}, "starts_at", **about_then)):
        seat = docs.get("seats", f"{moved['id']}:{person}")
        if seat is not None:
            yield seat
