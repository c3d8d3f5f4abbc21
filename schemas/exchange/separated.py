"""CSV with the separators that Excel and WPS write."""

import csv
import re
from collections.abc import Iterator
from functools import partial
from io import StringIO
from itertools import islice

from schemas.exchange.cleaning import clean, without_returns
from schemas.exchange.encodings import LONGEST_LOOK, text_of
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
# As our own files have it.
TO_BE_NO_FORMULA = re.compile(r"\A'(?=[=+\-@\t\r\n＝＋－＠])")
# By which other programs keep Excel from making a number of a code.
TO_BE_TEXT = re.compile(r'\A="([^"]*)"\Z')
# What was saved as it is typed: who opens the file sees what it comes to.
TO_BE_RECKONED = re.compile(r"=[^\s=>]")
NOTHING_SEEN = "\ufeff\x1a"  # What marks the beginning, and the end on DOS.
LINES_LOOKED_AT = 40


def rows(content: bytes, fit: Fit) -> RawTable:
    """Every filled row by the number of its first line: a quoted cell may hold several. Raises `BadSheet`."""
    text = text_of(content, partial(_most_headings, fit)).strip(NOTHING_SEEN)
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
    begins = _beginning(text)
    return max(SEPARATORS, key=lambda separator: _best(begins, separator, fit))


def _most_headings(fit: Fit, text: str) -> int:
    """How many there are, by whatever they are separated."""
    begins = _beginning(text)
    return max(_best(begins, separator, fit) for separator in SEPARATORS)


def _beginning(text: str) -> str:
    lines = StringIO(text[:LONGEST_LOOK], newline="")
    return "".join(islice(lines, LINES_LOOKED_AT))


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
