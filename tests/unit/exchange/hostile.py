"""Files that were made to cost more than they are long."""

import struct
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO

from tests.unit.exchange.books import SHEET, book, rewritten

RELATIONS = "xl/_rels/workbook.xml.rels"
MB = 1024 * 1024
HEADING = ["名称", "社区代码", "人数"]
GOOD = book(HEADING, ["望平驿站", "510108002001", 5])
SHEET_BEGINS = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
DTD = '<?xml version="1.0" encoding="%s"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'


def sheet(inside: bytes) -> bytes:
    return rewritten(GOOD, SHEET, lambda xml: SHEET_BEGINS + inside)


def declared(encoding: str, part: str = SHEET) -> bytes:
    """With a DTD in one part, in this encoding."""
    return rewritten(GOOD, part, lambda xml: (DTD % encoding).encode(encoding))


def archive(
    parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, inside in parts:
            made.writestr(name, inside)
    return file.getvalue()


def packed(method: int) -> bytes:
    """The good one, packed in another way."""
    with zipfile.ZipFile(BytesIO(GOOD)) as good:
        return archive([(name, good.read(name)) for name in good.namelist()], method)


def many_parts(count: int) -> bytes:
    return archive(("a/" * 20 + str(number), b"") for number in range(count))


def sharing_their_bytes(count: int) -> bytes:
    """Many entries in the list of parts that lead to the same megabyte (Fifield 2019)."""
    content = archive([("a" * 9, b"\0" * MB)])
    begins, ends = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry = content[begins:ends]
    entries = b"".join(
        entry.replace(b"a" * 9, b"%09d" % number) for number in range(count)
    )
    return content[:begins] + entries + _end(count, len(entries), begins)


def _end(count: int, size: int, begins: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, begins, 0)


def said_smaller(size: int) -> bytes:
    """A part that unpacks to megabytes, of which the list says that it has few bytes."""
    content = rewritten(
        GOOD, "xl/theme/theme1.xml", lambda xml: b"<a>" + b"\0" * 15 * MB
    )
    return content.replace(struct.pack("<L", 15 * MB + 3), struct.pack("<L", size))


def two_of_one_name() -> bytes:
    content = archive([("a/first", b""), ("a/other", b"")])
    return content.replace(b"a/other", b"a/first")


def one_text_in_many_cells(length: int, cells: int) -> bytes:
    strings = b"<sst><si><t>" + b"x" * length + b"</t></si></sst>"
    rows = b"".join(
        b'<row r="%d">%s</row>' % (row, b'<c t="s"><v>0</v></c>' * 50)
        for row in range(1, cells // 50 + 1)
    )
    ends = rows + b"</sheetData></worksheet>"
    return with_shared(sheet(ends), strings)


def with_shared(content: bytes, strings: bytes) -> bytes:
    """With its texts in a part of their own, as Excel writes them; openpyxl puts them into the cells."""
    related = b'<Relationship Id="rId99" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    joined = rewritten(
        content, RELATIONS, lambda xml: xml.replace(b"</Relationships>", related)
    )
    return rewritten(joined, "xl/sharedStrings.xml", lambda xml: strings)


TEXT = b'<row r="1"><c t="inlineStr"><is><t>'
WORKBOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "merged cells without an end": (
        lambda: sheet(b"<mergeCell " * 500_000),
        "not_a_workbook",
    ),
    "merged cells": (
        lambda: sheet(
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 90_000
        ),
        "merged_cells",
    ),
    "a DTD": (lambda: declared("UTF-8"), "document_type"),
    "a DTD in UTF-16": (lambda: declared("UTF-16"), "document_type"),
    "a DTD in EBCDIC": (lambda: declared("cp037"), "not_a_workbook"),
    "a DTD in a part nobody reads": (
        lambda: declared("UTF-16", "docProps/app.xml"),
        "document_type",
    ),
    "a DTD in a part of a name of its own": (
        lambda: declared("UTF-8", "customXml/a.dat"),
        "document_type",
    ),
    "a tag without an end": (
        lambda: sheet(b"<row " + b"a" * 15 * MB),
        "not_a_workbook",
    ),
    "an attribute without an end": (
        lambda: sheet(b'<row r="' + b">" * 15 * MB),
        "not_a_workbook",
    ),
    "a comment without an end": (
        lambda: sheet(b"<!--" + b">" * 15 * MB),
        "not_a_workbook",
    ),
    "an instruction without an end": (
        lambda: sheet(b"<?a " + b">" * 15 * MB),
        "not_a_workbook",
    ),
    "a text without an end": (lambda: sheet(TEXT + b"x" * 15 * MB), "cell_too_long"),
    "a text of 20 MB less the rest": (
        lambda: sheet(TEXT + b"," * 19 * MB + b"</t></is></c>"),
        "cell_too_long",
    ),
    "a text of references": (lambda: sheet(TEXT + b"&#120;" * 2 * MB), "cell_too_long"),
    "a text in unread marks": (
        lambda: sheet(b"<![CDATA[" + b">" * 15 * MB),
        "not_a_workbook",
    ),
    "tags inside tags": (lambda: sheet(b"<c>" * 5 * MB), "too_many_cells"),
    "rows far away": (
        lambda: sheet(b'<row r="%s"><c><v>1</v></c></row>' % (b"9" * 4_000)),
        "too_many_lines",
    ),
    "a number of many digits": (
        lambda: sheet(b"<row><c><v>" + b"9" * 9_000 + b"</v></c></row>"),
        "not_a_workbook",
    ),
    "one text in many cells": (
        lambda: one_text_in_many_cells(9_000, 40_000),
        "too_much_text",
    ),
    "thousands of parts": (lambda: many_parts(9_000), "unpacked_too_large"),
    "parts that share their bytes": (lambda: sharing_their_bytes(15), "not_a_workbook"),
    "a part larger than it says": (lambda: said_smaller(10), "not_a_workbook"),
    "two parts of one name": (two_of_one_name, "not_a_workbook"),
    "packed by LZMA": (lambda: packed(zipfile.ZIP_LZMA), "not_a_workbook"),
    "packed by bzip2": (lambda: packed(zipfile.ZIP_BZIP2), "not_a_workbook"),
}

TABLES = {
    "a cell of a megabyte": ("名称\n" + "x" * MB, "broken_csv"),
    "a cell of 100 kB": ("名称\n" + "x" * 100_000, "cell_too_long"),
    "a list of a megabyte": ('名称\n"' + "老人、" * 30_000 + '"', "cell_too_long"),
    "a row of commas": ("名称" + "," * MB, "too_many_columns"),
    "a row of commas over many lines": (
        "名称" + ',"\n"' * (MB // 4),
        "too_many_columns",
    ),
    "empty lines": ("\n" * MB, "too_many_lines"),
    "quotes": ('"' * MB, "broken_csv"),
    "quotes and letters": ('名称\n"' + '""' * 60_000, "broken_csv"),
}
