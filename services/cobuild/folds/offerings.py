"""Offerings, folded from what their unit says and what time does to them.

An offering is paused as long as anything pauses it: the unit, being used up, having expired. (A suspension of its unit
is not written here, see `standing`.)
"""

from datetime import datetime

from schemas.documents import Json
from services.cobuild.folds.bookings import recount, watch
from services.cobuild.model.lifecycles import OFFERING
from services.district import territory
from services.district.calendar import local_day
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Fold, Folds, Overlay

PLACES: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))

OFFERINGS = Collection(
    "offerings",
    (
        ("unit", "state", "valid_until"),
        ("retires_at",),
        *(
            (*place, *kind, "state", "valid_until")
            for place in reversed(PLACES)
            for kind in (("category",), ())
        ),
    ),
    searched=("title", "category", "audience", "place"),
)
COLLECTIONS = (OFFERINGS,)


def fold_published(docs: Overlay, event: Event) -> None:
    told = event.without("offering")
    offering = {
        **told,
        "id": event.data["offering"],
        **territory.placed(told["community"]),
        "version": 1,
        "pauses": [],
        "used_up_in": "",
    }
    if "retired_on" in told:
        offering = OFFERING.after(OFFERING.begun(offering), "retire")
    _put(docs, offering, event)


def fold_revised(docs: Overlay, event: Event) -> None:
    before = docs.the("offerings", event.data["offering"])
    kept = {name: before[name] for name in ("id", "unit", "pauses", "used_up_in")}
    told = event.without("offering")
    offering = {
        **kept,
        **told,
        **territory.placed(told["community"]),
        "pauses": _without(before, "expired"),
    }
    recount(docs, offering, event)
    _put(docs, offering, event)


def fold_pause(pause: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        offering = docs.the("offerings", event.data["offering"])
        told = {"reason": event.data["reason"]} if "reason" in event.data else {}
        used_up = {"used_up_in": event.data["period"]} if "period" in event.data else {}
        _put(
            docs,
            {**offering, **told, **used_up, "pauses": _with(offering, pause)},
            event,
        )

    return fold


def fold_unpause(pause: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        offering = docs.the("offerings", event.data["offering"])
        kept = {
            name: value
            for name, value in offering.items()
            if name != "reason" or pause != "unit"
        }
        used_up = {"used_up_in": ""} if pause == "used_up" else {}
        _put(docs, {**kept, **used_up, "pauses": _without(offering, pause)}, event)

    return fold


def fold_retired(docs: Overlay, event: Event) -> None:
    offering = docs.the("offerings", event.data["offering"])
    retired_on = local_day(datetime.fromisoformat(event.time))
    kept = {name: value for name, value in offering.items() if name != "retires_at"}
    _put(docs, {**OFFERING.after(kept, "retire"), "retired_on": retired_on}, event)


def retire_all(docs: Overlay, event: Event) -> None:
    """What the unit offers is retired by itself, each in an event of its own."""
    for state in OFFERING.steps["retire"].before:
        where = {"unit": event.data["unit"], "state": state}
        for offering in every(docs, Find("offerings", where, "valid_until")):
            docs.put("offerings", {**offering, "retires_at": event.time})


def _with(offering: Json, pause: str) -> list[str]:
    return [*_without(offering, pause), pause]


def _without(offering: Json, pause: str) -> list[str]:
    return [other for other in offering["pauses"] if other != pause]


def _put(docs: Overlay, offering: Json, event: Event) -> None:
    """The offering, in the state its pauses make, to be looked at again when time changes one of them."""
    if offering.get("state") != "retired":
        offering = (
            OFFERING.after(OFFERING.begun(offering), "pause")
            if offering["pauses"]
            else OFFERING.begun(offering)
        )
    docs.put("offerings", offering)
    watch(docs, offering, event)


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
}
