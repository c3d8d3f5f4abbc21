"""A program: writes as XLSX, with openpyxl, the sheets that `formats.xlsx` tells of."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from gateway.files.columns import RATE_FORM, Cell, Column
from gateway.files.formats import MOMENT, Sheet
from gateway.files.programs import confine

CPU_S = 15  # 10,000 rows of the widest list take six.
A4 = 9
# What spreadsheets would take for a character by its number.
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
READABLE = 240  # Characters to a line across the page.


def main() -> None:
    """Writes to standard output, as one workbook, the sheets read from standard input."""
    confine(CPU_S)
    sys.stdout.buffer.write(xlsx(_read(sys.stdin.buffer)))


def _read(lines: Iterable[bytes]) -> list[Sheet]:
    """A sheet begins with an object; its rows are the lists after it."""
    sheets: list[Sheet] = []
    rows: list[Any] = []
    for line in lines:
        part = json.loads(line, object_hook=_moment)
        if isinstance(part, list):
            rows.append(part)
        else:
            rows = []
            columns = [_column(*column) for column in part["columns"]]
            sheets.append(Sheet(part["title"], columns, rows))
    return sheets


def _column(heading: str, form: str, width: int) -> Column:
    return Column(heading, "", str, form, width)


def _moment(value: dict[str, Any]) -> Any:
    return datetime.fromisoformat(value[MOMENT]) if MOMENT in value else value


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Each sheet under its title, its heading bold, frozen and filtered. A row may be shorter than the heading.

    Printed it lies across A4 with the heading on each page, and is made to fit the width where that can still be read.
    """
    book = Workbook(write_only=True)
    file = BytesIO()
    try:
        for sheet in sheets:
            _fill(book, sheet)
    finally:
        # Also when no more rows can be had: until then openpyxl keeps them in a temporary file.
        book.save(file)
    return file.getvalue()


def _fill(book: Workbook, content: Sheet) -> None:
    sheet = book.create_sheet(content.title)
    _lay_out(sheet, content.columns)
    sheet.append([_heading(sheet, column.heading) for column in content.columns])
    plain = [_cell(sheet, column.form) for column in content.columns]
    rates = [_cell(sheet, RATE_FORM) for _ in content.columns]
    for row in content.rows:
        # A row may be shorter than the heading, and map ends with the shortest.
        sheet.append(list(map(_filled, plain, rates, row)))


def _lay_out(sheet: Any, columns: Sequence[Column]) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0  # As many pages as it takes.
    fits = sum(column.width for column in columns) <= READABLE
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=fits)
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def _heading(sheet: WriteOnlyWorksheet, text: str) -> SheetCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, form: str) -> SheetCell:
    """A cell of this form, to be filled again for each row: openpyxl takes longest to make one and give it a form."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = form
    return cell


def _filled(plain: SheetCell, rate: SheetCell, value: Cell) -> SheetCell | None:
    """A rate may stand among whole numbers; openpyxl writes a cell's form late, so it must not change."""
    if value is None:
        return None
    cell = rate if isinstance(value, float) else plain
    if not isinstance(value, str):
        cell.value = value
        return cell
    cell.value = ESCAPED.sub("_x005F_", value)
    cell.data_type = "s"  # openpyxl makes a formula of what begins with "=".
    return cell


if __name__ == "__main__":
    main()
