"""Rows as a file: XLSX with typed cells, or CSV. No cell of either is ever taken for a formula."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from importlib import import_module
from io import StringIO

from gateway.exchange.columns import Cell, Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
BOM = "\ufeff"  # Without it Excel takes UTF-8 for the machine's own encoding.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Rows = Iterable[Sequence[Cell]]
Writer = Callable[[str, Sequence[Column], Rows], bytes]


def xlsx(title: str, columns: Sequence[Column], rows: Rows) -> bytes:
    """One sheet called `title`, its heading bold, frozen and filtered. A row may be shorter than the heading."""
    written: bytes = import_module("gateway.exchange.books").xlsx(title, columns, rows)
    return written


def separated(title: str, columns: Sequence[Column], rows: Rows) -> bytes:
    """CSV in UTF-8. A text a spreadsheet would calculate has an apostrophe in front, as one would type it there."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.heading for column in columns])
    writer.writerows([_plain(value) for value in row] for row in rows)
    return f"{BOM}{file.getvalue()}".encode()


def _plain(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return "" if value is None else str(value)


FORMATS: dict[str, tuple[str, Writer]] = {"xlsx": (XLSX, xlsx), "csv": (CSV, separated)}
