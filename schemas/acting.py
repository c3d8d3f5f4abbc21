"""Acting for somebody: a field of the command, never a session of theirs."""

from schemas import fields
from schemas.resource import Resource

ON_BEHALF_OF = "on_behalf_of"
MOST_ACTED = 100
# What can be done for somebody, by the event it becomes, as readers call it.
ACTS = {
    "signup_requested.v1": "报名",
    "signup_confirmed.v1": "报名",
    "signup_waitlisted.v1": "报名候补",
    "signup_cancelled.v1": "取消报名",
    "offer_accepted.v1": "接受空出的名额",
    "checked_in.v1": "签到",
    "checked_out.v1": "签退",
    "scan_kept.v1": "签到记录",
    "activity_rated.v1": "评价活动",
    "need_raised.v1": "提出需求",
    "need_appealed.v1": "申诉不受理",
    "resident_answered.v1": "回答询问",
    "need_confirmed.v1": "确认需求已办",
    "need_rated.v1": "评价需求的办理",
    "need_disputed.v1": "提出需求没有办好",
    "need_reopened.v1": "重新提出需求",
    "need_withdrawn.v1": "撤回需求",
}


class OnBehalf(fields.Schema):
    """Base of what may be asked for somebody else: by who works where they are recorded, or by a live link."""

    on_behalf_of = fields.Id(
        metadata={
            "description": "代办时写替谁办理，人员编号；自己办不用写",
            "names_person": True,
            "acted_for": True,
        }
    )


class ListActed(fields.Schema):
    """The latest first, at most so many of each service."""

    person = fields.Id(
        required=True, metadata={"description": "人员编号", "names_person": True}
    )


class Acted(Resource):
    """Something that was done for somebody by another."""

    person = fields.Id(required=True, metadata={"description": "替谁办的"})
    by = fields.Id(required=True, metadata={"description": "谁办的"})
    act = fields.Text(40, required=True, metadata={"description": "办了什么"})
    at = fields.Instant(required=True, metadata={"description": "什么时候"})
    about = fields.Text(
        100, required=True, metadata={"description": "关于什么，如 activity/编号"}
    )
