"""Co-building units: from registration to profile."""

from schemas import fields
from schemas.appeals import Appealed, Appealing, Deciding
from schemas.credit_code import CreditCode, code_doubtful
from schemas.decisions import confirm, reason
from schemas.events import event
from schemas.paging import Searched
from schemas.places import community, division
from schemas.resource import Resource

INDUSTRIES = ("电力", "教育", "医疗", "金融", "通信", "交通", "餐饮", "文旅", "物业")
MOST_MEMBERS = 1_000_000
STATES = ("registered", "approved", "rejected", "appealed", "suspended", "ended")
STATES_IN_WORDS = {
    "registered": "待审核", "approved": "已通过", "rejected": "未通过", "appealed": "申诉待复核", "suspended": "已暂停",
    "ended": "已终止",
}  # fmt: skip


class Profile(fields.Schema):
    """What a unit says of itself and may change at any time."""

    name = fields.Text(60, required=True, metadata={"description": "单位名称"})
    industry = fields.OneOf(INDUSTRIES, required=True, metadata={"description": "行业"})
    members = fields.Whole(
        0, MOST_MEMBERS, required=True, metadata={"description": "职工人数"}
    )
    contact_role = fields.Text(
        20,
        required=True,
        metadata={"description": "联系人的职务，如 联络员，不填姓名电话"},
    )


def joined_on() -> fields.Day:
    return fields.Day(
        metadata={"description": "哪天加入共建；补登以前加入的单位时填写"}
    )


class RegisterUnit(Profile):
    credit_code = CreditCode(required=True)
    community = community("单位")
    joined_on = joined_on()


class OfUnit(fields.Schema):
    """A command or question about one unit that needs no more words."""

    unit = fields.Id(required=True, metadata={"description": "单位编号"})


class UpdateUnit(Profile, OfUnit):
    pass


class RejectUnit(OfUnit):
    reason = reason("不通过的原因，单位会看到")


class AppealUnit(OfUnit, Appealing):
    pass


class DecideUnitAppeal(OfUnit, Deciding):
    pass


class WithdrawUnitApproval(OfUnit):
    reason = reason("为什么撤销通过的决定，单位会看到")


class SuspendUnit(OfUnit):
    reason = reason("暂停的原因，单位会看到")
    confirm = confirm()


class EndUnit(OfUnit):
    reason = reason("终止的原因，单位会看到")
    confirm = confirm()


class ListUnits(Searched):
    division = division()
    state = fields.AnyOf(STATES, metadata={"description": "审核状态"})


# Events


@event("unit_registered.v1")
class UnitRegistered(RegisterUnit, OfUnit):
    by = fields.Id(required=True)


@event("unit_approved.v1")
class UnitApproved(OfUnit):
    pass


@event("unit_rejected.v1")
class UnitRejected(RejectUnit):
    by = fields.Id()


@event("unit_appealed.v1")
class UnitAppealed(OfUnit, Appealed):
    pass


@event("unit_appeal_decided.v1")
class UnitAppealDecided(DecideUnitAppeal):
    """Upheld, the registration waits again; else it stays rejected for good."""

    by = fields.Id(required=True)


@event("unit_approval_withdrawn.v1")
class UnitApprovalWithdrawn(WithdrawUnitApproval):
    """Nothing rested on it: the registration waits again."""

    by = fields.Id(required=True)


@event("unit_suspended.v1")
class UnitSuspended(OfUnit):
    """Its offerings are not to be had, it takes on nothing new; what it has not begun is given back by itself."""

    reason = reason("暂停的原因")
    by = fields.Id(required=True)


@event("unit_reinstated.v1")
class UnitReinstated(OfUnit):
    by = fields.Id(required=True)


@event("unit_ended.v1")
class UnitEnded(OfUnit):
    """For good: its offerings are retired and all it has not finished is given back, by themselves."""

    reason = reason("终止的原因")
    by = fields.Id(required=True)


@event("unit_updated.v1")
class UnitUpdated(UpdateUnit):
    pass


@event("unit_halted.v1")
class UnitHalted(OfUnit):
    """The partner with the unit's credit code was suspended: its offerings are paused, it takes on nothing new."""

    partner = fields.Id(required=True)


@event("unit_freed.v1")
class UnitFreed(OfUnit):
    """That suspension has ended, and with it what it paused. What was paused otherwise stays paused."""

    partner = fields.Id(required=True)


# Resources


class Unit(Profile, Resource):
    credit_code = CreditCode(required=True)
    code_doubtful = code_doubtful("登记")
    community = community("单位")
    joined_on = joined_on()
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    by = fields.Id(
        metadata={"description": "登记人编号；只有登记的人、本单位的人和审核的人看得到"}
    )
    state = fields.OneOf(STATES, required=True, metadata={"description": "审核状态"})
    state_text = fields.Text(
        20, required=True, metadata={"description": "审核状态，给人看的"}
    )
    reason = fields.Text(200, metadata={"description": "不通过、暂停或终止的原因"})
    appeal = fields.Text(
        500, metadata={"description": "申诉；只有申诉的人和审核的人看得到"}
    )
    halted = fields.Truth(
        metadata={
            "description": "同一代码的社区合伙人被暂停，期间不能发布资源、认领需求"
        }
    )
