"""What leaders read out to a meeting is said in words one would speak."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.figures import layout
from gateway.files import lists
from gateway.files.figures import breakdowns, comparisons, reports, sheets
from schemas.metrics.definitions import DEFINITIONS
from schemas.metrics.units import OF_A_UNIT

PAGE = Path("gateway/pages/reports/report.html")
STIFF = re.compile(
    "应到|(?<!核)实到|件次|位数|对数|有效签到|待响应|已响应|贡献|分母|区划代码和|评价数 n|下级区划"
)


def spoken() -> Iterator[str]:
    for definition in (*DEFINITIONS, *OF_A_UNIT):
        yield from (definition.name, definition.meaning)
    for section in layout.SECTIONS:
        yield from (section.title, section.of, section.note)
    yield from (*breakdowns.BREAKDOWNS.values(), *reports.ROWS.values())
    for columns in (
        sheets.ABOUT,
        comparisons.COMPARED,
        reports.MEASURED,
        reports.VERSIONS,
        reports.FACTS,
    ):
        yield from (column.heading for column in columns)
    yield from (
        column.heading
        for export in lists.EXPORTS
        if export.service == "metrics"
        for column in export.columns
    )


def test_figures_and_headings_are_said_as_one_would_say_them() -> None:
    assert [
        said for said in spoken() if STIFF.search(said.replace("分母计入多少", ""))
    ] == []


@pytest.mark.parametrize("word", ["应到", "实到", "件次", "贡献", "评价数 n"])
def test_so_is_the_page_of_a_report(word: str) -> None:
    assert word not in PAGE.read_text(encoding="utf-8")
