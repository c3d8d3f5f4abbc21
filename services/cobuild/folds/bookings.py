"""What is booked of an offering, counted by period, and when time next changes how the offering stands.

Kept apart from the offering, which is folded from its own stream alone.
"""

from datetime import datetime

from schemas.documents import Json
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
    Collection(
        "usage", (("offering", "full", "begins"),)
    ),  # By offering and period: how many bookings count in it.
    Collection(
        "watches", (("state", "check_at"),)
    ),  # By offering: when to look at it again.
)


def fold_reserved(docs: Overlay, event: Event) -> None:
    data = event.data
    starts_at = data.get("occurrence") or instant(begins(data["period"]))
    book(docs, holder(data), {**data, "starts_at": starts_at}, event)


def fold_released(docs: Overlay, event: Event) -> None:
    for freed in event.data["offerings"]:
        release(docs, holder({**event.data, **freed}), freed["offering"], event)


def book(docs: Overlay, by: str, booked: Json, event: Event) -> None:
    """`booked` has `offering`, `period` and `starts_at`."""
    held = {name: booked[name] for name in ("offering", "period", "starts_at")}
    docs.put(
        "bookings",
        {"id": booking_id(by, held["offering"]), "holder": by, **held, "state": "held"},
    )
    _count(docs, held, 1, event)


def release(docs: Overlay, by: str, offering: str, event: Event) -> None:
    booking = docs.the("bookings", booking_id(by, offering))
    docs.put("bookings", {**booking, "state": "released"})
    _count(docs, booking, -1, event)


def _count(docs: Overlay, booking: Json, change: int, event: Event) -> None:
    offering = docs.the("offerings", booking["offering"])
    id = usage_id(offering["id"], booking["period"])
    began = instant(begins(booking["period"]))
    before = docs.get("usage", id) or {
        "id": id,
        "offering": offering["id"],
        "used": 0,
        "begins": began,
    }
    used = before["used"] + change
    docs.put("usage", {**before, "used": used, "full": _full(used, offering)})
    watch(docs, offering, event)


def _full(used: int, offering: Json) -> str:
    return "yes" if used >= offering["capacity"] else "no"


def recount(docs: Overlay, offering: Json, event: Event) -> None:
    """Periods from now on are full, or not, by the new capacity."""
    since = instant(begins(period_of(offering, datetime.fromisoformat(event.time))))
    for full in ("yes", "no"):
        where = {"offering": offering["id"], "full": full}
        for usage in docs.find(
            Find("usage", where, "begins", since=since, limit=MOST_PERIODS)
        ):
            docs.put("usage", {**usage, "full": _full(usage["used"], offering)})


def watch(docs: Overlay, offering: Json, event: Event) -> None:
    """Has the offering looked at when a period or its validity ends that changes it, as long as it is not retired."""
    if offering["state"] == "retired":
        docs.put("watches", {"id": offering["id"], "state": "over", "check_at": NEVER})
    else:
        docs.put(
            "watches",
            {
                "id": offering["id"],
                "state": "watched",
                "check_at": _check_at(docs, offering, event),
            },
        )


def _check_at(docs: Overlay, offering: Json, event: Event) -> str:
    """When its validity ends, a period begins for which it is used up, or one ends for which it is."""
    now = datetime.fromisoformat(event.time)
    moments = (
        [] if "expired" in offering["pauses"] else [day_ends(offering["valid_until"])]
    )
    period = period_of(offering, now)
    if "used_up" in offering["pauses"]:
        used_up = is_used_up(docs, offering, period)
        moments.append(next_period_begins(offering["per"], now) if used_up else now)
    else:
        where = {"offering": offering["id"], "full": "yes"}
        full = docs.find(
            Find("usage", where, "begins", since=instant(begins(period)), limit=1)
        )
        moments += [max(now, datetime.fromisoformat(usage["begins"])) for usage in full]
    return instant(min(moments)) if moments else NEVER


OWN: Folds = {
    "offering_reserved.v1": fold_reserved,
    "offerings_released.v1": fold_released,
}
