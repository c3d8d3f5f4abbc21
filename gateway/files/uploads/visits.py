"""Visits that a phone kept while it had no signal. By device and nonce it knows which it need not send again."""

import re
from collections.abc import Iterator
from typing import Any

from gateway.files.uploads.lines import Line
from gateway.files.uploads.upload import Upload
from schemas import fields
from schemas.documents import Json, pick
from schemas.grids.uploads import VisitsReport, VisitUpload, VisitUploadShown
from schemas.grids.visits import QueuedVisit


def _of_visit(upload: Json, visit: Json) -> Iterator[tuple[str, Json, Json]]:
    """What the device's clock shows now is not part of the visit: it may be sent again tomorrow."""
    yield "record_late_visit", visit | pick(upload, "device_now"), visit


def _about(line: Line) -> Json:
    sent = line.sent if isinstance(line.sent, dict) else {}
    known_by = {name: _id(sent.get(name)) for name in ("device", "nonce")}
    return known_by | {"visit": line.document.get("id")}


def _id(sent: Any) -> str | None:
    """What is no id is not repeated."""
    is_one = isinstance(sent, str) and re.fullmatch(fields.Id.PATTERN, sent)
    return sent if is_one else None


VISITS = Upload(
    "grids",
    "/visits/queued",
    "record_visits",
    "一次补传多次没有信号时的走访，可迟到、重复、乱序，逐条答复",
    VisitUpload,
    VisitUploadShown,
    "visits",
    QueuedVisit,
    _of_visit,
    "record_late_visit",
    _about,
    VisitsReport,
)
