"""XLSX as text: the first sheet, read row by row, nothing in it executed, evaluated or believed about its size."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from importlib import import_module
from io import BytesIO
from typing import Any

from schemas.exchange.tables import MOST_COLUMNS, BadSheet, Raw

MOST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 1_000
MOST_TAGS = 1_000_000  # openpyxl takes 5 s and 340 MB for a row of as many empty cells, which are 5 kB in the file.
MOST_LINES = 100_000  # Empty ones too: a cell far below the others makes all between them.
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:$]{1,40})"')


def rows(content: bytes, most_tags: int = MOST_TAGS) -> Iterator[Raw]:
    """Every row with its number. Raises `BadSheet`."""
    _must_be_harmless(content)
    try:
        _must_not_have_more_tags(content, most_tags)
        yield from _rows(content)
    except BadSheet:
        raise
    except Exception as error:  # openpyxl 3.1 meets a broken part with whatever error the part leads to.
        raise _unreadable() from error


def _must_be_harmless(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise _unreadable() from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadSheet("unpacked_too_large", f"文件展开后太大，最多 {MOST_UNPACKED // 1024**2} MB")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise BadSheet("macros", "文件里有宏，请另存为不带宏的 .xlsx")


def _must_not_have_more_tags(content: bytes, most: int) -> None:
    """Each becomes an object, and a whole row of them is made before the first can be looked at."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        tags = sum(archive.read(part).count(b"<") for part in archive.infolist())
    if tags > most:
        raise BadSheet("too_many_cells", "文件里的单元格太多（空的也算），请只留下要导入的表格")


def _unreadable() -> BadSheet:
    return BadSheet("not_a_workbook", "不是可以打开的 XLSX 文件；旧的 .xls 或加了密码的文件请另存为 .xlsx")


def _rows(content: bytes) -> Iterator[Raw]:
    with closing(
        import_module("openpyxl").load_workbook(BytesIO(content), read_only=True)
    ) as book:  # Formulas stay formulas: none is evaluated.
        sheet = book.worksheets[0]
        _must_not_be_merged(content, sheet)
        sheet.reset_dimensions()  # The size a file says it has may be wrong, and cut rows off.
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > MOST_LINES:
                raise BadSheet("too_many_lines", f"第 {MOST_LINES:,} 行以下还有内容，请删去中间的空行")
            if len(row) > MOST_COLUMNS:
                raise BadSheet("too_many_columns", f"第 {number} 行有 {len(row):,} 列，最多 {MOST_COLUMNS} 列")
            yield number, [_text(number, cell) for cell in row]


def _must_not_be_merged(content: bytes, sheet: Any) -> None:
    """openpyxl shows all but one of merged cells as empty, and read row by row it does not tell which they are."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        merged = MERGED.search(archive.read(sheet._worksheet_path))
    if merged:
        raise BadSheet("merged_cells", f"有合并的单元格（{merged[1].decode()}），请取消合并、逐格填写后再导入")


def _text(number: int, cell: Any) -> str:
    """A cell as it would be typed: whole numbers without a point, days and times in ISO form."""
    if cell.data_type == "f":
        raise BadSheet("formula_in_cell", f"第 {number} 行有公式，请改为数值后再导入")
    if cell.data_type == "e":
        raise BadSheet("error_in_cell", f"第 {number} 行有错误值 {cell.value}，请改正后再导入")
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
