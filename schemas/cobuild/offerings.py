"""Offerings: the 资源清单, and which activity or commitment gets one.

`offering_published.v1` told when an offering is to be had in one line, `weekly`, without a time of day; `.v2` tells the
first time, how long and how it repeats, so that a booking can name the occurrence it holds. Logs have both.
"""

from schemas import fields
from schemas.cobuild.units import OfUnit
from schemas.decisions import reason
from schemas.events import event
from schemas.paging import Searched
from schemas.places import community, division
from schemas.resource import Resource
from schemas.times import SaidTimes, Times

CATEGORIES = (
    "零距离便民",
    "零距离助老",
    "零距离亲子",
    "零距离医疗",
    "零距离文化",
    "零距离安全",
)
AUDIENCES = (
    "一老一小",
    "老人",
    "儿童",
    "残障人士",
    "新就业群体",
    "困难家庭",
    "全体居民",
)
PERIODS = ("day", "week", "month")
PERIODS_IN_WORDS = {"day": "每天", "week": "每周", "month": "每月"}
MOST_CAPACITY = 100_000
MOST_BOOKED = 100
STATES = ("published", "paused", "retired")
PAUSES = ("unit", "suspension", "unit_suspended", "unit_ended", "used_up", "expired")
DECLINES = ("unknown_offering", "not_published", "expired", "used_up", "no_occurrence")


def category() -> fields.OneOf:
    return fields.OneOf(
        CATEGORIES, required=True, metadata={"description": "“零距离”服务类别"}
    )


class About(fields.Schema):
    """What is offered, for whom, where, and how much of it: in both versions."""

    title = fields.Text(60, required=True, metadata={"description": "资源名称"})
    category = category()
    audience = fields.Many(
        fields.OneOf(AUDIENCES),
        1,
        len(AUDIENCES),
        required=True,
        metadata={"description": "为哪些人群"},
    )
    place = fields.Text(100, required=True, metadata={"description": "地点"})
    community = community("资源")
    capacity = fields.Whole(
        1,
        MOST_CAPACITY,
        code="capacity_out_of_range",
        required=True,
        metadata={"description": "每个周期可供多少次使用"},
    )
    per = fields.OneOf(
        PERIODS,
        PERIODS_IN_WORDS,
        required=True,
        metadata={"description": "周期：day 每天、week 每周、month 每月"},
    )
    valid_until = fields.Day(
        required=True, metadata={"description": "有效期至（含当日）"}
    )


class Content(About, Times):
    pass


def retired_on() -> fields.Day:
    return fields.Day(
        metadata={"description": "哪天下架；补登以前的资源时填写，登记后即为已下架"}
    )


class PublishOffering(Content, SaidTimes, OfUnit):
    """With `retired_on` it is recorded as it was, for the record alone: nobody can book it."""

    retired_on = retired_on()


class OfOffering(fields.Schema):
    """A command or question about one offering that needs no more words."""

    offering = fields.Id(required=True, metadata={"description": "资源编号"})


class ReviseOffering(Content, SaidTimes, OfOffering):
    """The whole content anew, as the next version."""


class PauseOffering(OfOffering):
    reason = reason("暂停的原因")


class ListOfferings(Searched):
    """The first to expire first; published ones only while they are valid."""

    division = division()
    category = fields.AnyOf(CATEGORIES, metadata={"description": "类别"})
    unit = fields.Id(metadata={"description": "联建单位编号"})
    state = fields.AnyOf(
        STATES, load_default=("published",), metadata={"description": "状态"}
    )


class ListOccurrences(OfOffering):
    since = fields.Day(metadata={"description": "从哪一天起，不填为今天"})
    days = fields.Whole(1, 92, load_default=31, metadata={"description": "看多少天"})


# Events


@event("offering_published.v1")
class OfferingPublishedBefore(About, OfUnit, OfOffering):
    weekly = fields.Text(200)


@event("offering_published.v2")
class OfferingPublished(PublishOffering, OfOffering):
    pass


@event("offering_revised.v1")
class OfferingRevised(ReviseOffering):
    version = fields.Whole(2, 10_000, required=True)


@event("offering_paused.v1")
class OfferingPaused(PauseOffering):
    """By the unit. What time has paused is paused besides."""


@event("offering_resumed.v1")
class OfferingResumed(OfOffering):
    """By the unit; it stays paused for what else has paused it."""


@event("offering_retired.v1")
class OfferingRetired(OfOffering):
    pass


@event("offering_expired.v1")
class OfferingExpired(OfOffering):
    valid_until = fields.Day(required=True)


def period() -> fields.Text:
    return fields.Text(
        10, required=True, metadata={"description": "2026-06-13、2026-W24 或 2026-06"}
    )


@event("offering_used_up.v1")
class OfferingUsedUp(OfOffering):
    """Nothing is left of it in the period that runs now."""

    period = period()


@event("offering_renewed.v1")
class OfferingRenewed(OfOffering):
    """There is some again: a new period began, or a booking was freed; perhaps unnoticed that it was used up."""

    period = period()


@event("offering_reserved.v1")
class OfferingReserved(OfOffering):
    activity = fields.Id(required=True)
    session = fields.Id()
    period = period()
    occurrence = fields.Instant()


@event("offering_declined.v1")
class OfferingDeclined(OfOffering):
    activity = fields.Id(required=True)
    session = fields.Id()
    code = fields.OneOf(DECLINES, required=True)
    reason = fields.Text(200, required=True)


class Freed(OfOffering):
    session = fields.Id()
    period = period()


@event("offerings_released.v1")
class OfferingsReleased(fields.Schema):
    """Everything listed is free again at once."""

    activity = fields.Id(required=True)
    offerings = fields.Many(fields.Part(Freed), 1, MOST_BOOKED, required=True)


# Resources


class Offering(Content, OfUnit, Resource):
    weekly = fields.Text(200, metadata={"description": "早先登记的每周时间"})
    version = fields.Whole(1, 10_000, required=True, metadata={"description": "第几版"})
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    pauses = fields.Many(fields.OneOf(PAUSES), 0, len(PAUSES), required=True)
    retired_on = retired_on()
    pause_text = fields.Text(200, metadata={"description": "为什么暂停，给人看的"})
    unit_name = fields.Text(60, metadata={"description": "提供资源的单位"})


class Occurrence(fields.Schema):
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    period = period()
    left = fields.Whole(
        0,
        MOST_CAPACITY,
        required=True,
        metadata={"description": "这个周期还可以用几次"},
    )


class Occurrences(Resource):
    items = fields.Many(fields.Part(Occurrence), 0, 100, required=True)
