"""The addresses of uploads at the door."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from flask import Response, request
from flask_smorest import Blueprint
from ulid import ULID

from gateway.api.openapi import BEARER, content, path_parameter, problems
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.errors import to_json
from gateway.edge.gates import Gates, commanding
from gateway.edge.responses import JSON, of_json
from gateway.files.checkins.lines import Marks, Reader, record, report
from schemas import fields
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
from services.kit.engine.together import Asking

SERVICE = "activities"
OF_UPLOAD = ("activity", "session")


class Upload(NamedTuple):
    """A kind of upload: its lines stand under `many` and are each a `line`, which becomes a `command` or two."""

    path: str
    name: str
    summary: str
    schema: type[fields.Schema]
    shown: type[fields.Schema]
    many: str
    line: type[fields.Schema]
    marks: Marks
    command: str


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


UPLOADS = (
    Upload(
        "/activities/<activity>/checkins/paper",
        "record_paper_list",
        "登记纸质签到表，逐行答复；同一行重复登记只算一次",
        PaperUpload,
        PaperUploadShown,
        "lines",
        PaperLine,
        _of_paper,
        "record_paper",
    ),
    Upload(
        "/activities/<activity>/scans",
        "record_scans",
        "补传离线扫码，可迟到、重复、乱序，逐条答复",
        ScanUpload,
        ScanUploadShown,
        "scans",
        Scan,
        _of_scan,
        "record_scan",
    ),
)
PAPER, _ = UPLOADS
GATES: Gates = {
    ("POST", API + one.path): commanding(SERVICE, one.command) for one in UPLOADS
}


def register(app: Application) -> None:
    routes = Blueprint("checkins", "checkins", url_prefix=API, description="补录签到")
    for upload in UPLOADS:
        view = partial(_recorded, upload)
        view.__name__ = upload.name  # type: ignore[attr-defined]
        add = routes.route(upload.path, methods=["POST"])
        add(routes.doc(**_described(upload))(view))
    app.api.register_blueprint(routes)


def _recorded(upload: Upload, activity: str) -> Response:
    asker = Asker.of(request)
    content = reading.command(request, upload.schema(), {"activity": activity})
    return of_json(to_json(recorded(upload, content, asker, str(ULID()))))


def recorded(upload: Upload, content: Json, asker: Asker, id: str) -> Json:
    """What came of each line; with the same `id` again nothing is done twice. Raises a `Problem`."""
    read = Reader(upload.line(), content, upload.marks, asker.actor, id)
    lines = [read.line(raw) for raw in content[upload.many]]
    record(lines, partial(_asked, asker))
    return report(lines)


def _asked(asker: Asker, groups: Sequence[Sequence[Asking]]) -> list[list[Json]]:
    asked = [[one.as_dict() for one in group] for group in groups]
    answers: list[list[Json]] = asker.ask(SERVICE, "together", {"groups": asked})
    return answers


def _described(upload: Upload) -> Json:
    body = {"schema": upload.shown(exclude=["activity"])}
    return {
        "summary": upload.summary,
        "operationId": upload.name,
        "security": BEARER,
        "parameters": [path_parameter(upload.schema, "activity"), "Key"],
        "requestBody": {"required": True, "content": {JSON: body}},
        "responses": {200: content(LinesReport, "逐行的结果")} | problems(),
    }
