"""What a figure is made of."""

from gateway.files.columns import code, day, place, text, whole, word
from gateway.files.listed.export import Export

KINDS = {
    "session": "场次", "attendance": "到场", "need": "需求", "commitment": "项目", "unit": "单位", "community": "社区",
    "grid": "微网格", "round": "入户走访", "finding": "入户发现", "mediation": "调解",
}  # fmt: skip

FACTS = Export(
    "facts",
    "数字的事实",
    "metrics",
    "facts",
    (
        code("事实", "fact"),
        word("是什么", "kind", KINDS),
        text("名称", "title"),
        day("计入哪天", "day"),
        place("社区", "community"),
        code("社区代码", "community"),
        code("居民编号", "person"),
        whole("计入多少", "contribution"),
        whole("分母计入多少", "whole"),
    ),
)
