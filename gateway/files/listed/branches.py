"""Branches of the party."""

from gateway.files.columns import code, day, place, site, text
from gateway.files.listed.export import Export

BRANCHES = Export(
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
)
