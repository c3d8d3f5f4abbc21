"""A program: writes the template of a kind of table, with what its columns mean and lists to choose from."""

import sys
from io import BytesIO
from typing import Any

from marshmallow.fields import Field
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gateway.files.programs import confine
from schemas import fields
from schemas.exchange.columns import Kind
from schemas.exchange.kinds import KINDS
from schemas.exchange.people_named import BY_NAME
from schemas.exchange.rows import MOST_ROWS
from services.kit.persons.aliases import NAMES_PERSON

CPU_S = 10  # One takes one.
MEANINGS, CHOICES = "说明", "选项"
WIDTH = 20
NOTES = (
    "表头请不要改动；表头下面每行一项，空行和合计行会跳过。只读第一张显示出来的工作表。",
    "不要合并单元格，不要用公式。几项之间用顿号分开，如：老人、儿童。",
    "编码和文字的列是文本格式，请不要改成常规：表格会把编码当成数字或日期，变成别的内容。",
    f"一个文件最多 {MOST_ROWS:,} 行、1 MB。同一行上传两次，只会登记一次。",
)


def main(name: str) -> None:
    """Writes the template of the kind `name` to standard output."""
    confine(CPU_S)
    sys.stdout.buffer.write(blank(KINDS[name]))


def blank(kind: Kind) -> bytes:
    """The workbook: the table to fill in, what its columns mean, and what may be chosen on a hidden sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = kind.title
    _explain(book.create_sheet(MEANINGS), kind)
    choices = book.create_sheet(CHOICES)
    choices.sheet_state = "hidden"
    for number, (column, field) in enumerate(kind.fields().items(), start=1):
        _add_column(sheet, number, kind.columns()[column], field)
        _add_choices(sheet, choices, number, field)
    sheet.freeze_panes = "A2"
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _meaning(kind: Kind, column: str, field: Field[Any]) -> str:
    said = kind.meaning(column)
    return f"{said}；{BY_NAME}" if field.metadata.get(NAMES_PERSON) else said


def _explain(sheet: Worksheet, kind: Kind) -> None:
    sheet.append(["列", "含义"])
    for column, field in kind.fields().items():
        heading = kind.columns()[column]
        sheet.append([heading, _meaning(kind, column, field)])
    for note in ("", *NOTES):
        sheet.append([note])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width = WIDTH
    sheet.column_dimensions["B"].width = 4 * WIDTH
    for (cell,) in sheet.iter_rows(min_col=2, max_col=2):
        cell.alignment = Alignment(wrap_text=True)


def _add_column(
    sheet: Worksheet, number: int, heading: str, field: Field[object]
) -> None:
    cell = sheet.cell(1, number, heading)
    cell.font = Font(bold=True)
    column = sheet.column_dimensions[get_column_letter(number)]
    column.width, column.number_format = WIDTH, _form(field)


def _form(field: Field[object]) -> str:
    """Text for all that is no number or day: a spreadsheet would cut an 18-digit code short."""
    match field:
        case fields.Whole():
            return "0"
        case fields.Day():
            return "yyyy-mm-dd"
    return "@"


def _add_choices(
    sheet: Worksheet, choices: Worksheet, number: int, field: Field[object]
) -> None:
    """A list to choose from, where there is one; bounds for a number."""
    one = field.inner if isinstance(field, fields.Many) else field
    letter = get_column_letter(number)
    if isinstance(one, fields.OneOf):
        for row, word in enumerate(one.said.values(), start=1):
            choices.cell(row, number, word)
        rule = _list(letter, len(one.words), insists=one is field)
    elif isinstance(one, fields.Whole):
        rule = _bounds(one)
    else:
        return
    rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(rule)


def _list(letter: str, length: int, *, insists: bool) -> DataValidation:
    """Where several may be filled in, it does not insist on one of the list."""
    words = f"'{CHOICES}'!${letter}$1:${letter}${length}"
    return DataValidation(
        "list", formula1=words, allow_blank=True, showErrorMessage=insists
    )


def _bounds(field: fields.Whole) -> DataValidation:
    least, most = str(field.least), str(field.most)
    rule = DataValidation("whole", operator="between", formula1=least, formula2=most)
    rule.showErrorMessage = True
    return rule


if __name__ == "__main__":
    main(*sys.argv[1:])
