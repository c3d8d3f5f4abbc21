"""The lists that can be had as files. A new one is an entry here; a new column is a line in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.api import TABLES
from gateway.api.routes import Route
from gateway.files.columns import (
    Column,
    code,
    day,
    instant,
    place,
    site,
    text,
    truth,
    whole,
    word,
    words,
    yes,
)
from schemas.cobuild.needs import SLOTS_IN_WORDS, URGENCIES_IN_WORDS
from schemas.cobuild.offerings import PERIODS_IN_WORDS
from schemas.cobuild.units import STATES_IN_WORDS as UNITS_IN_WORDS
from schemas.partners.partners import STATES_IN_WORDS as PARTNERS_IN_WORDS


@dataclass(frozen=True, slots=True)
class Export:
    """The list a service's `question` answers, as a table called `title`; `states` are its states in words."""

    name: str
    title: str
    service: str
    question: str
    columns: tuple[Column, ...]
    states: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, Any] = field(
        default_factory=dict
    )  # What nobody can choose otherwise.

    @property
    def route(self) -> Route:
        """The same list as JSON: what may be asked of it, and by whom."""
        (table,) = (table for table in TABLES if table.service == self.service)
        return next(route for route in table.routes if route.name == self.question)


ORIGINS = {"claim": "认领", "dispatch": "派单", "resolution": "会议决议"}
FACTS = {
    "session": "场次", "attendance": "到场", "need": "需求", "commitment": "项目", "unit": "单位", "community": "社区",
    "grid": "微网格",
}  # fmt: skip

OF_OFFERINGS = {"published": "已发布", "paused": "已暂停", "retired": "已下架"}
OF_NEEDS = {
    "raised": "待核实", "verified": "待认领", "rejected": "不受理", "appealed": "申诉待复核",
    "claimed": "办理中", "fulfilled": "待确认", "confirmed": "已确认", "disputed": "有异议", "closed": "已办结",
    "withdrawn": "已撤回",
}  # fmt: skip
OF_COMMITMENTS = {
    "held": "待开始", "underway": "办理中", "fulfilled": "待确认", "confirmed": "已确认", "disputed": "有异议",
    "settled": "裁定办结", "lapsed": "认领失效", "declined": "未接派单", "withdrawn": "单位退出",
    "cancelled": "需求已撤回",
}  # fmt: skip

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
RELATIONS = {"self": "本人", "child": "孩子", "elder": "老人", "family": "家人"}

ROSTER = Export(
    "roster",
    "活动名册",
    "activities",
    "roster",
    (
        text("姓名", ""),  # To be written in by hand: the platform has no names.
        code("居民编号", "person"),
        word("与报名人的关系", "relation", RELATIONS),
        code("监护人编号", "guardian"),
        word("报名情况", "state", OF_SEATS),
        yes("到场", "attended"),
        instant("最早的签到", "scans/0/at"),
        whole("时长（分钟）", "minutes"),
        code("报名编号", "signup"),
    ),
    OF_SEATS,
)
SIGN_IN = Export(
    "sign_in",
    "活动签到表",
    "activities",
    "roster",
    (
        text("姓名", ""),
        code("居民编号", "person"),
        word("与报名人的关系", "relation", RELATIONS),
        text("签到时间", ""),
        text("签退时间", ""),
        text("签名", ""),
    ),
    OF_SEATS,
    {"state": ["confirmed"]},
)

