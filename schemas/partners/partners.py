"""社区合伙人 of a community, from application to withdrawal, and the 益·社 alliance they may join."""

from schemas import fields
from schemas.appeals import Appealing, Deciding
from schemas.credit_code import CreditCode, code_doubtful
from schemas.decisions import confirm, reason
from schemas.paging import Paged, Searched
from schemas.partners.profile import (
    CATEGORIES,
    KINDS,
    Credentials,
    Profile,
    contact_role,
    kind,
    name,
)
from schemas.places import community, division
from schemas.resource import Resource

STATES_IN_WORDS = {
    "applied": "待审核", "approved": "已通过", "rejected": "未通过", "appealed": "申诉待复核", "suspended": "已暂停",
    "reinstated": "已恢复", "withdrawn": "已退出",
}  # fmt: skip
STATES = tuple(STATES_IN_WORDS)
# A resident may ask these, and an event has no room for a resident's own words: so the reasons are a list.
REASONS_TO_WITHDRAW = (
    "停业或解散",
    "迁出本社区",
    "人手不足",
    "业务调整",
    "不再符合条件",
    "长期联系不上",
    "其他",
)
REASONS_TO_LEAVE = (
    "退出合伙人",
    "人手不足",
    "业务调整",
    "转入其他联盟",
    "不再符合条件",
    "其他",
)
MOST_TOLD = 20
MOST_SIMILAR = 5
MOST_OPEN = 3  # Applications of one applicant that wait for the street.
MOST_A_DAY = 10  # Applications of one applicant in a day.


class OfPartner(fields.Schema):
    """A command or question about one partner that needs no more words."""

    partner = fields.Id(required=True, metadata={"description": "合伙人编号"})


class Apply(Profile, Credentials):
    community = community()


class Reapply(Profile, Credentials, OfPartner):
    """The application again, put right. The community stays: another community is another application."""


class Reject(OfPartner):
    reason = reason("不通过的原因，申请人会看到")


class Suspend(OfPartner):
    reason = reason("暂停的原因，合伙人会看到")
    confirm = confirm("知道同代码的联建单位也会被暂停仍要暂停：知道了填 true")


class AppealPartner(OfPartner, Appealing):
    pass


class DecidePartnerAppeal(OfPartner, Deciding):
    pass


class WithdrawPartnerApproval(OfPartner):
    reason = reason("为什么撤销通过的决定，合伙人会看到")


class Withdraw(OfPartner):
    reason = fields.OneOf(
        REASONS_TO_WITHDRAW, required=True, metadata={"description": "退出的原因"}
    )


class UpdateProfile(Profile, OfPartner):
    pass


class JoinAlliance(OfPartner):
    since = fields.Day(
        required=True, metadata={"description": "加入益·社联盟的日期，不晚于今天"}
    )


class LeaveAlliance(OfPartner):
    until = fields.Day(
        required=True, metadata={"description": "作为成员的最后一天，不晚于今天"}
    )
    reason = fields.OneOf(
        REASONS_TO_LEAVE, required=True, metadata={"description": "退出联盟的原因"}
    )


class ListPartners(Searched):
    division = division()
    state = fields.AnyOf(STATES, metadata={"description": "现在的状态"})
    kind = fields.OneOf(KINDS, metadata={"description": "合伙人类型"})
    category = fields.OneOf(CATEGORIES, metadata={"description": "服务类别"})


class ListMembers(Paged):
    """The members on one day."""

    division = division(required=True)
    on = fields.Day(metadata={"description": "哪一天的成员，不填为今天"})


# Events


class Similar(fields.Schema):
    """A partner of the same community with much the same name: perhaps the same one, so worth a look."""

    partner = fields.Id(required=True)
    name = fields.Text(60, required=True)
    state = fields.OneOf(STATES, required=True)


def similar() -> fields.Many:
    return fields.Many(fields.Part(Similar), 0, MOST_SIMILAR, required=True)


# Resources


class Told(fields.Schema):
    """A decision: what became of the partner, when, by whom and why."""

    state = fields.OneOf(STATES, required=True)
    at = fields.Instant(required=True, metadata={"description": "决定的时间"})
    by = fields.Id(metadata={"description": "决定的人的编号；早先的记录没有"})
    reason = fields.Text(200, metadata={"description": "不通过、暂停或退出的原因"})


class Belonging(fields.Schema):
    """A stay in the alliance; without `until` it goes on."""

    since = fields.Day(required=True, metadata={"description": "加入日期"})
    until = fields.Day(metadata={"description": "作为成员的最后一天"})
    reason = fields.Text(200, metadata={"description": "退出联盟的原因"})


class Partner(Profile, Resource):
    """Who applied, why something was decided, and an application not approved: for who decides and who applied."""

    name = name(required=False)
    contact_role = contact_role(required=False)
    hours_text = fields.Text(
        500, metadata={"description": "服务时间，给人看的；早先的资料只有这一项"}
    )
    kind = kind()
    credit_code = CreditCode()
    code_doubtful = code_doubtful("申请")
    community = community()
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    by = fields.Id(metadata={"description": "申请人编号"})
    applied_on = fields.Day(metadata={"description": "申请的日期；早先的申请没有"})
    waits_since = fields.Instant(
        metadata={"description": "自何时起等街道决定；不在等的没有"}
    )
    state = fields.OneOf(STATES, required=True, metadata={"description": "现在的状态"})
    state_text = fields.Text(
        20, required=True, metadata={"description": "现在的状态，给人看的"}
    )
    decisions = fields.Many(fields.Part(Told), 0, MOST_TOLD, required=True)
    appeal = fields.Text(
        500, metadata={"description": "申诉；只有申请的人和审核的人看得到"}
    )
    similar = fields.Many(fields.Part(Similar), 0, MOST_SIMILAR, required=True)
    alliance = fields.Many(fields.Part(Belonging), 0, MOST_TOLD, required=True)


class Member(Belonging, Resource):
    """A partner's stay in the alliance, in a list of members."""

    id = fields.Text(
        80, required=True, metadata={"description": "编号，合伙人:加入日期"}
    )
    partner = fields.Id(required=True)
    name = fields.Text(60, required=True, metadata={"description": "合伙人现在的名称"})
    state = fields.OneOf(
        STATES, required=True, metadata={"description": "合伙人现在的状态"}
    )
    state_text = fields.Text(20, required=True)
    community = community()
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
