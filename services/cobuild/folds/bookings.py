"""What is booked of an offering, counted by period, and when time next changes how the offering stands.

Kept apart from the offering, which is folded from its own stream alone.
"""

from datetime import datetime

from schemas.documents import Json, pick
from schemas.fields import instant
from services.cobuild.model.ids import booking_id, holder, usage_id
from services.cobuild.model.occurrences import begins, next_period_begins, period_of
from services.cobuild.model.usage import is_used_up
from services.district.calendar import day_ends
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

MOST_PERIODS = 2000
NEVER = "9999-12-31T00:00:00.000Z"

COLLECTIONS = (
    Collection(
        "bookings",
        (("holder", "state", "offering"), ("offering", "state", "starts_at")),
    ),
    # By offering and period: how many bookings count in it.
    Collection("usage", (("offering", "full", "begins"),)),
    # By offering: when to look at it again.
    Collection("watches", (("state", "check_at"),)),
)


def fold_reserved(docs: Overlay, event: Event) -> None:
    content = event.data
    starts_at = content.get("occurrence") or instant(begins(content["period"]))
    place = content | {"starts_at": starts_at}
    book(docs, holder(content), place, event)


def fold_released(docs: Overlay, event: Event) -> None:
    for freed in event.data["offerings"]:
        release(docs, holder(event.data | freed), freed["offering"], event)


def book(docs: Overlay, by: str, place: Json, event: Event) -> None:
    """Remembers who holds the `place`: `{offering, period, starts_at}`."""
    booking = pick(place, "offering", "period", "starts_at")
    booking["id"] = booking_id(by, booking["offering"])
    docs.put("bookings", booking | {"holder": by, "state": "held"})
    _count(docs, booking, 1, event)


def release(docs: Overlay, by: str, offering: str, event: Event) -> None:
    booking = docs.change("bookings", booking_id(by, offering), state="released")
    _count(docs, booking, -1, event)


def _count(docs: Overlay, booking: Json, change: int, event: Event) -> None:
    offering = docs.the("offerings", booking["offering"])
    usage = _usage(docs, offering["id"], booking["period"])
    used = usage["used"] + change
    _put_usage(docs, usage | {"used": used}, offering)
    watch(docs, offering, event)


def _put_usage(docs: Overlay, usage: Json, offering: Json) -> None:
    """The usage, full or not by the capacity of the offering now."""
    full = _full(usage["used"], offering)
    docs.put("usage", usage | {"full": full})


def _usage(docs: Overlay, offering: str, period: str) -> Json:
    """How much of the offering is booked in the period."""
    id = usage_id(offering, period)
    new = {"id": id, "offering": offering, "used": 0}
    new["begins"] = instant(begins(period))
    return docs.get("usage", id) or new


def _full(used: int, offering: Json) -> str:
    return "yes" if used >= offering["capacity"] else "no"


def recount(docs: Overlay, offering: Json, event: Event) -> None:
    """Periods from now on are full, or not, by the new capacity."""
    since = _period_since(offering, datetime.fromisoformat(event.time))
    for full in ("yes", "no"):
        where = {"offering": offering["id"], "full": full}
        find = Find("usage", where, "begins", since=since, limit=MOST_PERIODS)
        for usage in docs.find(find):
            _put_usage(docs, usage, offering)


def _period_since(offering: Json, now: datetime) -> str:
    """When the offering's period began in which it is now."""
    return instant(begins(period_of(offering, now)))


def watch(docs: Overlay, offering: Json, event: Event) -> None:
    """Has the offering looked at when a period or its validity ends that changes it, as long as it is not retired."""
    watched = {"id": offering["id"], "state": "over", "check_at": NEVER}
    if offering["state"] != "retired":
        watched["state"] = "watched"
        watched["check_at"] = _check_at(docs, offering, event)
    docs.put("watches", watched)


def _check_at(docs: Overlay, offering: Json, event: Event) -> str:
    """When its validity ends, a period begins for which it is used up, or one ends for which it is."""
    now = datetime.fromisoformat(event.time)
    moments = []
    if "expired" not in offering["pauses"]:
        moments.append(day_ends(offering["valid_until"]))
    if "used_up" in offering["pauses"]:
        moments.append(_free_again(docs, offering, now))
    else:
        moments += _used_up_at(docs, offering, now)
    return instant(min(moments)) if moments else NEVER


def _free_again(docs: Overlay, offering: Json, now: datetime) -> datetime:
    """When there is some again of one that is used up."""
    if is_used_up(docs, offering, period_of(offering, now)):
        return next_period_begins(offering["per"], now)
    return now


def _used_up_at(docs: Overlay, offering: Json, now: datetime) -> list[datetime]:
    """When the first period from now on begins in which nothing is left, if there is one."""
    since = _period_since(offering, now)
    where = {"offering": offering["id"], "full": "yes"}
    full = docs.find(Find("usage", where, "begins", since=since, limit=1))
    return [max(now, datetime.fromisoformat(usage["begins"])) for usage in full]


OWN: Folds = {
    "offering_reserved.v1": fold_reserved,
    "offerings_released.v1": fold_released,
}
