"""Findings as the figures see them: when recorded, when resolved and after how many working days, when overdue."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from schemas.documents import Json, pick, pick_present, without
from schemas.grids.findings import FINDING_KINDS
from services.district.calendar import day_of
from services.district.working import is_worked
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds import cells
from services.metrics.folds.doorstep.entries import (
    NOTHING,
    Entries,
    Entry,
    replace,
)
from services.metrics.folds.tallies import tally

FINDINGS, TOOK = "findings", "finding_days"
COLLECTIONS = (Collection(FINDINGS), Collection(TOOK, (("id",),)))
A_DAY = timedelta(days=1)
Change = Callable[[Json, Event], Json]


def fold_finding(docs: Overlay, event: Event, *, change: Change) -> None:
    """Changes the finding, and with it what it contributes."""
    id = event.data["finding"]
    before = docs.get(FINDINGS, id) or {"id": id, "overdue": []}
    after = change(before, event)
    docs.put(FINDINGS, after)
    replace(docs, event, _entries(before), _entries(after))
    _count_days(docs, before, -1)
    _count_days(docs, after, 1)


def recorded(finding: Json, event: Event) -> Json:
    title = FINDING_KINDS[event.data["kind"]]
    about = pick(event.data, "community") | pick_present(event.data, "due")
    return finding | about | {"title": title, "recorded": day_of(event.time)}


def routed(finding: Json, event: Event) -> Json:
    return reopened(finding, event) | pick_present(event.data, "due")


def resolved(finding: Json, event: Event) -> Json:
    day = day_of(event.time)
    took = working_days(finding["recorded"], day)
    return finding | {"resolved": day, "took": took}


def reopened(finding: Json, event: Event) -> Json:
    return without(finding, "resolved", "took")


def overdue(finding: Json, event: Event) -> Json:
    """By the day it was due, for good: what is done later was late all the same."""
    return finding | {"overdue": [*finding["overdue"], finding["due"]]}


def working_days(since: str, until: str) -> int:
    """How many days are worked after the one day, up to the other."""
    day = date.fromisoformat(since)
    last = date.fromisoformat(until)
    worked = 0
    while day < last:
        day += A_DAY
        worked += is_worked(day)
    return worked


def _entries(finding: Json) -> Entries:
    if "recorded" not in finding:
        return NOTHING
    found = _entry(finding, "found", finding["recorded"])
    entries = {found: {"findings": 1}}
    if "resolved" in finding:
        done = _entry(finding, "resolved", finding["resolved"])
        entries[done] = {"findings_resolved": 1}
    for day in finding["overdue"]:
        late = _entry(finding, "overdue", day)
        entries[late] = {"followups_overdue": 1}
    return entries


def _entry(finding: Json, counted_by: str, day: str) -> Entry:
    return Entry(counted_by, f"finding/{finding['id']}", finding["community"], day)


def _count_days(docs: Overlay, finding: Json, change: int) -> None:
    """How many findings of a cell took so many working days, so that a percentile is exact in every cell."""
    if "resolved" not in finding:
        return
    took = {str(finding["took"]): change}
    for cell in cells.cells_of(finding["community"], finding["resolved"]):
        tally(docs, TOOK, {"id": cell}, "counts", took)


OWN: Folds = {
    "finding_recorded.v1": partial(fold_finding, change=recorded),
    "finding_routed.v1": partial(fold_finding, change=routed),
    "finding_resolved.v1": partial(fold_finding, change=resolved),
    "finding_reopened.v1": partial(fold_finding, change=reopened),
    "followup_overdue.v1": partial(fold_finding, change=overdue),
}
