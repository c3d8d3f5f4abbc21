"""What a partner says of itself, and what the street checks of it.

Hours were a sentence in the first version of the events that carry a profile (`partner_applied.v1`,
`partner_reapplied.v1`, `partner_profile_updated.v1`). In the second they are spans of the week, which a program can
read; what nobody can make of an old sentence for sure, nobody tries: it is shown as `hours_text` until the partner
says its hours anew. In the third, and in `partner_profile_updated.v3`, what an applicant calls itself and its contact
is a note that can be erased; the street that approves it releases both with `partner_approved.v2`. Versions no longer
recorded fold for ever.
"""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.credit_code import CreditCode
from schemas.opening_hours import OpeningHours

WITHOUT_CODE = "居民骨干"
KINDS = ("社会企业", "社区商家", "社会组织", "驻区单位", "两新组织", WITHOUT_CODE)
CATEGORIES = (
    "便民服务", "养老助残", "亲子教育", "医疗健康", "文化体育", "餐饮购物", "法律咨询", "公益慈善", "其他",
)  # fmt: skip


def kind() -> fields.OneOf:
    return fields.OneOf(KINDS, required=True, metadata={"description": "合伙人类型"})


def name(required: bool = True) -> fields.Text:
    return fields.Text(
        60,
        required=required,
        metadata={"description": "名称；居民骨干填团队或项目名，不填个人姓名"},
    )


def categories() -> fields.Many:
    return fields.Many(
        fields.OneOf(CATEGORIES),
        1,
        len(CATEGORIES),
        required=True,
        metadata={"description": "类别"},
    )


def contact_role(required: bool = True) -> fields.Text:
    return fields.Text(
        20,
        required=required,
        metadata={"description": "联系人的职务，如 店长，不填姓名电话"},
    )


def hours() -> OpeningHours:
    return OpeningHours(metadata={"description": "开放时间"})


class Introduction(fields.Schema):
    """What a partner says of itself, but for its hours."""

    name = name()
    categories = categories()
    contact_role = contact_role()


class Profile(Introduction):
    """What a partner says of itself and may change at any time."""

    hours = hours()


class Words(fields.Schema):
    """The notes that hold what an applicant wrote."""

    name = fields.Id(required=True)
    contact_role = fields.Id(required=True)


class NotedProfile(fields.Schema):
    """What an applicant says of itself, its words as notes."""

    categories = categories()
    hours = hours()
    notes = fields.Part(Words, required=True)


class OldProfile(Introduction):
    """Hours as a sentence: until the second version."""

    hours = fields.Text(
        100, metadata={"description": "服务时间，如 周一至周五 9:00–18:00"}
    )


class Credentials(fields.Schema):
    """What the street checks: what kind of partner this is, and its credit code where it has one."""

    kind = kind()
    credit_code = CreditCode()

    @ma.validates_schema
    def code_goes_with_kind(self, data: dict[str, Any], **kwargs: Any) -> None:
        has_code = "credit_code" in data
        if data["kind"] == WITHOUT_CODE and has_code:
            raise _at_code(
                "credit_code_not_expected", "居民骨干没有统一社会信用代码，请不要填写"
            )
        if data["kind"] != WITHOUT_CODE and not has_code:
            raise _at_code("missing_field", f"{data['kind']}必须填写统一社会信用代码")


def _at_code(code: str, sentence: str) -> ma.ValidationError:
    return ma.ValidationError(
        fields.Complaint(code, sentence), field_name="credit_code"
    )
