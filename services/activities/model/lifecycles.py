"""The states of an activity, of each of its sessions and of a sign-up, and the steps between them."""

from services.kit.lifecycle import LifeCycle, Step

BEFORE_IT_STARTS = ("draft", "submitted", "published", "open")
ON = ("published", "open", "running")
HELD = ("requested", "granted")  # Of an offering: neither refused nor withdrawn.
SEATED = ("confirmed", "offered")
STANDING = ("requested", "waiting", *SEATED)

ACTIVITY = LifeCycle(
    "activity",
    "活动",
    {
        "draft": "草稿",
        "submitted": "待审核",
        "published": "已发布",
        "open": "报名中",
        "running": "进行中",
        "closed": "已结束",
        "archived": "已归档",
        "cancelled": "已取消",
    },
    {
        "revise": Step("修改", ("draft",)),
        "submit": Step("提交审核", ("draft",), "submitted"),
        "return": Step("退回修改", ("submitted",), "draft"),
        "publish": Step("发布", ("draft", "submitted"), "published"),
        "change": Step("修改", ON),
        "open": Step("开放报名", ("published",), "open"),
        "start": Step("开始（第一场）", ("open",), "running", "step"),
        "close": Step("结束（最后一场）", ("open", "running"), "closed", "step"),
        "cancel": Step("取消", BEFORE_IT_STARTS, "cancelled"),
        "archive": Step("归档", ("closed",), "archived"),
        "request_offering": Step("申请资源", (*BEFORE_IT_STARTS, "running")),
    },
)

SESSION = LifeCycle(
    "session",
    "活动场次",
    {
        "planned": "未开始",
        "running": "进行中",
        "closed": "已结束",
        "cancelled": "已取消",
    },
    {
        "change": Step("修改", ("planned",)),
        "enlarge": Step("增加名额", ("planned", "running"), cause="step"),
        "open_doors": Step("到时间以前开始，只是开门签到", ("planned",), cause="step"),
        "start": Step("开始", ("planned",), "running"),
        "begin": Step("开门后到时间自动开始", ("planned",), "running", "time"),
        "close": Step("结束", ("planned", "running"), "closed"),
        "cancel": Step("取消", ("planned",), "cancelled"),
    },
)

TEMPLATE = LifeCycle(
    "template",
    "活动模板",
    {"saved": "可用", "withdrawn": "已撤下"},
    {
        "use": Step("使用", ("saved",)),
        "withdraw": Step("撤下", ("saved",), "withdrawn"),
    },
)

CALENDAR = LifeCycle(
    "calendar",
    "个人日历",
    {"live": "有效", "revoked": "已停用"},
    {
        "issue": Step("换新地址", ("live", "revoked"), "live"),
        "revoke": Step("停用地址", ("live",), "revoked"),
    },
)

SIGNUP = LifeCycle(
    "signup",
    "报名",
    {
        "requested": "待审核",
        "waiting": "候补",
        "offered": "有空位，待答复",
        "confirmed": "已确认",
        "cancelled": "已取消",
        "declined": "未通过",
        "lapsed": "未在时限内答复，名额已让给下一位",
        "missed": "活动已开始，没有轮到",
    },
    {
        "approve": Step("审核通过", ("requested",), "confirmed"),
        "queue": Step("审核通过而无空位", ("requested",), "waiting", "step"),
        "decline": Step("审核不通过", ("requested",), "declined"),
        "promote": Step(
            "递补，或截止时间推后而确认", ("waiting", "offered"), "confirmed", "step"
        ),
        "offer": Step("给出空位", ("waiting",), "offered", "time"),
        "accept": Step("接受空位", ("offered", "lapsed"), "confirmed"),
        "lapse": Step("收回空位", ("offered",), "lapsed", "time"),
        "miss": Step("活动开始", ("requested", "waiting"), "missed", "time"),
        "cancel": Step("取消报名", STANDING, "cancelled"),
        "pass_on": Step("换人", ("confirmed",)),
        "add": Step("加人", ("requested", "waiting", "confirmed")),
        "join": Step("加入", STANDING),
        "leave": Step("退出", STANDING),
    },
)

STANDING_CONTEST = ("open", "pressing", "overdue")

CONTEST = LifeCycle(
    "contest",
    "时长异议",
    {
        "open": "待处理",
        "pressing": "快到期",
        "overdue": "已逾期，转社区和街道",
        "upheld": "已支持",
        "dismissed": "未支持",
        "withdrawn": "已撤回",
    },
    {
        "press": Step("提醒", ("open",), "pressing", "time"),
        "escalate": Step("逾期上报", ("pressing",), "overdue", "time"),
        "uphold": Step("支持", STANDING_CONTEST, "upheld"),
        "dismiss": Step("不支持", STANDING_CONTEST, "dismissed"),
        "withdraw": Step("撤回", STANDING_CONTEST, "withdrawn"),
    },
)

COMMENDATION = LifeCycle(
    "commendation",
    "表彰",
    {"given": "有效", "withdrawn": "已撤回"},
    {"withdraw": Step("撤回", ("given",), "withdrawn")},
)

CERTIFICATE = LifeCycle(
    "certificate",
    "时长证明",
    {"valid": "有效", "revoked": "已撤销"},
    {"revoke": Step("撤销", ("valid",), "revoked")},
)
