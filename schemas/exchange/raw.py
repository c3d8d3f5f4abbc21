"""A table as its file has it: what each cell shows and what it is, before anybody looks for a heading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.exchange.cleaning import visible

TEXT, NUMBER, DRESSED, MOMENT, TRUTH, FORMULA, ERROR = (
    "text",
    "number",
    "dressed",  # A number of which something else is shown.
    "moment",
    "truth",
    "formula",
    "error",
)

MOST_COLUMNS = 100
MOST_LINES = 100_000  # Empty ones too.
LONGEST_CELL = 10_000  # Characters; the longest text of a row has 2,000.
# Characters of all cells: a text kept once may stand in very many.
MOST_TEXT = 4_000_000
MOST_MERGED = 1_000
LONGEST_REPEATED = 20  # Characters of a cell.
MOST_ABOVE = 10  # Filled rows above a heading.


class BadSheet(Exception):
    """A file that cannot be read as a table of these columns; the message says why, the code for programs."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


class Cell(NamedTuple):
    """`is_a` is what the program that wrote the file takes it for; all that CSV has is text."""

    shown: str
    is_a: str = TEXT


class Row(NamedTuple):
    """`number` counts from 1, empty rows too."""

    number: int
    cells: list[Cell]


class Merged(NamedTuple):
    """The rows over which cells are one, and how the file calls the place: `A1:F1`."""

    first: int
    last: int
    place: str


class Other(NamedTuple):
    """A visible sheet that is not read: how it begins, or why that could not be told."""

    name: str
    rows: Sequence[Row]
    trouble: str = ""


@dataclass(slots=True)
class RawTable:
    """Its rows with something in them, and which rows and columns are hidden. A file without sheets has one without a
    name.
    """

    rows: list[Row]
    name: str = ""
    hidden: list[int] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)


Fit = Callable[
    [Sequence[str]], int
]  # How many of these texts are headings of the table.
Reader = Callable[[bytes, Fit], RawTable]

EMPTY = Cell("")


def cell_too_long(number: int) -> BadSheet:
    return BadSheet(
        "cell_too_long",
        f"第 {number} 行有一格超过 {LONGEST_CELL:,} 个字，请缩短后再导入",
    )


def written_twice(place: str) -> BadSheet:
    """Spreadsheets do not: of two rows one would be lost."""
    says = f"{place}在文件里写了两次，请用 Excel 或 WPS 打开、核对后另存为 .xlsx"
    return BadSheet("not_a_workbook", says)


def strange_cell(column: int, number: int, value: str) -> BadSheet:
    """What no spreadsheet writes into a cell of its kind: `abc` as a number, a text that there is not."""
    found = visible(value[:LONGEST_REPEATED])
    says = f"{letters_of(column)}{number} 的内容“{found}”读不出来，请用 Excel 或 WPS 打开、核对后另存为 .xlsx"
    return BadSheet("not_a_workbook", says)


def letters_of(column: int) -> str:
    """`1` is A, `16384` XFD."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def number_of(letters: str) -> int:
    """`A` is 1, `XFD` 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
