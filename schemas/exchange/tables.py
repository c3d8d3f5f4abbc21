"""Tables as lines of named cells, whatever the file: its heading understood, its empty rows left out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Raw = tuple[int, list[str]]
Reader = Callable[[bytes], Iterator[Raw]]

MOST_COLUMNS = 100
MOST_LINES = 100_000  # Empty ones too.
LONGEST_CELL = 10_000  # Characters; the longest text of a row has 2,000.
MOST_TEXT = 4_000_000  # Characters of all cells: a text kept once may stand in very many.
MOST_NAMED = 5
LONGEST_NAMED = 20


class BadSheet(Exception):
    """A file that cannot be read as a table of these columns; the message says why, the code for programs."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


def cell_too_long(number: int) -> BadSheet:
    return BadSheet("cell_too_long", f"第 {number} 行有一格超过 {LONGEST_CELL:,} 个字，请缩短后再导入")


@dataclass(frozen=True, slots=True)
class Line:
    """A row by its line number in the file, with its cells that are not empty by field."""

    number: int
    cells: dict[str, str]


def read(
    content: bytes, reader: Reader, columns: Mapping[str, str], required: Sequence[str] = (), *, most: int
) -> list[Line]:
    """The rows below the heading; `columns` maps each field to its heading, and a file may use either name.

    Empty lines are skipped. Raises `BadSheet`, also for more than `most`.
    """
    filled = ((number, cells) for number, cells in reader(content) if any(cells))
    heading = next(filled, None)
    if heading is None:
        raise BadSheet("empty_sheet", "表格是空的")
    return list(_lines(filled, _fields(heading[1], columns, required), most))


def _lines(rows: Iterator[Raw], fields: Sequence[str], most: int) -> Iterator[Line]:
    for count, (number, cells) in enumerate(rows, start=1):
        if count > most:
            raise BadSheet("too_many_rows", f"超过 {most:,} 行，请分成几个文件")
        if any(cells[len(fields) :]):
            raise BadSheet("row_too_long", f"第 {number} 行的列数比表头多")
        named = zip(fields, cells, strict=False)
        if any(cell and not field for field, cell in named):
            raise BadSheet("column_without_heading", f"第 {number} 行有内容的列没有表头")
        yield Line(number, {field: cell for field, cell in zip(fields, cells, strict=False) if field and cell})


def _fields(heading: Sequence[str], columns: Mapping[str, str], required: Sequence[str]) -> list[str]:
    """The field of each column, `""` for one without a heading."""
    if len(heading) > MOST_COLUMNS:
        raise BadSheet("too_many_columns", f"表头有 {len(heading):,} 列，最多 {MOST_COLUMNS} 列")
    named = {title: field for field, title in columns.items()} | {field: field for field in columns}
    if strange := [title for title in heading if title and title not in named]:
        raise BadSheet("unknown_column", f"不认识的列：{_some(strange)}；可用的列：{'、'.join(columns.values())}")
    fields = [named[title] if title else "" for title in heading]
    used = [field for field in fields if field]
    if repeated := sorted({columns[field] for field in used if used.count(field) > 1}):
        raise BadSheet("repeated_column", f"重复的列：{'、'.join(repeated)}")
    if missing := [columns[field] for field in required if field not in used]:
        raise BadSheet("missing_column", f"缺少列：{'、'.join(missing)}")
    while fields and not fields[-1]:
        fields.pop()
    return fields


def _some(titles: Sequence[str]) -> str:
    shown = "、".join(title[:LONGEST_NAMED] for title in titles[:MOST_NAMED])
    return f"{shown} 等 {len(titles)} 列" if len(titles) > MOST_NAMED else shown
