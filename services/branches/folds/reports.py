"""What branches report: their counts, and 双报到, who reports in to which community through which branch."""

from datetime import date, timedelta

from schemas.documents import Json
from services.branches.model.lifecycles import OPEN, REPORT
from services.kit.log import Event
from services.kit.views import Collection, Find, Fold, Folds, Overlay

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
    branch, told = docs.the("branches", event.data["branch"]), event.without("branch")
    docs.put(
        "counts", {"id": f"{branch['id']}:{told['on']}", "branch": branch["id"], **told}
    )
    latest = branch.get("counts", told)
    docs.put(
        "branches", {**branch, "counts": told if told["on"] >= latest["on"] else latest}
    )


def fold_reported_in(kind: str, *, confirmed: bool) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        told = {
            "kind": kind,
            "said_by": event.data["branch"],
            **event.without("report"),
        }
        report = REPORT.begun({"id": event.data["report"], **told})
        docs.put(
            "reports",
            REPORT.after(report, "confirm")
            if confirmed
            else {**report, "waits_since": event.time},
        )

    return fold


def fold_answered(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        docs.put(
            "reports",
            REPORT.after(_answered(docs.the("reports", event.data["report"])), step),
        )

    return fold


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    docs.put(
        "reports",
        _ended(docs.the("reports", event.data["report"]), event.data["until"]),
    )


def _ended(report: Json, until: str) -> Json:
    return REPORT.after({**_answered(report), "until": until}, "withdraw")


def _answered(report: Json) -> Json:
    """Nobody is asked any more whether it is so."""
    return {name: value for name, value in report.items() if name != "waits_since"}


def hand_over_members(docs: Overlay, branch: str, heir: str) -> None:
    for report in _open(docs, branch, "member"):
        docs.put("reports", {**report, "branch": heir})


def end_reports(docs: Overlay, branch: str, kind: str, on: str) -> None:
    """With the day before the branch ended."""
    before = (date.fromisoformat(on) - timedelta(days=1)).isoformat()
    for report in _open(docs, branch, kind):
        docs.put("reports", _ended(report, max(report["on"], before)))


def _open(docs: Overlay, branch: str, kind: str) -> list[Json]:
    wheres = ({"branch": branch, "kind": kind, "state": state} for state in OPEN)
    finds = (Find("reports", where, "on", limit=MOST_REPORTS) for where in wheres)
    return [report for find in finds for report in docs.find(find)]


OWN: Folds = {
    "counts_reported.v1": fold_counts,
    "branch_reported_in.v1": fold_reported_in("branch", confirmed=True),
    "member_reported_in.v1": fold_reported_in("member", confirmed=True),
    "member_reported_in.v2": fold_reported_in("member", confirmed=False),
    "member_report_confirmed.v1": fold_answered("confirm"),
    "member_report_declined.v1": fold_answered("decline"),
    "report_withdrawn.v1": fold_withdrawn,
}
