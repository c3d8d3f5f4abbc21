"""Visits as the figures see them: each by its true day, where the door stood then, as long as it was so."""

from functools import partial

from schemas.documents import Json, pick, pick_present
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds.doorstep import active, cares, rounds
from services.metrics.folds.doorstep.entries import (
    NOTHING,
    Entries,
    Entry,
    replace,
)

VISITS = "visits"
COLLECTIONS = (Collection(VISITS),)
OF_A_VISIT = ("door", "community", "grid", "at", "outcome")


def fold_recorded(docs: Overlay, event: Event) -> None:
    visit = pick(event.data, *OF_A_VISIT) | pick_present(event.data, "round", "care")
    visit |= {"id": event.data["visit"], "counts": True}
    _put(docs, event, None, visit)


def fold_changed(docs: Overlay, event: Event, *, counts: bool) -> None:
    """Corrected, or, where it `counts` no more, withdrawn."""
    before = docs.the(VISITS, event.data["visit"])
    changed = pick_present(event.data, "outcome") | {"counts": counts}
    _put(docs, event, before, before | changed)


def _put(docs: Overlay, event: Event, before: Json | None, after: Json) -> None:
    docs.put(VISITS, after)
    replace(docs, event, _entries(docs, before), _entries(docs, after))
    change = 1 if after["counts"] else -1
    is_new_or_gone = before is None or not after["counts"]
    if is_new_or_gone and not is_care_alone(after):
        active.walk(docs, after, change)
    if "round" in after:
        rounds.visit_door(docs, event, after)
    if "care" in after:
        cares.call(docs, event, after)


def is_care_alone(visit: Json) -> bool:
    """It is told by no figure but those of care, which are withheld: of others' sums nothing of it may follow."""
    return "care" in visit and "round" not in visit


def _entries(docs: Overlay, visit: Json | None) -> Entries:
    """Those of a day in a community are told together: of a round, and besides rounds."""
    if visit is None or not visit["counts"] or is_care_alone(visit):
        return NOTHING
    community = visit["community"]
    fact = f"round/{visit['round']}" if "round" in visit else f"community/{community}"
    entry = Entry("visited", fact, community, day_of(visit["at"]))
    return {entry: {"visits": 1, "asks": _asks(docs, visit)}}


def _asks(docs: Overlay, visit: Json) -> int:
    """How many items were put to whoever was met."""
    if visit["outcome"] != "met" or "round" not in visit:
        return 0
    return int(docs.the(rounds.ROUNDS, visit["round"])["asks"])


OWN: Folds = {
    "visit_recorded.v1": fold_recorded,
    "visit_corrected.v1": partial(fold_changed, counts=True),
    "visit_withdrawn.v1": partial(fold_changed, counts=False),
}
