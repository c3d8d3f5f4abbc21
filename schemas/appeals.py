"""A rejection can be appealed once, and somebody other than who rejected decides on the appeal."""

from schemas import fields
from schemas.decisions import reason


class Appealing(fields.Schema):
    """Why it is not accepted; kept beside the log, where it can be erased."""

    words = fields.Text(
        500, required=True, metadata={"description": "为什么申诉，请不要写姓名和电话"}
    )


class Deciding(fields.Schema):
    upheld = fields.Truth(
        required=True,
        metadata={
            "description": "申诉是否成立：true 成立，重新办理；false 维持原来的决定"
        },
    )
    reason = reason("复核的理由，申诉的人会看到")


class Appealed(fields.Schema):
    """`note` is where the words are kept."""

    by = fields.Id(required=True)
    note = fields.Id(required=True)
