"""The lives of all that the doorstep knows, from a member's time in office to a quarrel that is settled."""

from schemas.grids import cares, doors, findings, mediations, members, rounds, visits
from services.kit.lifecycle import LifeCycle, Step

MEMBER = LifeCycle(
    "member",
    "网格员任职",
    members.MEMBER_STATES,
    {
        "relieve": Step("卸任", ("in_office",), "relieved"),
        "expire": Step("随微网格撤销卸任", ("in_office",), "relieved", cause="time"),
    },
)

TEAM = LifeCycle(
    "team",
    "队伍",
    members.TEAM_STATES,
    {"dissolve": Step("撤销", ("ready",), "dissolved")},
)

STANDS = ("open",)
DOOR = LifeCycle(
    "door",
    "门户",
    doors.DOOR_STATES,
    {
        "renumber": Step("改走访顺序", STANDS),
        "move": Step("划到另一微网格", STANDS),
        "visit": Step("走访", STANDS),
        "find": Step("记下发现", STANDS),
        "care_for": Step("登记关爱探访", STANDS),
        "close": Step("注销", STANDS, "closed"),
    },
)

ROUND = LifeCycle(
    "round",
    "走访",
    rounds.ROUND_STATES,
    {
        "open": Step("开始", ("announced",), "open", cause="time"),
        "close": Step("结束", ("open",), "closed", cause="time"),
        "cancel": Step("取消", ("announced", "open"), "cancelled"),
    },
)

VISIT = LifeCycle(
    "visit",
    "走访记录",
    visits.VISIT_STATES,
    {
        "correct": Step("更正", ("recorded",)),
        "withdraw": Step("撤回", ("recorded",), "withdrawn"),
    },
)

# Whoever works there sends it another way only once it has come to an end on this one.
BACK = ("returned", "advised", "resolved")
FINDING = LifeCycle(
    "finding",
    "发现",
    findings.FINDING_STATES,
    {
        "refer": Step("列为需求", ("open",), "referred", cause="event"),
        "reopen": Step("需求重新办理", ("resolved",), "referred", cause="event"),
        "give_back": Step("需求没有办成", ("referred",), "returned", cause="event"),
        "resume": Step("需求申诉成立", ("returned",), "referred", cause="event"),
        "settle": Step("需求办结", ("referred",), "resolved", cause="event"),
        "resolve": Step("办结", ("followup",), "resolved"),
        "route_need": Step("转为需求", BACK, "open"),
        "route_followup": Step("转派队伍", (*BACK, "followup"), "followup"),
        "route_advice": Step("当场告知", BACK, "advised"),
        "expire": Step("超期", ("followup",), cause="time"),
        "forget": Step("删除内容", tuple(findings.FINDING_STATES), cause="time"),
    },
)

CARE = LifeCycle(
    "care",
    "关爱探访",
    cares.CARE_STATES,
    {
        "pause": Step("暂停", ("active",), "paused"),
        "resume": Step("恢复", ("paused",), "active"),
        "miss": Step("错过", ("active",), cause="time"),
        "end": Step("结束", ("active", "paused"), "ended"),
        "vanish": Step("随门户注销结束", ("active", "paused"), "ended", cause="step"),
    },
)

MEDIATION = LifeCycle(
    "mediation",
    "调解",
    mediations.MEDIATION_STATES,
    {
        "end": Step("结束", ("open",), "ended"),
        "forget": Step("删除内容", ("open", "ended"), cause="time"),
    },
)

ALL = (MEMBER, TEAM, DOOR, ROUND, VISIT, FINDING, CARE, MEDIATION)
