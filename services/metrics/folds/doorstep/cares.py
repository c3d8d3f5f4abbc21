"""Care as the figures see it: what was due in each community and month, and which of it was called in time.

Kept by care, so that what is late or not so after all is counted anew; told by community alone.
"""

from collections.abc import Iterator
from operator import itemgetter

from schemas.documents import Json, pick, without
from schemas.fields import instant
from services.district.calendar import day_ends, day_of
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay
from services.metrics.folds.doorstep.entries import (
    Entries,
    Entry,
    replace,
)
from services.metrics.folds.doorstep.standing import DOORS, stands_at
from services.metrics.model.care_dues import LONG_AGO, Due, Span, dues_of
from services.metrics.model.counts import Figures
from services.metrics.model.periods import days_before, month_of

# By month:community, behind how many doors something was due for somebody; by month:community:door, of how many cares.
CARES, CARED_FOR, CARED_AT = "cares", "cared_for", "cared_at"
COLLECTIONS = (
    Collection(CARES, (("door", "id"),)),
    Collection(CARED_FOR, (("id",),)),
    Collection(CARED_AT),
)
MOST_AT_A_DOOR = 1000


def fold_begun(docs: Overlay, event: Event) -> None:
    care = pick(event.data, "door", "community", "every_days")
    care |= {"id": event.data["care"], "missed": LONG_AGO, "calls": {}, "dues": []}
    docs.put(CARES, care | {"spans": [_from(event)]})


def fold_resumed(docs: Overlay, event: Event) -> None:
    """It counts from then on."""
    care = _care(docs, event)
    spans = [*care["spans"], _from(event)]
    _put(docs, event, care | {"spans": spans})


def _care(docs: Overlay, event: Event) -> Json:
    return docs.the(CARES, event.data["care"])


def _from(event: Event) -> Json:
    return {"begun": day_of(event.time), "ended": None}


def fold_stopped(docs: Overlay, event: Event) -> None:
    _stop(docs, event, _care(docs, event))


def fold_missed(docs: Overlay, event: Event) -> None:
    """That a due has passed is known from here; whether somebody was met before it, from the visits."""
    care = _care(docs, event)
    due = days_before(day_of(event.data["due"]), 1)
    _put(docs, event, care | {"missed": max(due, care["missed"])})


def call(docs: Overlay, event: Event, visit: Json) -> None:
    """A visit to look in on them is as it is told now."""
    care = docs.the(CARES, visit["care"])
    calls = without(care["calls"], visit["id"])
    if visit["counts"] and visit["outcome"] == "met":
        calls[visit["id"]] = pick(visit, "at", "community")
    if calls != care["calls"]:
        _put(docs, event, care | {"calls": calls})


def end_cares(docs: Overlay, event: Event) -> None:
    """With their door."""
    of_door = Find(CARES, {"door": event.data["door"]}, "id", limit=MOST_AT_A_DOOR)
    for care in docs.find(of_door):
        _stop(docs, event, care)


def _stop(docs: Overlay, event: Event, care: Json) -> None:
    *before, last = care["spans"]
    if last["ended"] is None:
        ended = last | {"ended": day_of(event.time)}
        _put(docs, event, care | {"spans": [*before, ended]})


def _put(docs: Overlay, event: Event, care: Json) -> None:
    """The care, with what was due and called as far as it is known now."""
    dues = list(_dues(docs, care))
    docs.put(CARES, care | {"dues": dues})
    replace(docs, event, _entries(care["dues"]), _entries(dues))
    _count_people(docs, care["door"], care["dues"], -1)
    _count_people(docs, care["door"], dues, 1)


def _dues(docs: Overlay, care: Json) -> Iterator[Json]:
    """`{day, is_called, community}`, each where the door stood that day."""
    door = docs.the(DOORS, care["door"])
    called = _called(care)
    spans = [Span(**span) for span in care["spans"]]
    for due in dues_of(spans, care["every_days"], sorted(called), care["missed"]):
        community = called.get(due.day) or _place(door, due)
        yield due._asdict() | {"community": community}


def _called(care: Json) -> dict[str, str]:
    """`{day: community}` of the calls: the first of a day says where."""
    calls = care["calls"].values()
    latest_first = sorted(calls, key=itemgetter("at"), reverse=True)
    return {day_of(call["at"]): call["community"] for call in latest_first}


def _place(door: Json, due: Due) -> str:
    return stands_at(door, instant(day_ends(due.day)))


def _entries(dues: list[Json]) -> Entries:
    """One care has no two dues on a day."""
    entries: dict[Entry, Figures] = {}
    for due in dues:
        community = due["community"]
        entry = Entry("cared", f"community/{community}", community, due["day"])
        called = int(due["is_called"])
        entries[entry] = {"care_due": 1, "care_calls": called}
    return entries


def _count_people(docs: Overlay, door: str, dues: list[Json], change: int) -> None:
    """Whoever is behind one door counts as one: consent given up and renewed makes nobody more."""
    for month in sorted({f"{month_of(due['day'])}:{due['community']}" for due in dues}):
        id = f"{month}:{door}"
        before = docs.get(CARED_AT, id) or {"id": id, "cares": 0}
        after = before | {"cares": before["cares"] + change}
        docs.put(CARED_AT, after)
        if 0 in (before["cares"], after["cares"]):
            docs.add(CARED_FOR, (month,), {"people": change}, _nobody)


def _nobody(id: str) -> Json:
    return {"id": id, "people": 0}


OWN: Folds = {
    "care_begun.v1": fold_begun,
    "care_missed.v1": fold_missed,
    "care_paused.v1": fold_stopped,
    "care_resumed.v1": fold_resumed,
    "care_ended.v1": fold_stopped,
}
