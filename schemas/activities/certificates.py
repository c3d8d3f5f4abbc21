"""Certificates of service hours: issued, printed, verified by their code, revoked."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.activities.roles import helped
from schemas.decisions import reason
from schemas.events import event
from schemas.paging import Paged
from schemas.persons import resident
from schemas.resource import Resource

STATES = ("valid", "revoked")
MOST_CERTIFIED = 500
EARLIEST = "2000-01-01"
MOST_MINUTES = 2**31
ISSUER = fields.Complaint(
    "bad_host",
    "应为 branch/编号、unit/编号、partner/编号、community/社区代码，或街道、区的代码",
)
CODE = fields.Complaint("bad_certificate_code", "核验码应为 26 位大写字母和数字")


def issuer(**kwargs: Any) -> fields.Code:
    """A host, who certifies what it held itself; or a district or street, for all that took place there."""
    pattern = rf"(branch|unit|partner)/{fields.Id.PATTERN}|community/[0-9]{{12}}|[0-9]{{6}}([0-9]{{3}})?"
    return fields.Code(pattern, ISSUER, most=80, **kwargs)


class IssueCertificate(fields.Schema):
    person = resident()
    issuer = issuer(
        required=True, metadata={"description": "出具方：主办方，或区、街道代码"}
    )
    since = fields.Day(required=True, metadata={"description": "从哪天起"})
    until = fields.Day(required=True, metadata={"description": "到哪天止，含当天"})

    @ma.validates_schema
    def days_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["since"] < EARLIEST:
            raise ma.ValidationError(
                fields.Complaint("too_long_ago", "起始日不早于 2000 年"), "since"
            )
        if data["until"] < data["since"]:
            raise ma.ValidationError(
                fields.Complaint("days_out_of_order", "截止日不能早于起始日"), "until"
            )


class OfCertificate(fields.Schema):
    certificate = fields.Id(required=True, metadata={"description": "证明编号"})


class RevokeCertificate(OfCertificate):
    reason = reason("撤销原因")


class CertificateCode(fields.Code):
    """Copied from paper: in fours or not, in small letters, with a digit for the letter that looks like it."""

    LOOKS_LIKE = str.maketrans({"0": "O", "1": "I", "8": "B", " ": "", "-": ""})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"[A-Z2-7]{26}", CODE, **kwargs)

    def meant(self, sent: str) -> str:
        return sent.upper().translate(self.LOOKS_LIKE)


class VerifyCertificate(fields.Schema):
    code = CertificateCode(
        required=True, metadata={"description": "证明上的核验码，空格和大小写不计"}
    )


class CertifiedServices(OfCertificate, Paged):
    pass


class MyCertificates(Paged):
    pass


class ListCertificates(Paged):
    issuer = issuer(required=True, metadata={"description": "出具方"})


# Events


@event("certificate_issued.v1")
class CertificateIssued(fields.Schema):
    """`minutes` and `sessions` as they were then. The code is not here: only what it is looked up by.

    `role` says that it is of service as a helper. Those from before there were helpers do not say it, and go on being
    about every attendance, as when they were issued.

    It `repeats` one that holds for the same person, days and issuer, or, as hours have changed, `replaces` it.
    """

    certificate = fields.Id(required=True)
    person = fields.Id(required=True)
    since = fields.Day(required=True)
    until = fields.Day(required=True)
    minutes = fields.Whole(0, MOST_MINUTES, required=True)
    sessions = fields.Whole(1, MOST_CERTIFIED, required=True)
    issuer = issuer(required=True)
    by = fields.Id(required=True)
    code_hash = fields.Code(r"[0-9a-f]{64}", CODE, required=True)
    repeats = fields.Id()
    replaces = fields.Id()
    role = helped()


@event("certificate_revoked.v1")
class CertificateRevoked(fields.Schema):
    certificate = fields.Id(required=True)
    reason = fields.Text(200, required=True)
    by = fields.Id(required=True)


# Resources


class Certificate(Resource):
    person = fields.Id(required=True)
    issuer = issuer(required=True)
    issuer_name = fields.Text(100, metadata={"description": "出具方名称"})
    since = fields.Day(required=True)
    until = fields.Day(required=True)
    minutes = fields.Whole(
        0, MOST_MINUTES, required=True, metadata={"description": "服务时长，分钟"}
    )
    sessions = fields.Whole(
        1, MOST_CERTIFIED, required=True, metadata={"description": "服务场次"}
    )
    issued_at = fields.Instant(required=True)
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(20, required=True)
    reason = fields.Text(200, metadata={"description": "撤销原因"})
    corrected = fields.Truth(metadata={"description": "出具后时长有更正"})
    minutes_now = fields.Whole(
        0, MOST_MINUTES, metadata={"description": "现在的服务时长，分钟"}
    )
    repeats = fields.Id(
        metadata={
            "description": "与这张证明相同：同一人、同一时段、同一出具方，时长不能相加"
        }
    )
    replaces = fields.Id(
        metadata={"description": "替代这张证明：同一人、同一时段、同一出具方，时长有变"}
    )
    replaced_by = fields.Id(metadata={"description": "已由这张证明替代"})
    code = fields.Text(26, metadata={"description": "核验码，给持有人和出具方"})
    code_text = fields.Text(
        60, metadata={"description": "没有核验码的原因：密钥已更换"}
    )


class Verified(fields.Schema):
    """What anybody with the code may know: no name, no whole number, no list of what was done."""

    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "有效、已撤销"}
    )
    person = fields.Text(
        20, required=True, metadata={"description": "持有人编号，已遮盖"}
    )
    issuer = issuer(required=True)
    issuer_name = fields.Text(100)
    issued_on = fields.Day(required=True)
    since = fields.Day(required=True)
    until = fields.Day(required=True)
    minutes = fields.Whole(
        0,
        MOST_MINUTES,
        required=True,
        metadata={"description": "出具时的服务时长，分钟"},
    )
    corrected = fields.Truth(
        required=True, metadata={"description": "出具后时长有更正"}
    )
    minutes_now = fields.Whole(
        0, MOST_MINUTES, required=True, metadata={"description": "现在的服务时长，分钟"}
    )
    revoked_on = fields.Day(metadata={"description": "撤销日期"})
    repeats = fields.Truth(
        metadata={"description": "与先前出具的一张证明相同，时长不能相加"}
    )
    replaced_on = fields.Day(
        metadata={"description": "由新证明替代的日期；新证明的时长为准，不能相加"}
    )
