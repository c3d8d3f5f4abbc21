"""CSV in the encodings Excel and WPS write."""

import csv
from collections.abc import Iterator
from io import StringIO

from schemas.exchange.tables import LONGEST_CELL, MOST_COLUMNS, MOST_LINES, BadSheet, Raw, cell_too_long

ENCODINGS = ("utf-8-sig", "gb18030")
MOST_COMMAS = MOST_COLUMNS * 200  # Of a row, those within its texts too.


def rows(content: bytes) -> Iterator[Raw]:
    """Every row by the number of its first line: a quoted cell may hold several. Raises `BadSheet`."""
    lines = _Lines(_decoded(content))
    reader = csv.reader(lines, strict=True)
    number = 1
    try:
        for row in reader:
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise cell_too_long(number)
            yield number, [cell.strip() for cell in row]
            number = lines.begin_row()
    except csv.Error as error:
        raise BadSheet("broken_csv", f"第 {number} 行不是完整的 CSV，请检查引号是否成对、有没有过长的格") from error


class _Lines:
    """The lines of a text, measured before they become cells: a row of commas alone is a list of as many cells."""

    def __init__(self, text: str):
        self._lines = StringIO(text, newline="")
        self._read = self._commas = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._read += 1
        self._commas += line.count(",")
        if self._read > MOST_LINES:
            raise BadSheet("too_many_lines", f"超过 {MOST_LINES:,} 行，请删去空行或分成几个文件")
        if self._commas > MOST_COMMAS:
            raise BadSheet("too_many_columns", f"第 {self._read} 行的列太多，最多 {MOST_COLUMNS} 列")
        return line

    def begin_row(self) -> int:
        """The number of the line at which the next row begins."""
        self._commas = 0
        return self._read + 1


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet("unknown_encoding", "文件既不是 UTF-8 也不是 GB18030 编码的文字；如果是 Excel 文件，请另存为 .xlsx")
