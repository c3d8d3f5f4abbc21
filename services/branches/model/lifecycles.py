"""A party branch's life, established and one day merged or dissolved; and a member's reporting in through one."""

from schemas.branches.branches import STATES_IN_WORDS
from services.kit.lifecycle import LifeCycle, Step

HERE = ("established",)

BRANCH = LifeCycle(
    "branch",
    "党支部",
    STATES_IN_WORDS,
    {
        "merge": Step("并入其他支部", HERE, "merged"),
        "dissolve": Step("撤销", HERE, "dissolved"),
        "rename": Step("更名", HERE),
        "link": Step("登记隶属关系", HERE),
        "end_link": Step("结束隶属关系", HERE),
        "appoint": Step("任命书记", HERE),
        "elect": Step("选举支委会", HERE),
        "assign_site": Step("更换阵地", HERE),
        "report": Step("上报人数、双报到", HERE),
        "run_home": Step("开办互联网营销师之家", HERE),
    },
)

# A branch says that somebody is its member and lives there; it is so once that person has said so too.
REPORT = LifeCycle(
    "report",
    "党员报到",
    {
        "reported": "待本人确认",
        "current": "已报到",
        "declined": "本人没有确认",
        "withdrawn": "已结束",
    },
    {
        "confirm": Step("确认报到", ("reported",), "current"),
        "decline": Step("不确认报到", ("reported",), "declined"),
        "withdraw": Step("结束报到", ("reported", "current"), "withdrawn"),
    },
)
OPEN = REPORT.steps["withdraw"].before
