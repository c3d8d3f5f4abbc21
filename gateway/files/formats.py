"""Rows as a file: XLSX with typed cells, or CSV. No cell of either is ever taken for a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any, NamedTuple, TypeVar

import orjson

from gateway.files import programs
from gateway.files.columns import Cell, Column
from services.kit.clock import give_way

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
BOM = "\ufeff"  # Without it Excel takes UTF-8 for the machine's own encoding.
# Excel takes the wide ones too.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WORKBOOK_WRITER = "gateway.files.workbook_writer"
MOMENT = "moment"  # The name under which a day or a time is told to `workbook_writer`.
WRITTEN_WITHIN_S = 30.0  # By the clock on the wall, on a busy machine.
PER_TURN = 50  # Rows, of which each takes a tenth of a millisecond.


Row = Sequence[Cell]
Thing = TypeVar("Thing")


class Sheet(NamedTuple):
    """A row may be shorter than the heading."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]


Writer = Callable[[Sequence[Sheet]], bytes]


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Each sheet under its title, its heading bold, frozen and filtered. Written by a process of its own.

    openpyxl takes half a second to be loaded, and makes 30,000 cells a second. Raises `NotDone`.
    """
    lines = (line for sheet in sheets for line in _lines(sheet))
    return programs.run(WORKBOOK_WRITER, b"\n".join(lines), within_s=WRITTEN_WITHIN_S)


def _lines(sheet: Sheet) -> Iterator[bytes]:
    """As the program reads them: what it begins with, then its rows."""
    columns = [(column.heading, column.form, column.width) for column in sheet.columns]
    yield orjson.dumps({"title": sheet.title, "columns": columns})
    for row in in_turns(sheet.rows):
        yield orjson.dumps(row, _moment, orjson.OPT_PASSTHROUGH_DATETIME)


def in_turns(things: Iterable[Thing]) -> Iterator[Thing]:
    """All of them; others are served in between."""
    for number, thing in enumerate(things):
        if number % PER_TURN == 0:
            give_way()
        yield thing


def _moment(value: Any) -> dict[str, str]:
    if isinstance(value, date):
        return {MOMENT: value.isoformat()}
    raise TypeError(f"no cell: {value!r}")


def separated(sheets: Sequence[Sheet]) -> bytes:
    """The first sheet as CSV in UTF-8, which has no place for others.

    A text a spreadsheet would calculate has an apostrophe in front, as one would type it there.
    """
    first, *_ = sheets
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.heading for column in first.columns])
    for row in in_turns(first.rows):
        writer.writerow(map(_plain, row))
    return f"{BOM}{file.getvalue()}".encode()


def _plain(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    if isinstance(value, float):
        return f"{value:.2%}"
    return "" if value is None else str(value)


FORMATS: dict[str, tuple[str, Writer]] = {"xlsx": (XLSX, xlsx), "csv": (CSV, separated)}
