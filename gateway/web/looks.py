"""The look of a state: what kind it is of and the sign beside its words, never by colour alone."""

OPEN = ("报名中", "进行中")
# Settled, or in force.
SETTLED = (
    "已结束", "已归档", "已通过", "已恢复", "正常", "已确认", "已办结", "裁定办结", "在册", "在任", "有效", "同意",
    "可用", "可登录", "已登录", "可派", "已发布", "已更正重发", "已召集", "已报到", "已合并", "已接受", "已使用",
    "已支持", "已记录", "已送出", "已当场告知", "已列为需求",
)  # fmt: skip
# Over, and it came to nothing or holds no more.
OVER = (
    "已取消", "未通过", "已终止", "已退出", "已撤销", "已并入其他支部", "已并入", "已删除", "不受理", "已撤回",
    "已停用", "已到期", "已过期", "已作废", "已卸任", "已撤下", "已下架", "已注销", "已撤销合并", "过期未确认",
    "未支持", "本人没有确认", "不再发送", "没有送出", "认领失效", "单位退出", "未接派单", "需求已撤回",
    "未在时限内答复，名额已让给下一位", "活动已开始，没有轮到",
)  # fmt: skip
# Waits for somebody, or is under way.
WAITING = (
    "草稿", "待审核", "待核实", "待认领", "待开始", "待确认", "待本人确认", "待处理", "待接受", "待发送", "发送中",
    "结果不明", "候补", "有空位，待答复", "未开始", "办理中", "队伍办理中", "转办中", "没有办成，待转办", "调解中",
    "探访中", "暂停", "已暂停", "有异议", "申诉待复核", "快到期", "已逾期，转社区和街道",
)  # fmt: skip
LOOKS = {
    state: look
    for look, states in {
        ("free", "●"): OPEN,
        ("done", "✓"): SETTLED,
        ("full", "✕"): OVER,
        ("wait", "◷"): WAITING,
    }.items()
    for state in states
}


def look_of(state_text: str) -> tuple[str, str]:
    """(kind, sign) beside a state's words. What is not the state of a life cycle waits for something."""
    return LOOKS.get(state_text, LOOKS["候补"])
