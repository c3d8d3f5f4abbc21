"""Offerings, folded from what their unit says and what time does to them.

An offering is paused as long as anything pauses it: the unit, being used up, having expired. (A suspension of its unit
is not written here, see `model.pauses`.)
"""

from functools import partial

from schemas.documents import Json, pick, pick_present, without
from services.cobuild.folds.bookings import recount, watch
from services.cobuild.model.lifecycles import OFFERING
from services.district import territory
from services.district.calendar import day_of
from services.district.indexes import PLACES
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

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
    offering = _as_told(event) | {"id": event.data["offering"]}
    offering |= {"version": 1, "pauses": [], "used_up_in": ""}
    if "retired_on" in offering:
        offering = OFFERING.after(OFFERING.begun(offering), "retire")
    _put(docs, offering, event)


def fold_revised(docs: Overlay, event: Event) -> None:
    before = _offering(docs, event)
    offering = pick(before, "id", "unit", "used_up_in") | _as_told(event)
    offering["pauses"] = _but(before, "expired")
    recount(docs, offering, event)
    _put(docs, offering, event)


def _as_told(event: Event) -> Json:
    """What its unit says of it, and where that is."""
    content = event.without("offering")
    return content | territory.placed(content["community"])


def fold_pause(docs: Overlay, event: Event, *, pause: str) -> None:
    offering = _offering(docs, event) | pick_present(event.data, "reason")
    if "period" in event.data:
        offering["used_up_in"] = event.data["period"]
    offering["pauses"] = [*_but(offering, pause), pause]
    _put(docs, offering, event)


def fold_resumed(docs: Overlay, event: Event) -> None:
    offering = without(_offering(docs, event), "reason")
    _put(docs, offering | {"pauses": _but(offering, "unit")}, event)


def fold_renewed(docs: Overlay, event: Event) -> None:
    offering = _offering(docs, event) | {"used_up_in": ""}
    offering["pauses"] = _but(offering, "used_up")
    _put(docs, offering, event)


def fold_retired(docs: Overlay, event: Event) -> None:
    offering = without(_offering(docs, event), "retires_at")
    offering["retired_on"] = day_of(event.time)
    _put(docs, OFFERING.after(offering, "retire"), event)


def retire_all(docs: Overlay, event: Event) -> None:
    """What the unit offers is retired by itself, each in an event of its own."""
    for state in OFFERING.steps["retire"].before:
        where = {"unit": event.data["unit"], "state": state}
        for offering in every(docs, Find("offerings", where, "valid_until")):
            docs.change("offerings", offering["id"], retires_at=event.time)


def _offering(docs: Overlay, event: Event) -> Json:
    return docs.the("offerings", event.data["offering"])


def _but(offering: Json, pause: str) -> list[str]:
    """What else pauses it."""
    return [other for other in offering["pauses"] if other != pause]


def _put(docs: Overlay, offering: Json, event: Event) -> None:
    """The offering, in the state its pauses make, to be looked at again when time changes one of them."""
    if offering.get("state") != "retired":
        offering = OFFERING.begun(offering)
        if offering["pauses"]:
            offering = OFFERING.after(offering, "pause")
    docs.put("offerings", offering)
    watch(docs, offering, event)


OWN: Folds = {
    "offering_published.v1": fold_published,
    "offering_published.v2": fold_published,
    "offering_revised.v1": fold_revised,
    "offering_paused.v1": partial(fold_pause, pause="unit"),
    "offering_resumed.v1": fold_resumed,
    "offering_retired.v1": fold_retired,
    "offering_expired.v1": partial(fold_pause, pause="expired"),
    "offering_used_up.v1": partial(fold_pause, pause="used_up"),
    "offering_renewed.v1": fold_renewed,
}
