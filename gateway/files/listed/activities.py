"""Activities, their sessions, and who takes part."""

from gateway.files.columns import code, instant, place, text, truth, whole, word, yes
from gateway.files.listed.export import Export
from schemas.activities.contents import MODES_IN_WORDS
from schemas.activities.relations import RELATIONS_IN_WORDS

OF_ACTIVITIES = {
    "draft": "草稿", "submitted": "待审核", "published": "已发布", "open": "报名中", "running": "进行中",
    "closed": "已结束", "archived": "已归档", "cancelled": "已取消",
}  # fmt: skip
OF_SESSIONS = {
    "planned": "未开始",
    "running": "进行中",
    "closed": "已结束",
    "cancelled": "已取消",
}
OF_SEATS = {
    "requested": "待审核", "waiting": "候补", "offered": "有空位，待答复", "confirmed": "已确认", "cancelled": "已取消",
    "declined": "未通过", "lapsed": "未在时限内答复，名额已让给下一位", "missed": "活动已开始，没有轮到",
}  # fmt: skip

ROSTER = Export(
    "roster",
    "活动名册",
    "activities",
    "roster",
    (
        text("姓名", ""),  # To be written in by hand: the platform has no names.
        code("居民编号", "person"),
        text("组", "party_text"),
        word("与报名人的关系", "relation", RELATIONS_IN_WORDS),
        code("监护人编号", "guardian"),
        word("报名情况", "state", OF_SEATS),
        yes("到场", "attended"),
        instant("最早的签到", "scans/0/at"),
        whole("时长（分钟）", "minutes"),
        code("报名编号", "signup"),
    ),
    OF_SEATS,
    of_people=True,
)
SIGN_IN = Export(
    "sign_in",
    "活动签到表",
    "activities",
    "roster",
    (
        text("姓名", ""),
        code("居民编号", "person"),
        text("组", "party_text"),
        word("与报名人的关系", "relation", RELATIONS_IN_WORDS),
        text("签到时间", ""),
        text("签退时间", ""),
        text("签名", ""),
    ),
    OF_SEATS,
    {"state": ["confirmed"]},
    of_people=True,
)
ACTIVITIES = Export(
    "activities",
    "活动清单",
    "activities",
    "list_activities",
    (
        code("活动编号", "id"),
        text("活动名称", "title"),
        text("活动介绍", "summary"),
        text("活动类别", "category"),
        text("主题活动", "campaign"),
        text("服务对象", "audience"),
        text("主办方名称", "host_name"),
        code("主办方", "host"),
        word("参加方式", "mode", MODES_IN_WORDS),
        text("地点", "place"),
        place("社区", "community"),
        code("社区代码", "community"),
        code("微网格编码", "grid"),
        place("街道", "street"),
        code("街道代码", "street"),
        instant("开始时间", "starts_at"),
        instant("结束时间", "ends_at"),
        instant("报名截止时间", "cutoff"),
        whole("名额", "capacity"),
        whole("志愿者岗位数", "helpers"),
        instant("志愿者报名截止时间", "helpers_cutoff"),
        truth("全部是志愿者岗位", "all_help"),
        whole("场次数", "sessions_count"),
        instant("最近一场开始时间", "next_at"),
        text("状态", "state_text"),
        text("原因", "reason"),
    ),
    OF_ACTIVITIES,
)
SESSIONS = Export(
    "sessions",
    "场次清单",
    "activities",
    "list_sessions",
    (
        code("场次编号", "id"),
        code("活动编号", "activity"),
        text("活动名称", "title"),
        text("类别", "category"),
        text("主办方", "host_name"),
        code("主办方编号", "host"),
        text("地点", "place"),
        place("社区", "community"),
        code("社区代码", "community"),
        place("街道", "street"),
        code("街道代码", "street"),
        instant("开始时间", "starts_at"),
        instant("结束时间", "ends_at"),
        instant("报名截止时间", "cutoff"),
        whole("名额", "capacity"),
        whole("已确认人数", "taken"),
        whole("候补组数", "waiting"),
        text("状态", "state_text"),
        text("取消的原因", "reason"),
        text("活动小结", "report"),
    ),
    OF_SESSIONS,
)
