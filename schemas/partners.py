"""Partners: 社区合伙人 of a community, from application to profile."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.credit_code import CreditCode
from schemas.events import event
from schemas.paging import Paged
from schemas.resource import Resource

WITHOUT_CODE = "居民骨干"
KINDS = ("社会企业", "社区商家", "社会组织", "驻区单位", "两新组织", WITHOUT_CODE)
CATEGORIES = (
    "便民服务", "养老助残", "亲子教育", "医疗健康", "文化体育", "餐饮购物", "法律咨询", "公益慈善", "其他",
)  # fmt: skip
STATES = ("applied", "approved", "rejected")
MOST_TOLD = 20


def kind() -> fields.OneOf:
    return fields.OneOf(KINDS, required=True, metadata={"description": "合伙人类型"})


def community() -> fields.Division:
    return fields.Division("community", required=True, metadata={"description": "所在社区代码"})


def reason() -> fields.Text:
    return fields.Text(200, required=True, metadata={"description": "不通过的原因，申请人会看到"})


class Profile(fields.Schema):
    """What a partner says of itself and may change at any time."""

    name = fields.Text(60, required=True, metadata={"description": "名称；居民骨干填团队或项目名，不填个人姓名"})
    categories = fields.Many(fields.OneOf(CATEGORIES), 1, len(CATEGORIES), required=True)
    hours = fields.Text(100, metadata={"description": "服务时间，如 周一至周五 9:00–18:00"})
    contact_role = fields.Text(20, required=True, metadata={"description": "联系人的职务，如 店长，不填姓名电话"})


class Application(Profile):
    """A profile with what the street checks: what kind of partner this is, and its credit code where it has one."""

    kind = kind()
    credit_code = CreditCode()

    @ma.validates_schema
    def code_goes_with_kind(self, data: dict[str, Any], **kwargs: Any) -> None:
        has_code = "credit_code" in data
        if data["kind"] == WITHOUT_CODE and has_code:
            raise _at_code("credit_code_not_expected", "居民骨干没有统一社会信用代码，请不要填写")
        if data["kind"] != WITHOUT_CODE and not has_code:
            raise _at_code("missing_field", f"{data['kind']}必须填写统一社会信用代码")


def _at_code(code: str, sentence: str) -> ma.ValidationError:
    return ma.ValidationError(fields.Complaint(code, sentence), field_name="credit_code")


class OfPartner(fields.Schema):
    """A command or question about one partner that needs no more words."""

    partner = fields.Id(required=True)


class Apply(Application):
    community = community()


class Reapply(Application, OfPartner):
    """The application again, put right. The community stays: another community is another application."""


class Reject(OfPartner):
    reason = reason()


class UpdateProfile(Profile, OfPartner):
    pass


class ListPartners(Paged):
    division = fields.Division(metadata={"description": "区、街道或社区代码"})
    state = fields.OneOf(STATES, metadata={"description": "审核状态"})


# Events


class Applied(Application, OfPartner):
    community = community()


@event("partner_applied.v1")
class PartnerApplied(Applied):
    by = fields.Id(required=True)


@event("partner_reapplied.v1")
class PartnerReapplied(Applied):
    pass


@event("partner_approved.v1")
class PartnerApproved(OfPartner):
    pass


@event("partner_rejected.v1")
class PartnerRejected(OfPartner):
    reason = reason()


@event("partner_profile_updated.v1")
class PartnerProfileUpdated(Profile, OfPartner):
    pass


# Resources


class Told(fields.Schema):
    """What the street has decided before."""

    state = fields.OneOf(("approved", "rejected"), required=True)
    at = fields.Instant(required=True, metadata={"description": "审核时间"})
    reason = fields.Text(200, metadata={"description": "不通过的原因"})


class Partner(Profile, Resource):
    kind = kind()
    credit_code = CreditCode()
    code_doubtful = fields.Truth(
        required=True, metadata={"description": "代码中的主体标识码校验位不符，建议对照执照核对；不影响申请"}
    )
    community = community()
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    by = fields.Id(required=True, metadata={"description": "申请人编号"})
    state = fields.OneOf(STATES, required=True, metadata={"description": "审核状态"})
    state_text = fields.Text(20, required=True, metadata={"description": "审核状态，给人看的"})
    decisions = fields.Many(fields.Part(Told), 0, MOST_TOLD, required=True)
