"""Small files that unpack, or are read, to something large."""

import io
import zipfile

MEGABYTE = 1024 * 1024
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


def _packed(sheet: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return file.getvalue()


def _merged(many: int) -> str:
    cells = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, many))
    return SHEET.format("", f"<mergeCells>{cells}</mergeCells>")


def _entities(depth: int) -> str:
    declared = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth)
    )
    return f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{declared}]>' + SHEET.format(
        f"<row><c>&e{depth - 1};</c></row>", ""
    )


BOMBS = [
    _packed(SHEET.format("<row/>" * 400_000, "")),
    _packed(_merged(40_000)),
    _packed(_entities(9)),
    _packed(SHEET.format("<row><c><v>" + "1" * (8 * MEGABYTE) + "</v></c></row>", "")),
    b"PK\x03\x04" + b"\0" * 50_000,
]
