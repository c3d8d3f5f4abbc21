"""Calendars: what is on in a place or with a host, and a person's own, behind an address only they know."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.activities.contents import CATEGORIES, audience, host, link
from schemas.activities.roles import role
from schemas.events import event
from schemas.places import division
from schemas.resource import Resource

STATUSES = ("confirmed", "tentative", "cancelled")
MOST_ENTRIES = 500
ONE_OF_THEM = fields.Complaint(
    "division_or_host", "请填写区划代码、主办方或活动编号，只填一个"
)


class ShowCalendar(fields.Schema):
    division = division()
    host = host(metadata={"description": "主办方，如 branch/编号"})
    activity = fields.Id(metadata={"description": "活动编号，看它的所有场次"})

    @ma.validates_schema
    def one_of_them(self, data: dict[str, Any], **kwargs: Any) -> None:
        if len(data) != 1:
            raise ma.ValidationError(ONE_OF_THEM, "division")


class OfMyCalendar(fields.Schema):
    """Whose it is, is who asks."""


class ShowPersonalCalendar(fields.Schema):
    secret = fields.Text(
        100, required=True, metadata={"description": "日历地址里的密文"}
    )


# Events


class TheCalendar(fields.Schema):
    person = fields.Id(required=True)
    calendar = fields.Id(required=True)


@event("calendar_issued.v1")
class CalendarIssued(TheCalendar):
    """The person's calendar has an address, which ends any it had. The address itself is nowhere in the log."""

    secret_hash = fields.Code(
        "[0-9a-f]{64}",
        fields.Complaint("bad_hash", "应为 64 位十六进制数"),
        required=True,
    )


@event("calendar_revoked.v1")
class CalendarRevoked(TheCalendar):
    pass


# Resources


class Entry(fields.Schema):
    """One session in a calendar. `id` stays; `changes` grows with every change."""

    id = fields.Text(70, required=True)
    session = fields.Id(required=True)
    activity = fields.Id(required=True)
    title = fields.Text(60, required=True)
    category = fields.OneOf(CATEGORIES, required=True)
    place = fields.Text(100, required=True)
    host = host(required=True)
    host_name = fields.Text(100, required=True, metadata={"description": "主办方名称"})
    summary = fields.Text(2000)
    audience = audience()
    link = link()
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    status = fields.OneOf(STATUSES, required=True)
    status_text = fields.Text(
        20, required=True, metadata={"description": "如 已确认、候补、已取消"}
    )
    role = role("只有作为志愿者的写明")
    role_text = fields.Text(20, metadata={"description": "作为什么去，给人看的"})
    reason = fields.Text(200, metadata={"description": "取消的原因"})
    changes = fields.Whole(0, 2**53, required=True)
    changed_at = fields.Instant(required=True)


class Calendar(fields.Schema):
    """From 30 days ago to a year ahead."""

    name = fields.Text(120, required=True)
    entries = fields.Many(fields.Part(Entry), 0, MOST_ENTRIES, required=True)
    complete = fields.Truth(
        required=True, metadata={"description": "false 表示太多，只列出最近的 500 场"}
    )


class CalendarAddress(Resource):
    """A person's calendar has one address at a time."""

    calendar = fields.Id(required=True)
    state = fields.OneOf(("live", "revoked"), required=True)
    state_text = fields.Text(20, required=True)
    issued_at = fields.Instant(required=True)
    secret = fields.Text(100, metadata={"description": "日历地址里的密文；请勿转发"})
    address = fields.Text(
        2000, metadata={"description": "完整的日历地址，填进日历软件即可订阅；请勿转发"}
    )
