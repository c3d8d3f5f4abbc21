"""Audit: who looked at whose data, who came in or failed to, and who was given or lost a role."""

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.parts import by
from schemas.resource import Resource

LOOKS_IN_WORDS = {
    "record": "查看资料",
    "search": "按姓名查找",
    "number": "按手机号核对",
    "roster": "查看名单",
    "audit": "查看审计记录",
}
LOOKS = tuple(LOOKS_IN_WORDS)
KINDS_IN_WORDS = LOOKS_IN_WORDS | {
    "reveal": "查看完整资料",
    "export": "导出名单",
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "sign_out_everywhere": "在所有设备上退出",
    "password_set": "设置密码",
    "role_granted": "任命",
    "role_revoked": "撤销任职",
    "role_ended": "任职结束",
    "account_opened": "开通账号",
    "account_suspended": "停用账号",
    "account_reinstated": "恢复账号",
    "person_erased": "删除资料",
    "let_in": "给登录的验证码或邀请",
    "login_changed": "更换登录手机号",
    "second_factor_off": "取消动态口令",
    "link_begun": "登记代办关系",
    "link_ended": "结束代办关系",
    "merged": "合并资料",
    "lost": "有些查看没能记下",
}
KINDS = tuple(KINDS_IN_WORDS)
MOST_LOOKS, MOST_PERSONS, MOST_LOST = 100, 100, 10**9
LONGEST_AGO_S = 30 * 24 * 3600


def what() -> fields.Text:
    return fields.Text(120, metadata={"description": "看的是哪一个，例如哪场活动"})


def place() -> fields.Division:
    return fields.Division(metadata={"description": "看的人在哪里工作"})


class Seen(fields.Schema):
    kind = fields.OneOf(LOOKS, LOOKS_IN_WORDS, required=True)
    by = by()
    about = what()
    place = place()
    persons = fields.Many(fields.Id(), 0, MOST_PERSONS, load_default=list)


class Look(Seen):
    """As the gateway saw it: `ago_s` before it says so, however often. What was `tried` is never kept."""

    tried = fields.Text(80, metadata={"personal": True})
    ago_s = fields.Whole(0, LONGEST_AGO_S, required=True, metadata={"personal": True})


class RecordLooks(fields.Schema):
    looks = fields.Many(fields.Part(Look), 0, MOST_LOOKS, required=True)
    lost = fields.Whole(0, MOST_LOST, required=True)


class RecordExport(fields.Schema):
    list = fields.Text(40, required=True, metadata={"description": "哪一种名单"})
    by = by()
    about = what()
    place = place()


class ListAudit(Paged):
    division = fields.Division(
        required=True, metadata={"description": "区、街道或社区代码"}
    )
    person = fields.Id(metadata={"description": "只看关于这个人的"})
    by = fields.Id(metadata={"description": "只看这个人做的"})
    kind = fields.OneOf(KINDS, KINDS_IN_WORDS, metadata={"description": "只看这一种"})
    since = fields.Instant(metadata={"description": "从什么时候起"})
    until = fields.Instant(metadata={"description": "到什么时候之前"})


# Events


class Recorded(Seen):
    """`tried` is a keyed hash of what was looked for: two of the same are known to be, and no more."""

    tried = fields.Text(32)
    at = fields.Instant(required=True)


@event("looks_recorded.v1")
class LooksRecorded(fields.Schema):
    """Looks of the last seconds, by one gateway; so many before them were lost."""

    looks = fields.Many(fields.Part(Recorded), 0, MOST_LOOKS, required=True)
    lost = fields.Whole(0, MOST_LOST, required=True)


@event("list_exported.v1")
class ListExported(RecordExport):
    """A list of people left the platform as a file. It does not before this is recorded."""


# Resources


class Entry(Resource):
    """Something that somebody did with what is known of people, or with who may know it."""

    kind = fields.OneOf(
        KINDS, KINDS_IN_WORDS, required=True, metadata={"description": "哪一种"}
    )
    kind_text = fields.Text(20, required=True, metadata={"description": "哪一种"})
    at = fields.Instant(required=True, metadata={"description": "什么时候"})
    by = fields.Id(metadata={"description": "谁做的"})
    by_name = fields.Text(40, metadata={"description": "谁做的，姓名只显示一部分"})
    person = fields.Id(metadata={"description": "关于谁"})
    name = fields.Text(40, metadata={"description": "关于谁，姓名只显示一部分"})
    about = what()
    list = fields.Text(40, metadata={"description": "导出的哪一种名单"})
    tried = fields.Text(32, metadata={"description": "所找内容的密文，相同的才相同"})
    role = fields.Text(40, metadata={"description": "什么角色"})
    scope = fields.Text(80, metadata={"description": "角色的范围"})
    way = fields.Text(20, metadata={"description": "怎样登录"})
    network = fields.Text(
        50, metadata={"description": "登录失败的，来自哪个网络：地址的前一段"}
    )
    number = fields.Text(20, metadata={"description": "登录失败的，手机号的最后两位"})
    reason = fields.Text(80, metadata={"description": "原因"})
    count = fields.Whole(1, MOST_LOST, metadata={"description": "几次"})
