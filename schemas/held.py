"""What every service holds of whoever asks."""

import marshmallow as ma

from schemas.waiting import Missing

# What the documents are, by their collection; one that is not here is called by its own name.
TITLES = {
    "persons": "登记的资料",
    "accounts": "账号",
    "links": "代办关系",
    "consents": "同意与撤回",
    "grants": "任职",
    "sessions": "登录记录",
    "looks": "谁看过完整资料",
    "invitations": "邀请",
    "desk_codes": "窗口验证码",
    "access": "权限的变动",
    "acted": "别人替您办的事",
    "signups": "报名情况",
    "seats": "座位、签到和评分",
    "contests": "时长异议",
    "certificates": "证明",
    "commendations": "表彰",
    "calendars": "日历订阅",
    "needs": "需求",
    "recorded": "在哪个社区登记",
    "choices": "怎样接收通知",
    "readers": "通知读到哪里",
    "marks": "读过的通知",
}


class Holding(ma.Schema):
    collection = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    items = ma.fields.List(ma.fields.Dict(), required=True)
    more = ma.fields.Boolean(required=True)


class Words(ma.Schema):
    id = ma.fields.String(required=True)
    text = ma.fields.String(required=True)


class OfService(ma.Schema):
    service = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    documents = ma.fields.List(ma.fields.Nested(Holding), required=True)
    words = ma.fields.List(ma.fields.Nested(Words), required=True)


class MyData(ma.Schema):
    person = ma.fields.String(required=True)
    services = ma.fields.List(ma.fields.Nested(OfService), required=True)
    missing = ma.fields.List(ma.fields.Nested(Missing), required=True)
