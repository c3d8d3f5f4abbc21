"""Monthly reports: how each stands, and every version as it was published."""

from schemas.documents import Json, pick, pick_present
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.model.lifecycles import REPORT

REPORTS, VERSIONS = "reports", "report_versions"
COLLECTIONS = (
    Collection(REPORTS, (("scope", "month"),)),
    Collection(VERSIONS, (("report", "version"),)),
)


def report_id(scope: str, month: str) -> str:
    return f"{scope}:{month}"


def version_id(report: str, version: int) -> str:
    return f"{report}:{version:05}"


def fold_frozen(docs: Overlay, event: Event) -> None:
    docs.put(REPORTS, REPORT.begun(_standing(event)))
    _put_version(docs, event)


def fold_restated(docs: Overlay, event: Event) -> None:
    docs.put(REPORTS, REPORT.after(_standing(event), "restate"))
    _put_version(docs, event)


def _standing(event: Event) -> Json:
    content = event.data
    kept = pick(content, "scope", "month", "name", "version", "by", "as_of")
    reason = pick_present(content, "reason")
    open_sessions = content["whole"].get("open_sessions", 0)
    standing = {"id": content["report"], "at": event.time}
    return standing | kept | reason | {"open_sessions": open_sessions}


def _put_version(docs: Overlay, event: Event) -> None:
    id = version_id(event.data["report"], event.data["version"])
    docs.put(VERSIONS, event.data | {"id": id, "at": event.time})


OWN: Folds = {"report_frozen.v1": fold_frozen, "report_restated.v1": fold_restated}
