"""A monthly report: of which scope and month, which version, and why it was put right."""

from typing import Any

from schemas import fields
from schemas.decisions import Reason

MOST_VERSIONS = 10_000
BAD_SCOPE = fields.Complaint(
    "bad_report_scope", "月报按区或街道出，应为 6 位或 9 位区划代码"
)
BAD_MONTH = fields.Complaint("bad_month", "应为月份，例如 2026-06")


def scope() -> fields.Code:
    return fields.Code(
        r"[0-9]{6}([0-9]{3})?",
        BAD_SCOPE,
        required=True,
        metadata={"description": "区或街道，填代码"},
    )


def month() -> fields.Code:
    return fields.Code(
        r"[12][0-9]{3}-(0[1-9]|1[0-2])",
        BAD_MONTH,
        required=True,
        metadata={"description": "月份"},
    )


def number(**kwargs: Any) -> fields.Whole:
    """Of a version, from 1."""
    text = kwargs.pop("text", "第几版")
    return fields.Whole(
        1, MOST_VERSIONS, code="bad_version", metadata={"description": text}, **kwargs
    )


def reason(**kwargs: Any) -> Reason:
    return Reason(metadata={"description": "更正的原因"}, **kwargs)


class OfReport(fields.Schema):
    scope = scope()
    month = month()
