"""Rows as people type them, and what is wrong with them."""

from typing import Any

from schemas.exchange import openings, tables
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Fault, Where, plan
from tests.unit.exchange.clerks import Leaf, workbook

COMMUNITY = "510108002001"

OFFERING = {
    "联建单位编号": "U1",
    "资源名称": "讲座",
    "服务类别": "零距离安全",
    "服务对象": "老人",
    "地点": "广场",
    "社区代码": COMMUNITY,
    "首次开始时间": "2026-06-13 9:00",
    "每次分钟数": "60",
    "重复规则": "FREQ=WEEKLY;BYDAY=SA",
    "例外日期": None,
    "每周期次数": "1,200",
    "周期": "每周",
    "有效期至": "2026-12-31",
}


def faults(kind: str, **cells: Any) -> list[Fault]:
    content = workbook(Leaf("资源", [list(cells), list(cells.values())]))
    table = tables.read(content, openings.rows, KINDS[kind].wanted(), most=9)
    rows = plan(KINDS[kind], table.lines, Where(table.sheet, table.letters))
    return [fault for row in rows for fault in row.faults]


def faults_of(**cells: str) -> list[Fault]:
    named = {"starts": "首次开始时间", "ends": "有效期至"}
    return faults(
        "offerings",
        **{**OFFERING, **{named.get(name, name): text for name, text in cells.items()}},
    )
