"""What stands in a cell and says nothing, or that something went wrong, is never recorded as said."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest

from schemas.exchange import openings, tables
from schemas.exchange.columns import Kind
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Fault, Where, plan
from schemas.exchange.tables import BadSheet
from schemas.exchange.wanted import example
from tests.unit.exchange.clerks import Leaf, workbook

NAMES = ("people", "offerings", "activities", "doors", "units")
# Of each table a column of texts that must be filled in, and one of texts, codes or days that need not.
COLUMNS = {
    "people": ("姓名", "联系电话"),
    "offerings": ("资源名称", "下架日期"),
    "activities": ("活动名称", "活动介绍"),
    "doors": ("门牌", "院落编码"),
    "units": ("单位名称", "加入日期"),
}
NOTHING = ("-", "—", "——", "/", "／", "--", "－", "\\", "___", "–")
WRONG = (
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#n/a",
    "####",
    "########",
    "#GETTING_DATA",
    "#FIELD!",
    "#BUSY!",
    "#CONNECT!",
    "#BLOCKED!",
    "#UNKNOWN!",
    "#EXTERNAL!",
    "#ERROR!",
    "#名称?",
    "#值！",
    "Err:502",
    "错误：502",
)


def filled(kind: Kind) -> dict[str, str]:
    """A good row, by its headings."""
    columns = kind.columns()
    return {
        columns[column]: example(kind.fields().get(column), columns[column])
        for column in kind.steps[0].columns
    }


def separated(row: dict[str, str]) -> bytes:
    file = StringIO()
    csv.writer(file).writerows([list(row), list(row.values())])
    return file.getvalue().encode()


def in_a_book(row: dict[str, str]) -> bytes:
    return workbook(Leaf("表", [list(row), list(row.values())]))


File = Callable[[dict[str, str]], bytes]
FILES = (separated, in_a_book)


def faults(name: str, content: bytes) -> list[Fault]:
    kind = KINDS[name]
    table = tables.read(content, openings.rows, kind.wanted(), most=9)
    where = Where(table.sheet, table.letters)
    return [fault for row in plan(kind, table.lines, where) for fault in row.faults]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", NAMES)
def test_a_row_of_examples_is_good(name: str, file: File) -> None:
    assert faults(name, file(filled(KINDS[name]))) == []


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("nothing", NOTHING)
def test_a_dash_or_a_stroke_alone_is_nothing_filled_in(
    name: str, nothing: str, file: File
) -> None:
    must, may = COLUMNS[name]
    row = filled(KINDS[name])
    assert faults(name, file(row | {may: nothing})) == []
    (fault,) = faults(name, file(row | {must: nothing}))
    assert (fault.column, "没有填" in fault.message) == (must, True)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wrong", WRONG)
def test_what_a_formula_could_not_reckon_or_a_column_not_show_is_refused(
    name: str, wrong: str, file: File
) -> None:
    for title in COLUMNS[name]:
        row = filled(KINDS[name]) | {title: wrong}
        with pytest.raises(BadSheet, match="有错误值") as refused:
            faults(name, file(row))
        assert refused.value.code == "error_in_cell"


def test_what_is_more_than_a_stroke_is_kept() -> None:
    for text in ("A-1", "-1", "甲/乙", "#3 楼", "# 1", "##1", "1=1", "#好", "#A!b"):
        row = filled(KINDS["doors"]) | {"门牌": text}
        assert faults("doors", in_a_book(row)) == []


@pytest.mark.parametrize(
    "formula",
    ["=A1&B1", "=VLOOKUP(A2,表2!A:B,2,0)", '=DISPIMG("ID_A",1)', "=-1", '="a"&"b"'],
)
def test_a_formula_that_was_saved_as_it_is_typed_is_no_text(formula: str) -> None:
    for name in NAMES:
        title = COLUMNS[name][0]
        row = filled(KINDS[name]) | {title: formula}
        with pytest.raises(BadSheet, match="2 有公式") as refused:
            faults(name, separated(row))
        assert refused.value.code == "formula_in_cell"


def test_what_only_begins_as_a_formula_is_a_text() -> None:
    for text in ("= 1", "=", "==", "=> 三楼", "'=A1", '="3"'):
        assert faults("doors", separated(filled(KINDS["doors"]) | {"门牌": text})) == []
    assert faults("doors", in_a_book(filled(KINDS["doors"]) | {"门牌": "=A1"})) == []
