"""Who gets an offering: one place in a day, week or month of its capacity, and the occurrence it is for.

What activities ask for is answered by a fact, never an error; what a commitment asks for is refused with a reason.
"""

from datetime import datetime

from schemas.cobuild.offerings import MOST_BOOKED
from schemas.documents import Json
from schemas.fields import instant
from services.cobuild.model.ids import booking_id, holder
from services.cobuild.model.lifecycles import OFFERING
from services.cobuild.model.occurrences import occurrence_at, period_of
from services.cobuild.model.pauses import standing
from services.cobuild.model.usage import is_used_up
from services.district.calendar import local_day, local_minute
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Event, Fact
from services.kit.views import Find, Reads

OF_TIME_ALONE = {"used_up"}  # A pause for one period only: another may still be booked.


def reserve(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Reserved or declined. None when the activity holds the offering already: that was answered."""
    request = event.data
    if _held(docs, holder(request), request["offering"]):
        return None
    told: Json = {
        name: request[name]
        for name in ("offering", "activity", "session")
        if name in request
    }
    offering = docs.get("offerings", request["offering"])
    try:
        booked = booking(
            docs,
            offering,
            request["offering"],
            datetime.fromisoformat(request["starts_at"]),
        )
    except Refused as refusal:
        return _fact(
            "offering_declined.v1",
            {**told, "code": refusal.code, "reason": refusal.title},
        )
    return _fact("offering_reserved.v1", {**told, **booked})


def booking(docs: Reads, offering: Json | None, id: str, starts: datetime) -> Json:
    """`{period, occurrence}` of a place that is free. Raises `Refused` when there is none, with why."""
    if offering is None:
        raise Refused("unknown_offering", f"没有编号为 {id} 的资源", path="offering")
    offering = standing(offering, docs.the("units", offering["unit"]))
    if (
        offering["state"] == OFFERING.initial
        or set(offering["pauses"]) == OF_TIME_ALONE
    ):
        return _place(docs, offering, starts)
    if "expired" in offering["pauses"]:
        raise _expired(offering)
    raise Refused(
        "not_published",
        f"“{offering['title']}”{offering['state_text']}",
        path="offering",
    )


def _expired(offering: Json) -> Refused:
    return Refused(
        "expired",
        f"“{offering['title']}”的有效期到 {offering['valid_until']}",
        path="offering",
    )


def _place(docs: Reads, offering: Json, starts: datetime) -> Json:
    title = offering["title"]
    if local_day(starts) > offering["valid_until"]:
        raise _expired(offering)
    occurrence = occurrence_at(offering, starts) if "starts_at" in offering else starts
    if occurrence is None:
        when = local_minute(starts)
        raise Refused("no_occurrence", f"“{title}”在 {when} 没有安排", path="starts_at")
    period = period_of(offering, occurrence)
    if is_used_up(docs, offering, period):
        raise Refused(
            "used_up",
            f"“{title}”在 {period} 的 {offering['capacity']} 次已经用完",
            path="offering",
        )
    return {"period": period, "occurrence": instant(occurrence)}


def release_all(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Frees whatever the cancelled activity and its sessions hold; None when that is nothing."""
    return _release(
        docs, event, [event.data["activity"], *event.data.get("sessions", ())]
    )


def release_sessions(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Frees whatever the cancelled sessions hold; the others keep theirs."""
    return _release(docs, event, event.data["sessions"])


def _release(docs: Reads, event: Event, holders: list[str]) -> Fact | None:
    found = (
        Find("bookings", {"holder": by, "state": "held"}, "offering", limit=MOST_BOOKED)
        for by in holders
    )
    return _released(event, [booking for each in found for booking in docs.find(each)])


def release_one(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """Frees the offering no longer wanted; None when it was declined or freed before."""
    held = next(
        filter(
            None, (_held(docs, by, event.data["offering"]) for by in _holders(event))
        ),
        None,
    )
    return _released(event, [held] if held else [])


def _holders(event: Event) -> tuple[str, str]:
    """Who may hold it: the session, or the activity itself, if it asked when activities had one session."""
    return holder(event.data), event.data["activity"]


def _held(docs: Reads, by: str, offering: str) -> Json | None:
    found = docs.get("bookings", booking_id(by, offering))
    return found if found and found["state"] == "held" else None


def _released(event: Event, bookings: list[Json]) -> Fact | None:
    if not bookings:
        return None
    activity = event.data["activity"]
    freed = [_freed(event, booking) for booking in bookings]
    return Fact(
        "offerings_released.v1",
        f"activity/{activity}",
        {"activity": activity, "offerings": freed},
    )


def _freed(event: Event, booking: Json) -> Json:
    by = booking["holder"]
    session = {"session": by} if by != event.data["activity"] else {}
    return {"offering": booking["offering"], "period": booking["period"], **session}


def _fact(type: str, data: Json) -> Fact:
    return Fact(type, f"offering/{data['offering']}", data)
