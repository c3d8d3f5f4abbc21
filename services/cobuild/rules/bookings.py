"""Who gets an offering: one place in a day, week or month of its capacity, and the occurrence it is for.

What activities ask for is answered by a fact, never an error; what a commitment asks for is refused with a reason.
"""

from collections.abc import Iterable
from datetime import datetime

from schemas.cobuild.offerings import MOST_BOOKED
from schemas.documents import Json, pick, pick_present
from schemas.fields import instant
from services.cobuild.model.ids import booking_id, holder
from services.cobuild.model.lifecycles import OFFERING
from services.cobuild.model.occurrences import occurrence_at, period_in_words, period_of
from services.cobuild.model.pauses import standing
from services.cobuild.model.usage import is_used_up
from services.district.calendar import day_in_words, local_day, local_minute
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Event, Fact
from services.kit.views import Find, Reads

OF_TIME_ALONE = {"used_up"}  # A pause for one period only: another may still be booked.


def reserve(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Reserved or declined. None when the activity holds the offering already: that was answered."""
    request = event.data
    id = request["offering"]
    starts = datetime.fromisoformat(request["starts_at"])
    if _held(docs, holder(request), id):
        return None
    answered = pick_present(request, "activity", "session")
    try:
        place = booking(docs, docs.get("offerings", id), id, starts)
    except Refused as refusal:
        why = {"code": refusal.code, "reason": refusal.title}
        return OFFERING.fact("offering_declined.v1", id, answered | why)
    return OFFERING.fact("offering_reserved.v1", id, answered | place)


def booking(docs: Reads, offering: Json | None, id: str, starts: datetime) -> Json:
    """`{period, occurrence}` of a place that is free. Raises `Refused` when there is none, with why."""
    if offering is None:
        raise Refused("unknown_offering", "没有这个资源", path="offering")
    unit = docs.the("units", offering["unit"])
    offering = standing(offering, unit)
    _must_be_bookable(offering)
    return _place(docs, offering, starts)


def _must_be_bookable(offering: Json) -> None:
    """Raises unless the offering is published, or paused for one period only."""
    if offering["state"] == OFFERING.initial:
        return
    if set(offering["pauses"]) == OF_TIME_ALONE:
        return
    if "expired" in offering["pauses"]:
        raise _expired(offering)
    says = f"“{offering['title']}”{offering['state_text']}"
    raise Refused("not_published", says, path="offering")


def _expired(offering: Json) -> Refused:
    says = f"“{offering['title']}”的有效期到 {day_in_words(offering['valid_until'])}"
    return Refused("expired", says, path="offering")


def _place(docs: Reads, offering: Json, starts: datetime) -> Json:
    title = offering["title"]
    if local_day(starts) > offering["valid_until"]:
        raise _expired(offering)
    occurrence = occurrence_at(offering, starts) if "starts_at" in offering else starts
    if occurrence is None:
        says = f"“{title}”在 {local_minute(starts)} 没有安排"
        raise Refused("no_occurrence", says, path="starts_at")
    period = period_of(offering, occurrence)
    if is_used_up(docs, offering, period):
        says = f"“{title}”在 {period_in_words(period)} 的 {offering['capacity']} 次已经用完"
        raise Refused("used_up", says, path="offering")
    return {"period": period, "occurrence": instant(occurrence)}


def release_all(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Frees whatever the cancelled activity and its sessions hold; None when that is nothing."""
    holders = [event.data["activity"], *event.data.get("sessions", ())]
    return _released(event, _held_by(docs, holders))


def release_sessions(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Frees whatever the cancelled sessions hold; the others keep theirs."""
    return _released(event, _held_by(docs, event.data["sessions"]))


def _held_by(docs: Reads, holders: Iterable[str]) -> list[Json]:
    bookings = []
    for by in holders:
        where = {"holder": by, "state": "held"}
        bookings += docs.find(Find("bookings", where, "offering", limit=MOST_BOOKED))
    return bookings


def release_one(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Frees the offering no longer wanted; None when it was declined or freed before.

    The session holds it, or the activity itself, if it asked when activities had one session.
    """
    for by in (holder(event.data), event.data["activity"]):
        booking = _held(docs, by, event.data["offering"])
        if booking:
            return _released(event, [booking])
    return None


def _held(docs: Reads, by: str, offering: str) -> Json | None:
    booking = docs.get("bookings", booking_id(by, offering))
    return booking if booking and booking["state"] == "held" else None


def _released(event: Event, bookings: list[Json]) -> Fact | None:
    if not bookings:
        return None
    activity = event.data["activity"]
    offerings = [_freed(activity, booking) for booking in bookings]
    content = {"activity": activity, "offerings": offerings}
    return Fact("offerings_released.v1", f"activity/{activity}", content)


def _freed(activity: str, booking: Json) -> Json:
    """`{offering, period, session?}`: the session, when it was one that held it."""
    freed = pick(booking, "offering", "period")
    if booking["holder"] != activity:
        freed["session"] = booking["holder"]
    return freed
