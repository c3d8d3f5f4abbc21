"""Tables as lines of named cells, whatever the file: its heading found, and what is no row of it left out and said."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from schemas.exchange import headings, remarks
from schemas.exchange.cleaning import as_heading, is_not_reckoned, is_nothing
from schemas.exchange.headings import Heading, Wanted
from schemas.exchange.raw import (
    ERROR,
    FORMULA,
    TEXT,
    BadSheet,
    Cell,
    RawTable,
    Reader,
    Row,
    letters_of,
)

__all__ = ["BadSheet", "Line", "Table", "Wanted", "read"]

TOTAL = re.compile(
    r"(本页|本表|以上)?(([合总小共累]\s*计|汇总|合计人数|总人数|总数)([\W0-9].*)?|共\s*[0-9].*)"
)
REMARK = re.compile(
    r"(注|备注|说明|填表|填报|制表|经办|审核|负责人|联系人|单位\W*盖章)\w{0,6}\s*[:：]"
    r"|\W*[此本]?页?以下空白"
)
# Whatever it is about, before a colon: 填报日期：, 社区（盖章）：
LABEL = re.compile(r"\W{0,2}\w{1,12}\W?\w{0,4}\W?\s*[:：]")
SIGNED = re.compile(
    r".*[(（]?(盖章|公章|签字|签名)[)）]?|[0-9]{4}\s*年\D{0,9}[0-9].*日"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row by its line number in the file, with its cells that are not empty by field.

    `kinds` tells what those are that the spreadsheet does not take for text.
    """

    number: int
    cells: dict[str, str]
    kinds: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """`sheet` is its name, `""` where there is none, `letters` the column of each field, `notes` what to know of it."""

    sheet: str
    letters: dict[str, str]
    lines: list[Line]
    notes: list[str]


def read(content: bytes, reader: Reader, wanted: Wanted, *, most: int) -> Table:
    """The rows below the heading. Raises `BadSheet`, also for more than `most`."""
    known = wanted.known()
    raw = reader(content, partial(headings.fit, known))
    if not raw.rows:
        says = f"{_named(raw.name)}表格是空的{_elsewhere(raw, wanted)}"
        raise BadSheet("empty_sheet", says)
    place = headings.place_of(raw.rows, known)
    heading = _heading(raw, place, wanted)
    taken, left_out = _sorted_out(raw.rows[place + 1 :], heading, wanted)
    _must_be_apart(raw, heading, taken)
    lines = list(_lines(raw, taken, heading, wanted.skips, most))
    notes = list(remarks.notes(raw, wanted, heading, taken, left_out))
    return Table(raw.name, heading.letters(), lines, notes)


def _heading(raw: RawTable, place: int, wanted: Wanted) -> Heading:
    try:
        return headings.understood(raw.rows[place], wanted)
    except BadSheet as error:
        _must_not_be_made_of_several(raw, place, wanted)
        says = f"{_named(raw.name)}{error}{_elsewhere(raw, wanted)}"
        raise BadSheet(error.code, says) from error


def _must_not_be_made_of_several(raw: RawTable, place: int, wanted: Wanted) -> None:
    """Raises for a heading over two rows: a title is in that which has fewer of them."""
    row = raw.rows[place]
    titles = headings.fit(wanted.known(), [cell.shown for cell in row.cells])
    for first, last, where in raw.merged:
        if titles > 1 and first <= row.number <= last:
            says = f"{_named(raw.name)}表头有合并的单元格（{where}），请改成一行、一格一个列名"
            raise BadSheet("merged_cells", says)


def _named(sheet: str) -> str:
    return f"工作表“{sheet}”：" if sheet else ""


def _elsewhere(raw: RawTable, wanted: Wanted) -> str:
    """A hint where the table stands in another sheet: only the first is read."""
    for other in raw.others:
        if other.name and headings.is_the_same(other.rows, wanted):
            return f"；工作表“{other.name}”里有这样的表头，只读第一张，请把它移到最前面"
    return ""


