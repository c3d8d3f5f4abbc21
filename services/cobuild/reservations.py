"""Which activity gets an offering: answers to what `activities` tells, never an error.

An offering has `capacity` bookings in each day, week or month; a booking is one activity's and counts in the period
its activity starts in.
"""

from datetime import datetime

from schemas.cobuild import MOST_BOOKED
from services.kit.calendar import local_day, local_month, local_week
from services.kit.log import Event, Fact
from services.kit.views import Doc, Find, Overlay

PERIOD_OF = {"day": local_day, "week": local_week, "month": local_month}


def booking_id(activity: str, offering: str) -> str:
    return f"{activity}:{offering}"


def usage_id(offering: str, period: str) -> str:
    return f"{offering}:{period}"


def reserve(docs: Overlay, event: Event) -> Fact | None:
    """Reserved or declined. None when the activity holds the offering already: that was answered."""
    request = event.data
    if _held(docs, request["activity"], request["offering"]):
        return None
    offering = docs.get("offerings", request["offering"])
    if offering is None:
        return _declined(event, "unknown_offering", f"没有编号为 {request['offering']} 的资源")
    if offering["state"] != "published":
        return _declined(event, "not_published", f"“{offering['title']}”{offering['state_text']}")
    starts = datetime.fromisoformat(request["starts_at"])
    if local_day(starts) > offering["valid_until"]:
        return _declined(event, "expired", f"“{offering['title']}”的有效期到 {offering['valid_until']}")
    period = PERIOD_OF[offering["per"]](starts)
    if _used(docs, offering, period) >= offering["capacity"]:
        return _declined(event, "used_up", f"“{offering['title']}”在 {period} 的 {offering['capacity']} 次已经用完")
    data = {"offering": offering["id"], "activity": request["activity"], "period": period}
    return Fact("offering_reserved.v1", f"offering/{offering['id']}", data)


def release_all(docs: Overlay, event: Event) -> Fact | None:
    """Frees whatever the cancelled activity holds; None when that is nothing."""
    where = {"activity": event.data["activity"], "state": "held"}
    return _released(event, docs.find(Find("bookings", where, "offering", limit=MOST_BOOKED)))


def release_one(docs: Overlay, event: Event) -> Fact | None:
    """Frees the offering no longer wanted; None when it was declined or freed before."""
    booking = _held(docs, event.data["activity"], event.data["offering"])
    return _released(event, [booking] if booking else [])


def _held(docs: Overlay, activity: str, offering: str) -> Doc | None:
    booking = docs.get("bookings", booking_id(activity, offering))
    return booking if booking and booking["state"] == "held" else None


def _used(docs: Overlay, offering: Doc, period: str) -> int:
    usage = docs.get("usage", usage_id(offering["id"], period))
    return usage["used"] if usage else 0


def _declined(event: Event, code: str, reason: str) -> Fact:
    told = {name: event.data[name] for name in ("offering", "activity")}
    return Fact("offering_declined.v1", f"offering/{told['offering']}", {**told, "code": code, "reason": reason})


def _released(event: Event, bookings: list[Doc]) -> Fact | None:
    if not bookings:
        return None
    activity = event.data["activity"]
    freed = [{"offering": booking["offering"], "period": booking["period"]} for booking in bookings]
    return Fact("offerings_released.v1", f"activity/{activity}", {"activity": activity, "offerings": freed})
