"""The inbox: notices as they are read, and that they were."""

from typing import Any

from schemas import fields
from schemas.channels import LANGUAGES, LANGUAGES_IN_WORDS
from schemas.events import event
from schemas.notices.kinds import KINDS
from schemas.paging import Paged
from schemas.resource import Resource

LONGEST_ID = 160
MOST_UNREAD = 1_000


def notice_id(**kwargs: Any) -> fields.Code:
    complaint = fields.Complaint("bad_id", "通知编号由字母、数字和 . _ - 组成")
    pattern = r"[0-9A-Za-z][0-9A-Za-z._-]{0,159}"
    return fields.Code(
        pattern,
        complaint,
        most=LONGEST_ID,
        metadata={"description": "通知编号"},
        **kwargs,
    )


def address(**kwargs: Any) -> fields.Code:
    """A person, an office by the division it is of, or an organisation."""
    complaint = fields.Complaint(
        "bad_addressee",
        "应为 person/编号、区划代码、unit/编号、partner/编号 或 branch/编号",
    )
    return fields.Code(
        rf"(person|unit|partner|branch)/{fields.Id.PATTERN}|[0-9]{{6}}([0-9]{{3}}){{0,2}}",
        complaint,
        most=80,
        metadata={"description": "通知给谁"},
        **kwargs,
    )


def language(**kwargs: Any) -> fields.OneOf:
    return fields.OneOf(
        LANGUAGES,
        LANGUAGES_IN_WORDS,
        metadata={"description": "语言：zh 中文、en 英文"},
        **kwargs,
    )


class MyNotices(Paged):
    lang = fields.OneOf(LANGUAGES, metadata={"description": "语言，不填为自己选择的"})


class Nothing(fields.Schema):
    """Whose it is, is who asks."""


class ReadNotice(fields.Schema):
    notice = notice_id(required=True)


class ReadNotices(fields.Schema):
    upto = fields.Instant(
        required=True,
        metadata={"description": "这一刻及以前的都算已读，如最新一条的 at"},
    )


# Events


@event("notice_read.v1")
class NoticeRead(ReadNotice):
    """`of` is the notice's own time, `to` whom it was for."""

    person = fields.Id(required=True)
    of = fields.Instant(required=True)
    to = address()


@event("notices_read.v1")
class NoticesRead(ReadNotices):
    person = fields.Id(required=True)


# Resources


class Notice(Resource):
    id = notice_id(required=True)
    kind = fields.OneOf(KINDS, required=True)
    to = address(required=True)
    at = fields.Instant(required=True)
    heading = fields.Text(60, required=True, metadata={"description": "标题"})
    text = fields.Text(1000, required=True, metadata={"description": "内容"})
    about = fields.Text(
        100, required=True, metadata={"description": "关于什么，如 activity/编号"}
    )
    signup = fields.Id(metadata={"description": "事关自己的哪一次报名"})
    done = fields.Truth(
        required=True, metadata={"description": "通知里要办的事已经办了，或不用再办"}
    )
    done_at = fields.Instant(metadata={"description": "什么时候了结的"})
    read = fields.Truth(required=True, metadata={"description": "是否已读"})


class Unread(fields.Schema):
    unread = fields.Whole(
        0,
        MOST_UNREAD,
        required=True,
        metadata={"description": f"未读数，最多数到 {MOST_UNREAD}"},
    )


class ReadMark(Resource):
    id = fields.Text(230, required=True, metadata={"description": "编号，人员:通知"})
    person = fields.Id(required=True)
    notice = notice_id(required=True)
    of = fields.Instant(required=True, metadata={"description": "通知的时间"})


class Reader(Resource):
    upto = fields.Instant(
        required=True, metadata={"description": "这一刻及以前的都已读"}
    )
