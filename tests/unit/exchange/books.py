"""Spreadsheets as people and programs make them, in memory."""

import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SHEET = "xl/worksheets/sheet1.xml"


def as_it_is(sheet: Worksheet) -> None:
    pass


def book(
    *rows: Sequence[Any], change: Callable[[Worksheet], object] = as_it_is
) -> bytes:
    """An XLSX of these rows, after `change` has been made to its sheet."""
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def rewritten(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed; a new one when it has no such part."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {name: old.read(name) for name in old.namelist()}
        parts[part] = change(parts.get(part, b""))
        for name, inside in parts.items():
            new.writestr(name, inside)
    return file.getvalue()


def with_sheet(content: bytes, old: str, new: str) -> bytes:
    """The archive with a pattern in the first sheet's XML replaced."""
    return rewritten(
        content,
        SHEET,
        lambda xml: re.sub(old.encode(), new.encode(), xml, flags=re.DOTALL),
    )
