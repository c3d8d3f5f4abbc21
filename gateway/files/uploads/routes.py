"""The addresses of uploads, many lines in one request."""

import re
from collections.abc import Sequence
from functools import partial

from flask import Response, request
from ulid import ULID

from gateway.api.openapi import BEARER, content, path_parameter, problems
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.chapters import Chapter
from gateway.edge.errors import to_json
from gateway.edge.gates import Gates, commanding
from gateway.edge.responses import JSON, of_json
from gateway.files.uploads.checkins import PAPER, SCANS
from gateway.files.uploads.lines import Reader, record, report
from gateway.files.uploads.upload import Upload
from gateway.files.uploads.visits import VISITS
from schemas.documents import Json
from services.kit.engine.together import Asking

UPLOADS = (PAPER, SCANS, VISITS)
GATES: Gates = {
    ("POST", API + one.path): commanding(one.service, one.command) for one in UPLOADS
}


def register(app: Application) -> None:
    chapter = Chapter("uploads", "成批补录")
    for upload in UPLOADS:
        view = partial(_recorded, upload)
        chapter.add("POST", upload.path, _described(upload), view)
    app.open(chapter)


def _recorded(upload: Upload, **path: str) -> Response:
    asker = Asker.of(request)
    content = reading.command(request, upload.schema(), path)
    return of_json(to_json(recorded(upload, content, asker, str(ULID()))))


def recorded(upload: Upload, content: Json, asker: Asker, id: str) -> Json:
    """What came of each line; with the same `id` again nothing is done twice. Raises a `Problem`."""
    read = Reader(upload.line(), content, upload.marks, asker.actor, id)
    lines = [read.line(raw) for raw in content[upload.many]]
    record(lines, partial(_asked, asker, upload.service))
    return report(lines, upload.about)


def _asked(
    asker: Asker, service: str, groups: Sequence[Sequence[Asking]]
) -> list[list[Json]]:
    asked = [[one.as_dict() for one in group] for group in groups]
    answers: list[list[Json]] = asker.ask(service, "together", {"groups": asked})
    return answers


def _described(upload: Upload) -> Json:
    in_path = re.findall(r"<(\w+)>", upload.path)
    body = {"schema": upload.shown(exclude=in_path)}
    parameters = [path_parameter(upload.schema, name) for name in in_path]
    return {
        "summary": upload.summary,
        "operationId": upload.name,
        "security": BEARER,
        "parameters": [*parameters, "Key"],
        "requestBody": {"required": True, "content": {JSON: body}},
        "responses": {200: content(upload.report, "逐行的结果")} | problems(),
    }
