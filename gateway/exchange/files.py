"""Rows as a file: XLSX with typed cells, or CSV. No cell of either is ever taken for a formula."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from importlib import import_module
from io import StringIO
from typing import NamedTuple

from gateway.exchange.columns import Cell, Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
BOM = "\ufeff"  # Without it Excel takes UTF-8 for the machine's own encoding.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Sheet(NamedTuple):
    """A row may be shorter than the heading."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


Writer = Callable[[Sequence[Sheet]], bytes]


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Each sheet under its title, its heading bold, frozen and filtered."""
    written: bytes = import_module("gateway.exchange.books").xlsx(sheets)
    return written


def separated(sheets: Sequence[Sheet]) -> bytes:
    """The first sheet as CSV in UTF-8, which has no place for others.

    A text a spreadsheet would calculate has an apostrophe in front, as one would type it there.
    """
    first, *_ = sheets
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.heading for column in first.columns])
    writer.writerows([_plain(value) for value in row] for row in first.rows)
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
