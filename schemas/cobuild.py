"""Co-building: units, what they offer, and which activity gets it."""

from schemas import fields
from schemas.credit_code import CreditCode
from schemas.events import event
from schemas.paging import Paged
from schemas.resource import Resource

INDUSTRIES = ("电力", "教育", "医疗", "金融", "通信", "交通", "餐饮", "文旅", "物业")
CATEGORIES = ("零距离便民", "零距离助老", "零距离亲子", "零距离医疗", "零距离文化", "零距离安全")
AUDIENCES = ("一老一小", "老人", "儿童", "残障人士", "新就业群体", "困难家庭", "全体居民")
PERIODS = ("day", "week", "month")
MOST_MEMBERS = 1_000_000
MOST_CAPACITY = 100_000
MOST_BOOKED = 100

UNIT_STATES = ("registered", "approved", "rejected")
OFFERING_STATES = ("published", "paused", "retired")
DECLINES = ("unknown_offering", "not_published", "expired", "used_up")


def industry() -> fields.OneOf:
    return fields.OneOf(INDUSTRIES, required=True, metadata={"description": "行业"})


def community(of: str) -> fields.Division:
    return fields.Division("community", required=True, metadata={"description": f"{of}所在社区代码"})


def reason(about: str) -> fields.Text:
    return fields.Text(200, required=True, metadata={"description": about})


class UnitProfile(fields.Schema):
    """What a unit says of itself and may change at any time."""

    name = fields.Text(60, required=True, metadata={"description": "单位名称"})
    industry = industry()
    members = fields.Whole(0, MOST_MEMBERS, required=True, metadata={"description": "职工人数"})
    contact_role = fields.Text(20, required=True, metadata={"description": "联系人的职务，如 联络员，不填姓名电话"})


class RegisterUnit(UnitProfile):
    credit_code = CreditCode(required=True)
    community = community("单位")


class OfUnit(fields.Schema):
    """A command or question about one unit that needs no more words."""

    unit = fields.Id(required=True)


class UpdateUnit(UnitProfile, OfUnit):
    pass


class RejectUnit(OfUnit):
    reason = reason("不通过的原因，单位会看到")


class ListUnits(Paged):
    division = fields.Division(metadata={"description": "区、街道或社区代码"})
    state = fields.OneOf(UNIT_STATES, metadata={"description": "审核状态"})


class PublishOffering(OfUnit):
    """An entry of the 资源清单: so many of something, for whom and where, in every period until a day."""

    title = fields.Text(60, required=True, metadata={"description": "资源名称"})
    category = fields.OneOf(CATEGORIES, required=True, metadata={"description": "“零距离”服务类别"})
    audience = fields.Many(fields.OneOf(AUDIENCES), 1, len(AUDIENCES), required=True)
    place = fields.Text(100, required=True, metadata={"description": "地点"})
    community = community("资源")
    weekly = fields.Text(200, metadata={"description": "每周时间，RFC 5545 RRULE，如 FREQ=WEEKLY;BYDAY=SA"})
    capacity = fields.Whole(
        1,
        MOST_CAPACITY,
        code="capacity_out_of_range",
        required=True,
        metadata={"description": "每个周期可供多少场活动使用"},
    )
    per = fields.OneOf(PERIODS, required=True, metadata={"description": "周期：day 每天、week 每周、month 每月"})
    valid_until = fields.Day(required=True, metadata={"description": "有效期至（含当日）"})


class OfOffering(fields.Schema):
    """A command or question about one offering that needs no more words."""

    offering = fields.Id(required=True)


class PauseOffering(OfOffering):
    reason = reason("暂停的原因")


class ListOfferings(Paged):
    """Offerings in one state, the first to expire first; published ones only while they are valid."""

    division = fields.Division(metadata={"description": "区、街道或社区代码"})
    category = fields.OneOf(CATEGORIES)
    unit = fields.Id(metadata={"description": "联建单位编号；填写时忽略区划和类别"})
    state = fields.OneOf(OFFERING_STATES, load_default="published", metadata={"description": "状态"})


# Events


@event("unit_registered.v1")
class UnitRegistered(RegisterUnit, OfUnit):
    by = fields.Id(required=True)


@event("unit_approved.v1")
class UnitApproved(OfUnit):
    pass


@event("unit_rejected.v1")
class UnitRejected(RejectUnit):
    pass


@event("unit_updated.v1")
class UnitUpdated(UpdateUnit):
    pass


@event("offering_published.v1")
class OfferingPublished(PublishOffering, OfOffering):
    pass


@event("offering_paused.v1")
class OfferingPaused(PauseOffering):
    pass


@event("offering_resumed.v1")
class OfferingResumed(OfOffering):
    pass


@event("offering_retired.v1")
class OfferingRetired(OfOffering):
    pass


def period() -> fields.Text:
    return fields.Text(10, required=True, metadata={"description": "2026-06-13、2026-W24 或 2026-06"})


@event("offering_reserved.v1")
class OfferingReserved(OfOffering):
    activity = fields.Id(required=True)
    period = period()


@event("offering_declined.v1")
class OfferingDeclined(OfOffering):
    activity = fields.Id(required=True)
    code = fields.OneOf(DECLINES, required=True)
    reason = fields.Text(200, required=True)


class Freed(OfOffering):
    period = period()


@event("offerings_released.v1")
class OfferingsReleased(fields.Schema):
    """Everything listed is free again at once."""

    activity = fields.Id(required=True)
    offerings = fields.Many(fields.Part(Freed), 1, MOST_BOOKED, required=True)


# Resources


class Unit(UnitProfile, Resource):
    credit_code = CreditCode(required=True)
    code_doubtful = fields.Truth(
        required=True, metadata={"description": "代码中的主体标识码校验位不符，建议对照执照核对；不影响登记"}
    )
    community = community("单位")
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    by = fields.Id(required=True, metadata={"description": "登记人编号"})
    state = fields.OneOf(UNIT_STATES, required=True, metadata={"description": "审核状态"})
    state_text = fields.Text(20, required=True, metadata={"description": "审核状态，给人看的"})
    reason = fields.Text(200, metadata={"description": "不通过的原因"})


class Offering(PublishOffering, Resource):
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    state = fields.OneOf(OFFERING_STATES, required=True)
    state_text = fields.Text(20, required=True, metadata={"description": "状态，给人看的"})
    reason = fields.Text(200, metadata={"description": "暂停的原因"})
    unit_name = fields.Text(60, metadata={"description": "提供资源的单位"})
