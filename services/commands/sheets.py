"""Tables people make in a spreadsheet, read as text: CSV in the encodings Excel writes, and XLSX."""

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 10_000
ENCODINGS = ("utf-8-sig", "gb18030")
UNREADABLE = (InvalidFileException, zipfile.BadZipFile, KeyError, IndexError, ParseError, ValueError)

Raw = tuple[int, list[str]]


class BadSheet(Exception):
    """A file that cannot be read as a table of these columns; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row by its line number in the file, with its cells that are not empty by field."""

    number: int
    cells: dict[str, str]


def read(path: Path, columns: Mapping[str, str], required: Sequence[str] = ()) -> list[Line]:
    """The rows below the heading; `columns` maps each field to its heading, and a file may use either name.

    Empty lines are skipped. Raises `BadSheet`, also for more than `MOST_ROWS`.
    """
    rows = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    filled = ((number, cells) for number, cells in rows if any(cells))
    heading = next(filled, None)
    if heading is None:
        raise BadSheet(f"{path} 是空的")
    fields = _fields(heading[1], columns, required)
    return list(_lines(filled, fields))


def _lines(rows: Iterator[Raw], fields: Sequence[str]) -> Iterator[Line]:
    for count, (number, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise BadSheet(f"超过 {MOST_ROWS:,} 行，请分成几个文件")
        if any(cells[len(fields) :]):
            raise BadSheet(f"第 {number} 行的列数比表头多")
        yield Line(number, {field: cell for field, cell in zip(fields, cells, strict=False) if field and cell})


def _fields(heading: Sequence[str], columns: Mapping[str, str], required: Sequence[str]) -> list[str]:
    """The field of each column, `""` for one without a heading or content."""
    named = {title: field for field, title in columns.items()} | {field: field for field in columns}
    if strange := [title for title in heading if title and title not in named]:
        raise BadSheet(f"不认识的列：{'、'.join(strange)}；可用的列：{'、'.join(columns.values())}")
    fields = [named[title] if title else "" for title in heading]
    used = [field for field in fields if field]
    if repeated := sorted({columns[field] for field in used if used.count(field) > 1}):
        raise BadSheet(f"重复的列：{'、'.join(repeated)}")
    if missing := [columns[field] for field in required if field not in used]:
        raise BadSheet(f"缺少列：{'、'.join(missing)}")
    while fields and not fields[-1]:
        fields.pop()
    return fields


def _csv(path: Path) -> Iterator[Raw]:
    reader = csv.reader(StringIO(_decoded(path), newline=""), strict=True)
    number = 1
    try:
        for row in reader:
            yield number, [cell.strip() for cell in row]
            number = reader.line_num + 1  # A quoted cell may hold several lines; a row is named by its first.
    except csv.Error as error:
        raise BadSheet(f"第 {number} 行不是完整的 CSV：{error}") from error


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet(f"{path} 既不是 UTF-8 也不是 GB18030 编码的文字；如果是 Excel 文件，请另存为 .xlsx")


def _xlsx(path: Path) -> Iterator[Raw]:
    try:
        with closing(load_workbook(path, read_only=True)) as book:  # Formulas stay formulas: none is evaluated.
            for number, row in enumerate(book.worksheets[0].iter_rows(), start=1):
                yield number, [_text(number, cell) for cell in row]
    except UNREADABLE as error:
        raise BadSheet(f"{path} 不是可以打开的 XLSX 文件") from error


def _text(number: int, cell: Any) -> str:
    """A cell as it would be typed: whole numbers without a point, days and times in ISO form."""
    if cell.data_type == "f":
        raise BadSheet(f"第 {number} 行有公式，请改为数值后再导入")
    match cell.value:
        case None:
            return ""
        case bool() as truth:
            return "true" if truth else "false"
        case float() as amount if amount.is_integer():
            return str(int(amount))
        case datetime() as moment:
            return _moment(moment)
        case date() | time() as part:
            return part.isoformat()
        case other:
            return str(other).strip()


def _moment(moment: datetime) -> str:
    """To the second: a spreadsheet keeps times as fractions of a day, which are rarely exact."""
    rounded = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat(sep=" ")
