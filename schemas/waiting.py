"""What waits for somebody: one list over all services, and how much there is of each kind."""

from schemas import fields
from schemas.paging import Paged
from schemas.resource import Resource

# Each kind of thing to do, as readers call it.
KINDS = {
    "partner_to_approve": "审核社区合伙人申请",
    "partner_appeal": "复核社区合伙人的申诉",
    "unit_to_approve": "审核联建单位登记",
    "unit_appeal": "复核联建单位的申诉",
    "need_to_verify": "核实需求",
    "need_appeal": "复核不受理的需求",
    "need_unclaimed": "需求逾期没有认领，请派单",
    "need_disputed": "处理需求争议",
    "need_to_call_on": "回访确认社区的需求",
    "need_question": "回答关于需求的询问",
    "need_to_confirm": "确认需求是否做到",
    "commitment_to_begin": "认领或派单到期前开始办理",
    "commitment_due": "在期限前完成项目",
    "time_to_agree": "答复对方提出的时间",
    "meeting_to_conclude": "补全并结束联席会议",
    "resolution_to_carry_out": "落实联席会议的决议",
    "activity_to_review": "审核活动",
    "activity_returned": "修改退回的活动",
    "signup_to_decide": "审核报名",
    "seat_offered": "答复空出的名额",
    "session_to_close": "结束已过时的活动并填写小结",
    "contest_to_settle": "处理时长异议",
    "report_to_confirm": "确认党员报到",
    "term_to_renew": "安排换届",
    "finding_to_route": "转办没有办成的发现",
    "mediation_to_end": "继续或结束调解",
    "grid_to_redraw": "划走已撤销微网格的门户",
}
MOST_COUNTED = 100


def kind_text() -> fields.Text:
    return fields.Text(
        40, required=True, metadata={"description": "要做什么，给人看的"}
    )


def kind() -> fields.OneOf:
    return fields.OneOf(tuple(KINDS), required=True)


class AskWaiting(Paged):
    """What is due first comes first, then what has no due time, the oldest first."""

    kind = fields.AnyOf(
        tuple(KINDS), metadata={"description": "只看这些种类；不填为全部"}
    )


class CountWaiting(fields.Schema):
    """Of whoever asks."""


class Settling(fields.Schema):
    """A command that does it."""

    command = fields.Text(60, required=True)
    address = fields.Text(
        200, required=True, metadata={"description": "POST 到这个地址"}
    )
    summary = fields.Text(100, required=True)


class Waiting(Resource):
    id = fields.Text(200, required=True, metadata={"description": "种类:事物编号"})
    kind = kind()
    kind_text = kind_text()
    title = fields.Text(60, required=True, metadata={"description": "关于什么"})
    words = fields.Text(500, metadata={"description": "提出人的原话，只给经办的人"})
    place = fields.Division(metadata={"description": "在哪个区、街道或社区"})
    place_name = fields.Text(60, metadata={"description": "那里的名称"})
    since = fields.Instant(required=True, metadata={"description": "从何时起等着"})
    due = fields.Instant(metadata={"description": "应在何时前办；没有期限的不写"})
    overdue = fields.Truth(required=True, metadata={"description": "已过期限"})
    address = fields.Text(200, required=True, metadata={"description": "在哪里查看它"})
    settled_by = fields.Many(
        fields.Part(Settling),
        1,
        10,
        required=True,
        metadata={"description": "办它的命令"},
    )


class Counted(fields.Schema):
    kind = kind()
    kind_text = kind_text()
    count = fields.Whole(
        1,
        MOST_COUNTED,
        required=True,
        metadata={"description": f"几件，最多数到 {MOST_COUNTED}"},
    )
    more = fields.Truth(required=True, metadata={"description": "还不止这些"})


class Missing(fields.Schema):
    """A service that did not answer: what of it waits is not in the list."""

    service = fields.Text(40, required=True)
    name = fields.Text(40, required=True, metadata={"description": "它管什么"})
    code = fields.Text(40, required=True, metadata={"description": "为什么没有答复"})
    message = fields.Text(200, required=True)