def _sorted_out(
    rows: Sequence[Row], heading: Heading, wanted: Wanted
) -> tuple[list[Row], list[Row]]:
    """Those that are rows of the table, and what is none of it."""
    end = len(rows)
    while end and _is_below(rows[end - 1], heading, wanted):
        end -= 1
    taken: list[Row] = []
    left_out: list[Row] = []
    for row in rows[:end]:
        (left_out if _is_none(row, heading) else taken).append(row)
    return taken, [*left_out, *rows[end:]]


def _is_none(row: Row, heading: Heading) -> bool:
    """A total, the heading again, or a remark."""
    texts = _texts(row)
    # Before a total may stand a number.
    if any(map(TOTAL.fullmatch, texts[:2])):
        return True
    is_alone = len(texts) == 1 and len(heading.letters()) > 1
    if is_alone and REMARK.match(texts[0]):
        return True
    titles = [as_heading(cell.shown) for cell in row.cells]
    return titles == list(heading.titles)


def _is_below(row: Row, heading: Heading, wanted: Wanted) -> bool:
    """Whether it may be what stands under a table: who filled it in and when, beside one another or signed."""
    if _is_none(row, heading):
        return True
    texts = _texts(row)
    cells = zip(heading.fields, row.cells, strict=False)
    filled = {name for name, cell in cells if cell.shown}
    if not texts or filled.issuperset(wanted.required):
        return False
    is_signed = len(texts) == 1 and SIGNED.fullmatch(texts[0])
    return bool(LABEL.match(texts[0]) or is_signed)


def _texts(row: Row) -> list[str]:
    return [cell.shown for cell in row.cells if cell.shown]


def _must_be_apart(raw: RawTable, heading: Heading, rows: Sequence[Row]) -> None:
    """Raises for cells made one within the table: in a title above it and in what stands below they may be."""
    numbers = [heading.number, *(row.number for row in rows)]
    for first, last, place in raw.merged:
        if bisect_left(numbers, first) < bisect_right(numbers, last):
            says = f"有合并的单元格（{place}），请取消合并、逐格填写后再导入"
            raise BadSheet("merged_cells", says)


def _lines(
    raw: RawTable, rows: Sequence[Row], heading: Heading, skips: bool, most: int
) -> Iterator[Line]:
    for count, row in enumerate(rows, start=1):
        if count > most:
            raise BadSheet("too_many_rows", f"超过 {most:,} 行，请分成几个文件")
        if not skips:
            _must_stand_under_a_heading(row, heading)
        yield _line(row, heading, _named(raw.name))


def _line(row: Row, heading: Heading, sheet: str) -> Line:
    """Raises `BadSheet` for a formula or an error in a cell that is wanted."""
    line, letters = Line(row.number, {}), heading.letters()
    for name, cell in zip(heading.fields, row.cells, strict=False):
        if not name or (is_nothing(cell.shown) and cell.is_a != FORMULA):
            continue
        _must_be_plain(cell, f"{sheet}{letters[name]}{row.number}")
        line.cells[name] = cell.shown
        if cell.is_a != TEXT:
            line.kinds[name] = cell.is_a
    return line


def _must_stand_under_a_heading(row: Row, heading: Heading) -> None:
    for place, cell in enumerate(row.cells):
        is_headed = place < len(heading.titles) and heading.titles[place]
        if is_headed or not cell.shown:
            continue
        where = f"{letters_of(place + 1)}{row.number}"
        if place >= len(heading.titles):
            says = f"第 {row.number} 行的列数比表头多（{where}）"
            raise BadSheet("row_too_long", says)
        says = f"第 {row.number} 行有内容的列没有表头（{where}）"
        raise BadSheet("column_without_heading", says)


def _must_be_plain(cell: Cell, where: str) -> None:
    if cell.is_a == FORMULA:
        raise BadSheet("formula_in_cell", f"{where} 有公式，请改为数值或文字后再导入")
    if cell.is_a == ERROR or is_not_reckoned(cell.shown):
        says = f"{where} 有错误值 {cell.shown[:20]}，请改正后再导入"
        raise BadSheet("error_in_cell", says)
