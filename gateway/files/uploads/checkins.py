"""Check-ins: a paper list, a device that was offline. Each line is answered by what the person's seat then says."""

from collections.abc import Iterator
from typing import Any

from gateway.files.uploads.lines import Line
from gateway.files.uploads.upload import Upload
from schemas.activities.scans import Scan
from schemas.activities.uploads import (
    LinesReport,
    PaperLine,
    PaperUpload,
    PaperUploadShown,
    ScanUpload,
    ScanUploadShown,
)
from schemas.documents import Json, pick_present

LONGEST_PERSON = 129  # A guest's id; what is longer is nobody's.
OF_UPLOAD = ("activity", "session")


def _of_paper(upload: Json, line: Json) -> Iterator[tuple[str, Json, Json]]:
    about = pick_present(upload, *OF_UPLOAD) | {"person": line["person"]}
    if "since" in line:
        entry = {"direction": "in", "at": line["since"]}
        mark = about | entry | pick_present(line, "reason", "role")
        yield "record_paper", mark, mark
    if "until" in line:
        mark = about | {"direction": "out", "at": line["until"]}
        yield "record_paper", mark, mark


def _of_scan(upload: Json, scan: Json) -> Iterator[tuple[str, Json, Json]]:
    """What the device's clock shows now is not part of the scan: it may be sent again tomorrow."""
    mark = pick_present(upload, *OF_UPLOAD) | scan
    yield "record_scan", mark | pick_present(upload, "device_now"), mark


def _about(line: Line) -> Json:
    seat = line.document
    return {
        "person": _person(line.sent) or seat.get("person"),
        "since": _since(seat),
        "minutes": seat.get("minutes"),
    }


def _person(sent: Any) -> str | None:
    person = sent.get("person") if isinstance(sent, dict) else None
    if isinstance(person, str) and len(person) <= LONGEST_PERSON:
        return person
    return None


def _since(seat: Json) -> str | None:
    """When the person first came."""
    scans = seat.get("scans", ())
    entries = (scan["at"] for scan in scans if scan["direction"] == "in")
    return min(entries, default=None)


PAPER = Upload(
    "activities",
    "/activities/<activity>/checkins/paper",
    "record_paper_list",
    "登记纸质签到表，逐行答复；同一行重复登记只算一次",
    PaperUpload,
    PaperUploadShown,
    "lines",
    PaperLine,
    _of_paper,
    "record_paper",
    _about,
    LinesReport,
)
SCANS = Upload(
    "activities",
    "/activities/<activity>/scans",
    "record_scans",
    "补传离线扫码，可迟到、重复、乱序，逐条答复",
    ScanUpload,
    ScanUploadShown,
    "scans",
    Scan,
    _of_scan,
    "record_scan",
    _about,
    LinesReport,
)
