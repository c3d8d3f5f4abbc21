"""The life cycles of cobuild: unit, offering, need, commitment, joint meeting."""

from schemas.cobuild.units import STATES_IN_WORDS as UNIT_STATES
from services.kit.lifecycle import LifeCycle, Step

UNIT = LifeCycle(
    "unit",
    "联建单位",
    UNIT_STATES,
    {
        "approve": Step("审核通过", ("registered",), "approved"),
        "reject": Step("审核不通过", ("registered",), "rejected"),
        "appeal": Step("申诉", ("rejected",), "appealed"),
        "uphold_appeal": Step("申诉成立", ("appealed",), "registered"),
        "dismiss_appeal": Step("维持不通过", ("appealed",), "rejected"),
        "unapprove": Step("撤销通过", ("approved",), "registered"),
        "suspend": Step("暂停", ("approved",), "suspended"),
        "reinstate": Step("恢复", ("suspended",), "approved"),
        "end": Step("终止", ("approved", "suspended"), "ended"),
        "update": Step("更新资料", ("registered", "approved", "suspended")),
        "halt": Step(
            "暂停资格", ("registered", "approved", "suspended"), cause="event"
        ),
        "free": Step(
            "恢复资格", ("registered", "approved", "suspended"), cause="event"
        ),
    },
)
EVER_APPROVED = frozenset(
    {"approved", "suspended", "ended"}
)  # What a unit in one of these did is known to all.
HOLDS_ITS_CODE = ("approved", "suspended")

# Paused is paused by one or more of: the unit, being used up, having expired. A step that takes one of them away leads
# back to published when it was the last.
OFFERING = LifeCycle(
    "offering",
    "资源",
    {"published": "已发布", "paused": "已暂停", "retired": "已下架"},
    {
        "revise": Step("改版", ("published", "paused")),
        "pause": Step("暂停", ("published", "paused"), "paused"),
        "resume": Step("恢复", ("paused",), "published"),
        "retire": Step("下架", ("published", "paused"), "retired"),
        "use_up": Step("约满", ("published", "paused"), "paused", cause="time"),
        "renew": Step("又有余量", ("paused",), "published", cause="time"),
        "expire": Step("过期", ("published", "paused"), "paused", cause="time"),
    },
)

NEED = LifeCycle(
    "need",
    "需求",
    {
        "raised": "待核实",
        "verified": "待认领",
        "rejected": "不受理",
        "appealed": "申诉待复核",
        "claimed": "办理中",
        "fulfilled": "待确认",
        "confirmed": "已确认",
        "disputed": "有异议",
        "closed": "已办结",
        "withdrawn": "已撤回",
    },
    {
        "verify": Step("核实", ("raised",), "verified"),
        "reject": Step("不受理", ("raised",), "rejected"),
        "appeal": Step("申诉", ("rejected",), "appealed"),
        "uphold_appeal": Step("申诉成立", ("appealed",), "raised"),
        "dismiss_appeal": Step("维持不受理", ("appealed",), "rejected"),
        "ask": Step("询问提出人", ("raised", "verified", "claimed")),
        "answer": Step("回答询问", ("raised", "verified", "claimed")),
        "suggest": Step("告知合适的单位", ("verified",), cause="time"),
        "pass_up": Step("单位不接，转告下一家", ("verified",)),
        "claim": Step("认领", ("verified",), "claimed"),
        "dispatch": Step("派单", ("verified",), "claimed"),
        "decline": Step("单位不接", ("claimed",), "verified"),
        "give_up": Step("单位退出", ("claimed",), "verified"),
        "lapse": Step("认领失效", ("claimed",), "verified", cause="time"),
        "fulfil": Step("报告完成", ("claimed",), "fulfilled"),
        "confirm": Step("确认", ("fulfilled",), "confirmed"),
        "rate": Step("评价", ("confirmed", "closed")),
        "dispute": Step("提出异议", ("fulfilled", "confirmed"), "disputed"),
        "send_back": Step("退回重做", ("disputed",), "claimed"),
        "settle": Step("裁定办结", ("disputed",), "closed"),
        "close": Step("办结", ("confirmed",), "closed", cause="time"),
        "reopen": Step("重新提出", ("confirmed", "closed"), "verified"),
        "withdraw": Step(
            "撤回", ("raised", "appealed", "verified", "claimed"), "withdrawn"
        ),
    },
)

OPEN = frozenset({"raised", "appealed", "verified", "claimed", "fulfilled", "disputed"})
# Verified, and going on or come to its end: what the list of needs is for. The others are between whose they are and
# who serves the place.
LISTED = frozenset(
    {"verified", "claimed", "fulfilled", "confirmed", "disputed", "closed"}
)

COMMITMENT = LifeCycle(
    "commitment",
    "认领的项目",
    {
        "held": "待开始",
        "underway": "办理中",
        "fulfilled": "待确认",
        "confirmed": "已确认",
        "disputed": "有异议",
        "settled": "裁定办结",
        "lapsed": "认领失效",
        "declined": "未接派单",
        "withdrawn": "单位退出",
        "cancelled": "需求已撤回",
    },
    {
        "begin": Step("开始办理", ("held",), "underway"),
        "decline": Step("不接派单", ("held",), "declined"),
        "lapse": Step("到期未开始", ("held",), "lapsed", cause="time"),
        "postpone": Step("推迟期限", ("held", "underway")),
        "talk": Step("留言", ("held", "underway", "fulfilled", "disputed")),
        "arrange": Step("约定时间", ("held", "underway")),
        "give_up": Step("单位退出", ("held", "underway"), "withdrawn"),
        "withdraw": Step(
            "提出人撤回需求", ("held", "underway"), "cancelled", cause="event"
        ),
        "fulfil": Step("报告完成", ("held", "underway"), "fulfilled"),
        "confirm": Step("确认", ("fulfilled",), "confirmed"),
        "dispute": Step("提出异议", ("fulfilled", "confirmed"), "disputed"),
        "send_back": Step("退回重做", ("disputed",), "underway"),
        "settle": Step("裁定办结", ("disputed",), "settled"),
    },
)

UNFINISHED = ("held", "underway")

MEETING = LifeCycle(
    "meeting",
    "联席会议",
    {"called": "已召集", "concluded": "已结束", "cancelled": "已取消"},
    {
        "cancel": Step("取消", ("called",), "cancelled"),
        "attend": Step("登记到会单位", ("called",)),
        "minute": Step("记录纪要", ("called",)),
        "resolve": Step("记录决议", ("called",)),
        "conclude": Step("结束", ("called",), "concluded"),
    },
)
