"""Tables as clerks make them, and what is read of them."""

from typing import Any

import pytest

from schemas.exchange import openings, tables
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Row, Where, plan
from schemas.exchange.tables import BadSheet, Table
from tests.unit.exchange.clerks import Cell, Leaf, workbook

HEADING = ["微网格编码", "名称", "社区代码", "院落编码", "有效期始"]

COMMUNITY = "510108002001"


def grid(code: Cell = "B-1", **other: Cell) -> list[Cell]:
    cells: dict[str, Cell] = {
        "grid": code,
        "name": "字",
        "community": COMMUNITY,
        "courtyard": None,
        "valid_from": "2026-06-01",
    }
    return list((cells | other).values())


def sheet(*rows: list[Cell], **about: Any) -> bytes:
    return workbook(Leaf("Sheet1", [HEADING, *rows], **about))


def read(content: bytes, kind: str = "grids", **how: Any) -> Table:
    return tables.read(content, openings.rows, KINDS[kind].wanted(**how), most=1000)


def rows(content: bytes, kind: str = "grids") -> list[Row]:
    table = read(content, kind)
    return list(plan(KINDS[kind], table.lines, Where(table.sheet, table.letters)))


def payloads(content: bytes, kind: str = "grids") -> list[dict[str, Any]]:
    found = rows(content, kind)
    assert [fault for row in found for fault in row.faults] == []
    return [row.steps[0].payload for row in found]


def codes(content: bytes) -> list[str]:
    return [payload["grid"] for payload in payloads(content)]


ZIP = sheet(grid())


def refused(content: bytes, **how: Any) -> tuple[str, str]:
    with pytest.raises(BadSheet) as caught:
        read(content, **how)
    return caught.value.code, str(caught.value)


def separated(separator: str, *more: str) -> str:
    lines = [
        separator.join(HEADING),
        separator.join(["B-14", '"字,;"', COMMUNITY, "", "2026-06-01"]),
    ]
    return "\n".join([*more, *lines]) + "\n"
