"""What branches report: their counts, and 双报到, who reports in to which community through which branch."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from schemas.documents import Json, without
from services.branches.model.lifecycles import OPEN, REPORT
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

MOST_REPORTS = 5000

COLLECTIONS = (
    Collection("counts", (("branch", "on"),)),  # By branch and day.
    Collection(
        "reports",
        (
            ("branch", "kind", "state", "on"),
            ("branch", "kind", "community", "state", "on"),
            ("community", "kind", "state", "on"),
            ("person", "state", "on"),
            ("branch", "person", "state", "on"),
            ("person", "waits_since"),
        ),
    ),
)


def fold_counts(docs: Overlay, event: Event) -> None:
    """Remembered by day; the latest day's stand in the branch as well."""
    branch = docs.the("branches", event.data["branch"])
    id = branch["id"]
    counts = event.without("branch")
    by_day = f"{id}:{counts['on']}"
    docs.put("counts", counts | {"id": by_day, "branch": id})
    latest = branch.get("counts", counts)
    if counts["on"] >= latest["on"]:
        latest = counts
    docs.put("branches", branch | {"counts": latest})


def fold_reported_in(docs: Overlay, event: Event, *, kind: str) -> None:
    """That is so at once."""
    docs.put("reports", REPORT.after(_reported(event, kind), "confirm"))


def fold_member_named(docs: Overlay, event: Event) -> None:
    """It waits for the member to say so."""
    report = _reported(event, "member")
    docs.put("reports", report | {"waits_since": event.time})


def _reported(event: Event, kind: str) -> Json:
    report = event.without("report") | {"id": event.data["report"], "kind": kind}
    report["said_by"] = event.data["branch"]
    return REPORT.begun(report)


def fold_answered(docs: Overlay, event: Event, *, step: str) -> None:
    report = _answered(_report(docs, event))
    docs.put("reports", REPORT.after(report, step))


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    report = _report(docs, event)
    docs.put("reports", _ended(report, event.data["until"]))


def _report(docs: Overlay, event: Event) -> Json:
    return docs.the("reports", event.data["report"])


def _ended(report: Json, until: str) -> Json:
    return REPORT.after(_answered(report) | {"until": until}, "withdraw")


def _answered(report: Json) -> Json:
    """Nobody is asked any more whether it is so."""
    return without(report, "waits_since")


def hand_over_members(docs: Overlay, branch: str, heir: str) -> None:
    for report in list(_open(docs, branch, "member")):
        docs.put("reports", report | {"branch": heir})


def end_reports(docs: Overlay, branch: str, kind: str, on: str) -> None:
    """With the day before the branch ended."""
    eve = date.fromisoformat(on) - timedelta(days=1)
    for report in list(_open(docs, branch, kind)):
        until = max(report["on"], eve.isoformat())
        docs.put("reports", _ended(report, until))


def _open(docs: Overlay, branch: str, kind: str) -> Iterator[Json]:
    for state in OPEN:
        where = {"branch": branch, "kind": kind, "state": state}
        yield from docs.find(Find("reports", where, "on", limit=MOST_REPORTS))


OWN: Folds = {
    "counts_reported.v1": fold_counts,
    "branch_reported_in.v1": partial(fold_reported_in, kind="branch"),
    "member_reported_in.v1": partial(fold_reported_in, kind="member"),
    "member_reported_in.v2": fold_member_named,
    "member_report_confirmed.v1": partial(fold_answered, step="confirm"),
    "member_report_declined.v1": partial(fold_answered, step="decline"),
    "report_withdrawn.v1": fold_withdrawn,
}
