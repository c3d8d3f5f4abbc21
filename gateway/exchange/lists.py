"""The lists that can be had as files. A new one is an entry here; a new column is a line in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.api import TABLES
from gateway.exchange.columns import Column, code, day, instant, place, site, text, whole, word, words
from gateway.routes import Route


@dataclass(frozen=True, slots=True)
class Export:
    """The list a service's `question` answers, as a table called `title`; `states` are its states in words."""

    name: str
    title: str
    service: str
    question: str
    columns: tuple[Column, ...]
    states: Mapping[str, str] = field(default_factory=dict)

    @property
    def route(self) -> Route:
        """The same list as JSON: what may be asked of it, and by whom."""
        (table,) = (table for table in TABLES if table.service == self.service)
        return next(route for route in table.routes if route.name == self.question)


URGENCIES = {"routine": "一般", "urgent": "紧急", "emergency": "特急"}
ORIGINS = {"claim": "认领", "dispatch": "派单", "resolution": "会议决议"}
FACTS = {
    "session": "场次", "attendance": "到场", "need": "需求", "commitment": "项目", "unit": "单位", "community": "社区",
    "grid": "微网格",
}  # fmt: skip
PERIODS = {"day": "每天", "week": "每周", "month": "每月"}

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
OF_UNITS = {
    "registered": "待审核", "approved": "已通过", "rejected": "未通过", "appealed": "申诉待复核", "suspended": "已暂停",
    "ended": "已终止",
}  # fmt: skip
OF_PARTNERS = {
    "applied": "待审核", "approved": "已通过", "rejected": "未通过", "suspended": "已暂停", "reinstated": "已恢复",
    "withdrawn": "已退出", "appealed": "申诉待复核",
}  # fmt: skip

EXPORTS = (
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
            whole("每周期次数", "capacity"),
            word("周期", "per", PERIODS),
            day("有效期至", "valid_until"),
            text("状态", "state_text"),
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
            word("紧急程度", "urgency", URGENCIES),
            place("社区", "community"),
            code("社区代码", "community"),
            place("街道", "street"),
            code("街道代码", "street"),
            code("微网格编码", "grid"),
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
            text("审核状态", "state_text"),
            text("不通过的原因", "reason"),
        ),
        OF_UNITS,
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
        ),
        OF_PARTNERS,
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
            text("状态", "state_text"),
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
            whole("对数字的贡献", "contribution"),
            whole("在分母中的贡献", "whole"),
        ),
    ),
)
