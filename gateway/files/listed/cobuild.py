"""What units offer, what is needed, and what they do about it."""

from gateway.files.columns import code, day, instant, place, text, whole, word, words
from gateway.files.listed.export import Export
from schemas.cobuild.needs import SLOTS_IN_WORDS, URGENCIES_IN_WORDS
from schemas.cobuild.offerings import PERIODS_IN_WORDS
from schemas.cobuild.units import STATES_IN_WORDS as UNITS_IN_WORDS

ORIGINS = {"claim": "认领", "dispatch": "派单", "resolution": "会议决议"}
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

OFFERINGS = Export(
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
)
NEEDS = Export(
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
)
COMMITMENTS = Export(
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
)
UNITS = Export(
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
)
