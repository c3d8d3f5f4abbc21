"""XLSX written with openpyxl. Loaded by whoever first asks for one: it takes half a second, which no start should."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from gateway.exchange.columns import RATE_FORM, Cell
from gateway.exchange.files import Sheet

A4 = 9
READABLE = 240  # Characters to a line across the page.


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Each sheet under its title, its heading bold, frozen and filtered. A row may be shorter than the heading.

    Printed it lies across A4 with the heading on each page, and is made to fit the width where that can still be read.
    """
    book = Workbook(write_only=True)
    file = BytesIO()
    try:
        for one in sheets:
            _fill(book, one)
    finally:
        book.save(file)  # Also when no more rows can be had: until then openpyxl keeps them in a temporary file.
    return file.getvalue()


def _fill(book: Workbook, one: Sheet) -> None:
    sheet = book.create_sheet(one.title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(one.columns))}1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToHeight = 0  # As many pages as it takes.
    fits = sum(column.width for column in one.columns) <= READABLE
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=fits)
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    for number, column in enumerate(one.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_heading(sheet, column.heading) for column in one.columns])
    cells = [(_cell(sheet, column.form), _cell(sheet, RATE_FORM)) for column in one.columns]
    for row in one.rows:
        sheet.append([_filled(plain, rate, value) for (plain, rate), value in zip(cells, row, strict=False)])


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
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl makes a formula of what begins with "=".
    return cell
