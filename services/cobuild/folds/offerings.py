"""Offerings, what is booked of them, and when time next changes one.

An offering is paused as long as anything pauses it: the unit, being used up, having expired. (A suspension of its unit
is not written here, see `standing`.) `check_at` is when the next period or the end of its validity changes that; it
is kept for the timer only while `watched`.
"""

from datetime import datetime

from schemas.fields import instant
from services.cobuild.ids import booking_id, usage_id
from services.cobuild.lifecycles import OFFERING
from services.cobuild.occurrences import begins, next_period_begins, period_of
from services.cobuild.usage import is_used_up
from services.kit import territory
from services.kit.calendar import day_ends
from services.kit.log import Event
from services.kit.views import Collection, Doc, Find, Fold, Folds, Overlay

MOST_PERIODS = 2000
NEVER = "9999-12-31T00:00:00.000Z"
PLACES: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))

COLLECTIONS = (
    Collection(
        "offerings",
        (
            ("unit", "state", "valid_until"),
            ("watched", "check_at"),
            *((*place, *category, "state", "valid_until") for place in PLACES for category in ((), ("category",))),
        ),
    ),
    Collection("bookings", (("holder", "state", "offering"), ("offering", "state", "starts_at"))),
    Collection("usage", (("offering", "full", "begins"),)),  # By offering and period: how many bookings count in it.
)


def fold_published(docs: Overlay, event: Event) -> None:
    told = _said(event)
    offering = {
        **told,
        "id": event.data["offering"],
        **territory.placed(told["community"]),
        "version": 1,
        "pauses": [],
        "used_up_in": "",
        "watched": "yes",
    }
    _put(docs, offering, event)


def fold_revised(docs: Overlay, event: Event) -> None:
    before = docs.the("offerings", event.data["offering"])
    kept = {name: before[name] for name in ("id", "unit", "pauses", "used_up_in", "watched")}
    told = _said(event)
    offering = {**kept, **told, **territory.placed(told["community"]), "pauses": _without(before, "expired")}
    _recount(docs, offering, event)
    _put(docs, offering, event)


def _recount(docs: Overlay, offering: Doc, event: Event) -> None:
    """Periods from now on are full, or not, by the new capacity."""
    since = instant(begins(period_of(offering, datetime.fromisoformat(event.time))))
    for full in ("yes", "no"):
        where = {"offering": offering["id"], "full": full}
        for usage in docs.find(Find("usage", where, "begins", since=since, limit=MOST_PERIODS)):
            docs.put("usage", {**usage, "full": _full(usage["used"], offering)})


def fold_pause(pause: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        offering = docs.the("offerings", event.data["offering"])
        told = {"reason": event.data["reason"]} if "reason" in event.data else {}
        used_up = {"used_up_in": event.data["period"]} if "period" in event.data else {}
        _put(docs, {**offering, **told, **used_up, "pauses": _with(offering, pause)}, event)

    return fold


def fold_unpause(pause: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        offering = docs.the("offerings", event.data["offering"])
        kept = {name: value for name, value in offering.items() if name != "reason" or pause != "unit"}
        used_up = {"used_up_in": ""} if pause == "used_up" else {}
        _put(docs, {**kept, **used_up, "pauses": _without(offering, pause)}, event)

    return fold


def fold_retired(docs: Overlay, event: Event) -> None:
    offering = docs.the("offerings", event.data["offering"])
    docs.put("offerings", OFFERING.after({**offering, "watched": "no"}, "retire"))


def _with(offering: Doc, pause: str) -> list[str]:
    return [*_without(offering, pause), pause]


def _without(offering: Doc, pause: str) -> list[str]:
    return [other for other in offering["pauses"] if other != pause]


def fold_reserved(docs: Overlay, event: Event) -> None:
    data = event.data
    starts_at = data.get("occurrence") or instant(begins(data["period"]))
    book(docs, data["activity"], {**data, "starts_at": starts_at}, event)


def fold_released(docs: Overlay, event: Event) -> None:
    for freed in event.data["offerings"]:
        release(docs, event.data["activity"], freed["offering"], event)


def book(docs: Overlay, holder: str, booked: Doc, event: Event) -> None:
    """`booked` has `offering`, `period` and `starts_at`."""
    held = {name: booked[name] for name in ("offering", "period", "starts_at")}
    docs.put("bookings", {"id": booking_id(holder, held["offering"]), "holder": holder, **held, "state": "held"})
    _count(docs, held, 1, event)


def release(docs: Overlay, holder: str, offering: str, event: Event) -> None:
    booking = docs.the("bookings", booking_id(holder, offering))
    docs.put("bookings", {**booking, "state": "released"})
    _count(docs, booking, -1, event)


def _count(docs: Overlay, booking: Doc, change: int, event: Event) -> None:
    offering = docs.the("offerings", booking["offering"])
    id = usage_id(offering["id"], booking["period"])
    began = instant(begins(booking["period"]))
    before = docs.get("usage", id) or {"id": id, "offering": offering["id"], "used": 0, "begins": began}
    used = before["used"] + change
    docs.put("usage", {**before, "used": used, "full": _full(used, offering)})
    _put(docs, docs.the("offerings", offering["id"]), event)


def _full(used: int, offering: Doc) -> str:
    return "yes" if used >= offering["capacity"] else "no"


def _put(docs: Overlay, offering: Doc, event: Event) -> None:
    """The offering, in the state its pauses make, to be looked at again when time changes one of them."""
    if offering.get("state") == "retired":
        docs.put("offerings", offering)
        return
    pauses = offering["pauses"]
    began = OFFERING.begun(offering)
    checked = {"check_at": _check_at(docs, offering, event)}
    docs.put("offerings", {**(OFFERING.after(began, "pause") if pauses else began), **checked})


def _check_at(docs: Overlay, offering: Doc, event: Event) -> str:
    """When its validity ends, a period begins for which it is used up, or one ends for which it is."""
    now = datetime.fromisoformat(event.time)
    moments = [] if "expired" in offering["pauses"] else [day_ends(offering["valid_until"])]
    period = period_of(offering, now)
    if "used_up" in offering["pauses"]:
        used_up = is_used_up(docs, offering, period)
        moments.append(next_period_begins(offering["per"], now) if used_up else now)
    else:
        where = {"offering": offering["id"], "full": "yes"}
        full = docs.find(Find("usage", where, "begins", since=instant(begins(period)), limit=1))
        moments += [max(now, datetime.fromisoformat(usage["begins"])) for usage in full]
    return instant(min(moments)) if moments else NEVER


def _said(event: Event) -> Doc:
    return {name: value for name, value in event.data.items() if name != "offering"}


OWN: Folds = {
    "offering_published.v1": fold_published,
    "offering_published.v2": fold_published,
    "offering_revised.v1": fold_revised,
    "offering_paused.v1": fold_pause("unit"),
    "offering_resumed.v1": fold_unpause("unit"),
    "offering_retired.v1": fold_retired,
    "offering_expired.v1": fold_pause("expired"),
    "offering_used_up.v1": fold_pause("used_up"),
    "offering_renewed.v1": fold_unpause("used_up"),
    "offering_reserved.v1": fold_reserved,
    "offerings_released.v1": fold_released,
}