EXPORTS = (
    Export(
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
    ),
    Export(
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
    ),
    ROSTER,
    SIGN_IN,
    Export(
        "offerings",
        "资源清单",
        "cobuild",
        "list_offerings",
        (
            code("资源编号", "id"),
            text("资源名称", "title"),
            text("提供单位", "unit_name"),
            code("联建单位编号", "unit"),
            text("服务类别", "category"),
            words("服务对象", "audience"),
            text("地点", "place"),
            place("社区", "community"),
            code("社区代码", "community"),
            place("街道", "street"),
            code("街道代码", "street"),
            instant("首次开始时间", "starts_at"),
            whole("每次分钟数", "minutes"),
            text("重复规则", "repeats"),
            words("例外日期", "except_on"),
            whole("每周期次数", "capacity"),
            word("周期", "per", PERIODS_IN_WORDS),
            day("有效期至", "valid_until"),
            text("状态", "state_text"),
            day("下架日期", "retired_on"),
            text("为什么暂停", "pause_text"),
        ),
        OF_OFFERINGS,
    ),
    Export(
        "needs",
        "需求清单",
        "cobuild",
        "list_needs",
        (
            code("需求编号", "id"),
            text("需求", "title"),
            text("服务类别", "category"),
            text("服务对象", "audience"),
            word("紧急程度", "urgency", URGENCIES_IN_WORDS),
            place("社区", "community"),
            code("社区代码", "community"),
            place("街道", "street"),
            code("街道代码", "street"),
            code("微网格编码", "grid"),
            words("希望的时间", "slots", SLOTS_IN_WORDS),
            text("状态", "state_text"),
            instant("提出时间", "raised_at"),
            instant("应在何时前认领", "claim_by"),
            instant("应在何时前办结", "close_by"),
            whole("重新提出次数", "reopened"),
            text("办理单位", "unit_name"),
            code("办理单位编号", "unit"),
        ),
        OF_NEEDS,
    ),
    Export(
        "commitments",
        "项目清单",
        "cobuild",
        "list_commitments",
        (
            code("项目编号", "id"),
            text("需求", "title"),
            text("服务类别", "category"),
            text("办理单位", "unit_name"),
            code("联建单位编号", "unit"),
            place("社区", "community"),
            code("社区代码", "community"),
            place("街道", "street"),
            code("街道代码", "street"),
            word("来源", "origin", ORIGINS),
            text("状态", "state_text"),
            instant("认领时间", "taken_at"),
            day("期限", "due"),
            whole("推迟次数", "postponed"),
            whole("服务人数", "served"),
            whole("满意程度", "score"),
            text("未做成的原因", "reason"),
        ),
        OF_COMMITMENTS,
    ),
    Export(
        "units",
        "联建单位名单",
        "cobuild",
        "list_units",
        (
            code("联建单位编号", "id"),
            text("单位名称", "name"),
            code("统一社会信用代码", "credit_code"),
            text("行业", "industry"),
            place("社区", "community"),
            code("社区代码", "community"),
            place("街道", "street"),
            code("街道代码", "street"),
            whole("职工人数", "members"),
            text("联系人职务", "contact_role"),
            day("加入日期", "joined_on"),
            text("审核状态", "state_text"),
            text("最近决定的原因", "reason"),
        ),
        UNITS_IN_WORDS,
    ),
    Export(
        "partners",
        "社区合伙人名单",
        "partners",
        "list_partners",
        (
            code("合伙人编号", "id"),
            text("名称", "name"),
            text("合伙人类型", "kind"),
            code("统一社会信用代码", "credit_code"),
            place("社区", "community"),
            code("社区代码", "community"),
            place("街道", "street"),
            code("街道代码", "street"),
            words("服务类别", "categories"),
            text("服务时间", "hours_text"),
            text("联系人职务", "contact_role"),
            text("审核状态", "state_text"),
            instant("最近审核时间", "decisions/-1/at"),
            text("最近决定的原因", "decisions/-1/reason"),
            day("加入联盟日期", "alliance/-1/since"),
        ),
        PARTNERS_IN_WORDS,
    ),
    Export(
        "branches",
        "党支部名单",
        "branches",
        "list_branches",
        (
            code("党支部编号", "id"),
            text("党支部名称", "name"),
            text("所在企业", "company"),
            place("社区", "community"),
            code("社区代码", "community"),
            place("街道", "street"),
            code("街道代码", "street"),
            site("阵地", "site"),
            code("阵地编号", "site"),
            code("最近任命的书记", "terms/-1/person"),
            day("任职首日", "terms/-1/since"),
            day("任职末日", "terms/-1/until"),
            day("成立日期", "established_on"),
            text("状态", "state_text"),
            day("撤销日期", "ended_on"),
            text("撤销的原因", "reason"),
        ),
    ),
    Export(
        "facts",
        "数字的事实",
        "metrics",
        "facts",
        (
            code("事实", "fact"),
            word("是什么", "kind", FACTS),
            text("名称", "title"),
            day("计入哪天", "day"),
            place("社区", "community"),
            code("社区代码", "community"),
            code("居民编号", "person"),
            whole("计入多少", "contribution"),
            whole("分母计入多少", "whole"),
        ),
    ),
)
