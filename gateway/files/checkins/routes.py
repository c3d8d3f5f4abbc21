"""The addresses of uploads at the door."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from flask import Response, request
from flask_smorest import Blueprint
from ulid import ULID

from gateway.api.openapi import PROBLEMS, path_parameter
from gateway.api.routes import API
from gateway.edge import reading
from gateway.edge.auth import actor_of
from gateway.edge.errors import TRACE, to_json
from gateway.edge.gates import Gates, commanding
from gateway.edge.rpc import Services
from gateway.files.checkins.lines import Marks, read, record, report
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
from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.engine.together import Asking
from services.kit.tokens import Verifier

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


def _of_paper(said: Json, line: Json) -> Iterator[tuple[str, Json, Json]]:
    about = {name: said[name] for name in OF_UPLOAD if name in said}
    for direction, moment in (("in", "since"), ("out", "until")):
        if moment in line:
            payload = {
                **about,
                "person": line["person"],
                "direction": direction,
                "at": line[moment],
            }
            if direction == "in":
                payload |= {
                    name: line[name] for name in ("reason", "role") if name in line
                }
            yield "record_paper", payload, payload


def _of_scan(said: Json, scan: Json) -> Iterator[tuple[str, Json, Json]]:
    """What the device's clock shows now is not part of the scan: it may be sent again tomorrow."""
    about = {name: said[name] for name in OF_UPLOAD if name in said}
    clock = {"device_now": said["device_now"]} if "device_now" in said else {}
    yield "record_scan", {**about, **scan, **clock}, {**about, **scan}


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
GATES: Gates = {
    ("POST", API + one.path): commanding(SERVICE, one.command) for one in UPLOADS
}


def blueprint(services: Services, verifier: Verifier) -> Blueprint:
    routes = Blueprint("checkins", "checkins", url_prefix=API, description="补录签到")
    for upload in UPLOADS:
        view = partial(_recorded, upload, services, verifier)
        view.__name__ = upload.name  # type: ignore[attr-defined]
        routes.route(upload.path, methods=["POST"])(
            routes.doc(**_described(upload))(view)
        )
    return routes


def _recorded(
    upload: Upload, services: Services, verifier: Verifier, activity: str
) -> Response:
    actor = actor_of(request.environ, verifier)
    said = reading.command(request, upload.schema(), {"activity": activity})
    schema, id = upload.line(), str(ULID())
    lines = [
        read(raw, schema, said, upload.marks, actor, id) for raw in said[upload.many]
    ]
    record(lines, partial(_asked, services, actor, request.environ[TRACE]))
    return Response(to_json(report(lines)), content_type="application/json")


def _asked(
    services: Services, actor: Actor, trace: str, groups: Sequence[Sequence[Asking]]
) -> list[list[Json]]:
    payload = {"groups": [[one.as_dict() for one in group] for group in groups]}
    answers: list[list[Json]] = services.ask(
        SERVICE, "together", payload, actor=actor, trace=trace
    )
    return answers


def _described(upload: Upload) -> dict[Any, Any]:
    said = {"application/json": {"schema": upload.shown(exclude=["activity"])}}
    done = {
        "description": "逐行的结果",
        "content": {"application/json": {"schema": LinesReport}},
    }
    return {
        "summary": upload.summary,
        "operationId": upload.name,
        "security": [{"bearer": []}],
        "parameters": [path_parameter(upload.schema, "activity"), "Key"],
        "requestBody": {"required": True, "content": said},
        "responses": {200: done, **{status: f"Problem{status}" for status in PROBLEMS}},
    }
