"""CSV in the encodings and with the separators that Excel and WPS write."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from schemas.exchange.cleaning import clean, without_returns
from schemas.exchange.raw import (
    FORMULA,
    LONGEST_CELL,
    MOST_ABOVE,
    MOST_COLUMNS,
    MOST_LINES,
    BadSheet,
    Cell,
    Fit,
    RawTable,
    Row,
    cell_too_long,
)

SEPARATORS = (",", "\t", ";", "，", "；", "|")
SAID = re.compile(r"sep=(.)\r?\n")  # A first line by which Excel is told.
MOST_SEPARATED = MOST_COLUMNS * 200  # Of a row, those within its texts too.
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ENCODINGS = ("utf-8", "gb18030")
# As our own files have it.
TO_BE_NO_FORMULA = re.compile(r"\A'(?=[=+\-@\t\r\n＝＋－＠])")
# By which other programs keep Excel from making a number of a code.
TO_BE_TEXT = re.compile(r'\A="([^"]*)"\Z')
# What was saved as it is typed: who opens the file sees what it comes to.
TO_BE_RECKONED = re.compile(r"=[^\s=>]")
NOTHING_SEEN = "\ufeff\x1a"  # What marks the beginning, and the end on DOS.
MANY = 20  # One byte in so many.
LINES_LOOKED_AT = 40
LONGEST_LOOK = 64 * 1024


def rows(content: bytes, fit: Fit) -> RawTable:
    """Every filled row by the number of its first line: a quoted cell may hold several. Raises `BadSheet`."""
    text = _decoded(content).strip(NOTHING_SEEN)
    said = SAID.match(text)
    if said:
        text = "\n" + text[said.end() :]  # The rows keep their numbers.
    separator = said[1] if said else _separator(text, fit)
    filled = [row for row in _rows(text, separator) if _is_filled(row)]
    return RawTable(filled)


def _is_filled(row: Row) -> bool:
    return any(cell.shown for cell in row.cells)


def _separator(text: str, fit: Fit) -> str:
    """That by which the most headings are found in one of the first rows; a comma where there are none."""
    lines = StringIO(text[:LONGEST_LOOK], newline="")
    begins = "".join(islice(lines, LINES_LOOKED_AT))
    return max(SEPARATORS, key=lambda separator: _best(begins, separator, fit))


def _best(text: str, separator: str, fit: Fit) -> int:
    """How many headings there are in that of the first rows which has the most, so separated."""
    filled = [line for line in text.splitlines() if line.strip()]
    fits = [0]
    for line in filled[: MOST_ABOVE + 1]:
        cells = line.replace('"', "").split(separator, MOST_COLUMNS)
        fits.append(fit(cells))
    return max(fits)


def _rows(text: str, separator: str) -> Iterator[Row]:
    lines = _Lines(text, separator)
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)
    number = 1
    try:
        for row in reader:
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise cell_too_long(number)
            yield Row(number, list(map(_cell, row)))
            number = lines.begin_row()
    except csv.Error as error:
        says = f"第 {number} 行不是完整的 CSV，请检查引号是否成对、有没有过长的格"
        raise BadSheet("broken_csv", says) from error


def _cell(text: str) -> Cell:
    plain, texts = TO_BE_TEXT.subn(r"\1", without_returns(text))
    if not texts and TO_BE_RECKONED.match(plain):
        return Cell(clean(plain), FORMULA)
    return Cell(clean(TO_BE_NO_FORMULA.sub("", plain)))


class _Lines:
    """The lines of a text, measured before they become cells: a row of commas alone is a list of as many cells."""

    def __init__(self, text: str, separator: str):
        self._lines, self._separator = StringIO(text, newline=""), separator
        self._read = self._separated = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._read += 1
        self._separated += line.count(self._separator)
        if self._read > MOST_LINES:
            says = f"超过 {MOST_LINES:,} 行，请删去空行或分成几个文件"
            raise BadSheet("too_many_lines", says)
        if self._separated > MOST_SEPARATED:
            says = f"第 {self._read} 行的列太多，最多 {MOST_COLUMNS} 列"
            raise BadSheet("too_many_columns", says)
        return line

    def begin_row(self) -> int:
        """The number of the line at which the next row begins."""
        self._separated = 0
        return self._read + 1


def _decoded(content: bytes) -> str:
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding in ENCODINGS or "\0" not in text:
            return text
    says = (
        "文件里的文字既不是 UTF-8、UTF-16，也不是 GB18030 编码；请用 Excel 另存为 .xlsx"
    )
    raise BadSheet("unknown_encoding", says)


def _encodings(content: bytes) -> tuple[str, ...]:
    """What the file says of itself; unsaid it is UTF-16 where many bytes are nothing, as in each of its plain signs."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return (encoding,)
    first = content[::2].count(0)
    second = content[1::2].count(0)
    if MANY * (first + second) <= len(content):
        return ENCODINGS
    return ("utf-16-le",) if second > first else ("utf-16-be",)
