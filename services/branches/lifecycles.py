"""A party branch's life: established, and one day merged into another or dissolved."""

from services.kit.lifecycle import LifeCycle, Step

HERE = ("established",)

BRANCH = LifeCycle(
    "branch",
    "党支部",
    {"established": "正常", "merged": "已并入其他支部", "dissolved": "已撤销"},
    {
        "merge": Step("并入其他支部", HERE, "merged"),
        "dissolve": Step("撤销", HERE, "dissolved"),
        "link": Step("登记隶属关系", HERE),
        "end_link": Step("结束隶属关系", HERE),
        "appoint": Step("任命书记", HERE),
        "elect": Step("选举支委会", HERE),
        "assign_site": Step("更换阵地", HERE),
        "report": Step("上报人数、双报到", HERE),
        "run_home": Step("开办互联网营销师之家", HERE),
    },
)
