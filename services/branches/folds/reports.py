"""What branches report: their counts, and 双报到, who reports in to which community through which branch."""

from datetime import date, timedelta

from services.kit.log import Event
from services.kit.views import Collection, Doc, Find, Fold, Folds, Overlay

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
        ),
    ),
)


def fold_counts(docs: Overlay, event: Event) -> None:
    branch, told = docs.the("branches", event.data["branch"]), event.without("branch")
    docs.put("counts", {"id": f"{branch['id']}:{told['on']}", "branch": branch["id"], **told})
    latest = branch.get("counts", told)
    docs.put("branches", {**branch, "counts": told if told["on"] >= latest["on"] else latest})


def fold_reported_in(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        told = event.without("report")
        docs.put("reports", {"id": event.data["report"], "kind": kind, **told, "state": "current"})

    return fold


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    report = docs.the("reports", event.data["report"])
    docs.put("reports", {**report, "until": event.data["until"], "state": "withdrawn"})


def hand_over_members(docs: Overlay, branch: str, heir: str) -> None:
    for report in _current(docs, branch, "member"):
        docs.put("reports", {**report, "branch": heir})


def end_reports(docs: Overlay, branch: str, kind: str, on: str) -> None:
    """With the day before the branch ended."""
    before = (date.fromisoformat(on) - timedelta(days=1)).isoformat()
    for report in _current(docs, branch, kind):
        docs.put("reports", {**report, "until": max(report["on"], before), "state": "withdrawn"})


def _current(docs: Overlay, branch: str, kind: str) -> list[Doc]:
    of_branch = {"branch": branch, "kind": kind, "state": "current"}
    return docs.find(Find("reports", of_branch, "on", limit=MOST_REPORTS))


OWN: Folds = {
    "counts_reported.v1": fold_counts,
    "branch_reported_in.v1": fold_reported_in("branch"),
    "member_reported_in.v1": fold_reported_in("member"),
    "report_withdrawn.v1": fold_withdrawn,
}
