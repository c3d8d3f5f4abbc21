"""Many marks in one request. Each line is checked and answered by itself, so that one slip stops no other."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.activities.contents import OfActivity, session_id
from schemas.activities.roles import role
from schemas.activities.scans import Scan
from schemas.decisions import reason
from schemas.persons import Person
from schemas.uploads import Counted, OfLine

MOST_PAPER_LINES = 200
MOST_SCANS = 500


class PaperLine(fields.Schema):
    """Who came when, and went when if that was written down."""

    person = Person(required=True, metadata={"description": "居民编号"})
    since = fields.Instant(
        required=True, data_key="in", metadata={"description": "来的时间"}
    )
    until = fields.Instant(
        data_key="out", metadata={"description": "走的时间，没有记就不填"}
    )
    reason = reason("没有报名却来了的，写明理由，按现场参加登记", required=False)
    role = role("没有报名却来了的人作为什么来")

    @ma.validates_schema
    def times_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data.get("until", data["since"]) < data["since"]:
            raise ma.ValidationError(
                fields.Complaint("out_before_in", "走的时间早于来的时间"), "out"
            )


class OfUpload(OfActivity):
    session = session_id()


class PaperUpload(OfUpload):
    lines = fields.Many(
        ma.fields.Raw(allow_none=True),
        1,
        MOST_PAPER_LINES,
        required=True,
        metadata={"description": "签到表各行"},
    )


class ScanUpload(OfUpload):
    device_now = fields.Instant(
        metadata={"description": "上传时设备时钟显示的时间；时钟不准时据此校正"}
    )
    scans = fields.Many(
        ma.fields.Raw(allow_none=True),
        1,
        MOST_SCANS,
        required=True,
        metadata={"description": "各次扫码"},
    )


class PaperUploadShown(OfUpload):
    """For the API's description: what a line should be."""

    lines = fields.Many(
        fields.Part(PaperLine),
        1,
        MOST_PAPER_LINES,
        required=True,
        metadata={"description": "签到表各行"},
    )


class ScanUploadShown(ScanUpload):
    scans = fields.Many(
        fields.Part(Scan),
        1,
        MOST_SCANS,
        required=True,
        metadata={"description": "各次扫码"},
    )


class LineReport(OfLine):
    person = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "居民编号；不知道为 null"},
    )
    since = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "此人本场最早何时签到；没有或不知道为 null"},
    )
    minutes = ma.fields.Integer(
        required=True, allow_none=True, metadata={"description": "登记后本场的分钟数"}
    )


class LinesReport(Counted):
    rows = ma.fields.List(ma.fields.Nested(LineReport), required=True)
