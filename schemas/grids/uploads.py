"""Many visits in one request: what a phone has queued, sent when there is signal again."""

import marshmallow as ma

from schemas import fields
from schemas.grids.visits import QueuedVisit, SentBy
from schemas.uploads import Counted, OfLine

MOST_VISITS = 200


class VisitUpload(SentBy):
    visits = fields.Many(
        ma.fields.Raw(allow_none=True),
        1,
        MOST_VISITS,
        required=True,
        metadata={"description": "各次走访"},
    )


class VisitUploadShown(SentBy):
    """For the API's description: what a line should be."""

    visits = fields.Many(
        fields.Part(QueuedVisit),
        1,
        MOST_VISITS,
        required=True,
        metadata={"description": "各次走访"},
    )


def _known(says: str) -> ma.fields.String:
    about = {"description": f"{says}；不知道为 null"}
    return ma.fields.String(required=True, allow_none=True, metadata=about)


class VisitReport(OfLine):
    """By device and nonce the phone knows which it need not send again."""

    device = _known("设备编号")
    nonce = _known("这次走访在设备上的编号")
    visit = _known("走访记录编号")


class VisitsReport(Counted):
    rows = ma.fields.List(ma.fields.Nested(VisitReport), required=True)
