"""XLSX written with openpyxl. Loaded by whoever first asks for one: it takes half a second, which no start should."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from gateway.exchange.columns import Cell, Column

Rows = Iterable[Sequence[Cell]]


def xlsx(title: str, columns: Sequence[Column], rows: Rows) -> bytes:
    """One sheet called `title`, its heading bold, frozen and filtered. A row may be shorter than the heading."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_heading(sheet, column.heading) for column in columns])
    file = BytesIO()
    cells = [_cell(sheet, column) for column in columns]
    try:
        for row in rows:
            sheet.append([_filled(cell, value) for cell, value in zip(cells, row, strict=False)])
    finally:
        book.save(file)  # Also when no more rows can be had: until then openpyxl keeps them in a temporary file.
    return file.getvalue()


def _heading(sheet: WriteOnlyWorksheet, text: str) -> SheetCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, column: Column) -> SheetCell:
    """A cell of this column, to be filled again for each row: openpyxl takes longest to make one and give it a form."""
    cell = WriteOnlyCell(sheet)
    cell.number_format = column.form
    return cell


def _filled(cell: SheetCell, value: Cell) -> SheetCell | None:
    if value is None:
        return None
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl makes a formula of what begins with "=".
    return cell
