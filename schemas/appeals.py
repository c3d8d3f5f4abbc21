"""A rejection can be appealed once, and somebody other than who rejected decides on the appeal."""

from schemas import fields


class Appealing(fields.Schema):
    """Why it is not accepted; kept beside the log, where it can be erased."""

    words = fields.Text(
        500, required=True, metadata={"description": "为什么申诉，请不要写姓名和电话"}
    )


class Deciding(fields.Schema):
    upheld = fields.Truth(
        required=True,
        metadata={"description": "true 申诉成立，重新办理；false 维持原来的决定"},
    )
    reason = fields.Text(
        200, required=True, metadata={"description": "复核的理由，申诉的人会看到"}
    )
