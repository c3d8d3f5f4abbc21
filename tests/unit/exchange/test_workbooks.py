"""Whatever is sent as a spreadsheet is read as what it shows, or refused with the reason; nothing breaks us."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.exchange import archives, markup, separated, tables, workbooks
from schemas.exchange.tables import BadSheet, Line
from tests.unit.exchange.books import book, rewritten, with_sheet
from tests.unit.exchange.hostile import sheet, with_shared

COLUMNS = {"name": "名称", "community": "社区代码", "members": "人数"}
WANTED = tables.Wanted(COLUMNS, ["name"])
HEADING = ["名称", "社区代码", "人数"]
ROW = ["望平驿站", "510108002001", 5]
GOOD = book(HEADING, ROW)
LISTED = b"PK\x01\x02\x14\x03\x14\x00"  # A part in the archive's list, with the form of ZIP it needs: 2.0.
LATER = b"PK\x01\x02\x14\x03\x60\x00"
LINES = [
    Line(
        2,
        {"name": "望平驿站", "community": "510108002001", "members": "5"},
        {"members": "number"},
    )
]
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">%s]>'
    b"<worksheet>&a9;</worksheet>"
)
LAUGHS = b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 16) for n in range(1, 10)
)


def lines(content: bytes, most: int = 100) -> list[Line]:
    return tables.read(content, workbooks.rows, WANTED, most=most).lines


def refused(content: bytes) -> str:
    with pytest.raises(BadSheet) as caught:
        lines(content)
    return caught.value.code


def test_a_plain_table_is_read() -> None:
    assert lines(GOOD) == LINES


def test_empty_rows_are_skipped_and_the_others_keep_their_numbers() -> None:
    assert [
        line.number for line in lines(book(HEADING, [], ROW, [None, "", " "], ROW))
    ] == [3, 5]


def test_days_and_times_are_read_as_they_would_be_typed() -> None:
    moment = datetime(2026, 6, 13, 9, 30)  # noqa: DTZ001  A spreadsheet's times have no zone.
    cells = [
        line.cells["name"]
        for line in lines(
            book(HEADING, [date(2026, 6, 13)], [moment], [510108002001.0])
        )
    ]
    assert cells == ["2026-06-13", "2026-06-13 09:30:00", "510108002001"]


SHARED = """<sst><si><t>名称</t></si><si><r><t>望平</t></r><r><t xml:space="preserve"> 驿站</t></r></si>
<si><t>东京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si></sst>"""
CELLS = b"""<row r="1"><c r="A1" t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>
<row r="4" spans="1:1"><c r="A4" t="s"><v>2</v></c></row><row r="5"><c r="A5" t="b"><v>0</v></c></row>
<row r="6"><c r="A6" t="d"><v>2026-06-13T00:00:00</v></c></row>
<row r="7"><c r="A7"><v>5.1010800200100001E11</v></c></row>
<row r="1048576" hidden="1"><c r="XFD1048576" s="1"/></row></sheetData></worksheet>"""


def test_texts_kept_apart_in_several_hands_with_how_they_are_said_are_read_as_they_are_seen() -> (
    None
):
    told = lines(with_shared(sheet(CELLS), SHARED.encode()))
    assert [(line.number, line.cells["name"]) for line in told] == [
        (2, "望平 驿站"), (4, "东京"), (5, "FALSE"), (6, "2026-06-13"), (7, "510108002001"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("General", "46186.5"), ("0.00", "46186.5"), ('"每 day"0', "46186.5"), ("[Red]0.0", "46186.5"),
        ("yyyy-mm-dd", "2026-06-13 12:00:00"), ('yyyy"年"m"月"d"日"', "2026-06-13 12:00:00"),
        ("[$-804]m/d h:mm", "2026-06-13 12:00:00"), ("m" * 300, "46186.5"),
    ],
)  # fmt: skip
def test_a_number_is_a_moment_where_its_form_shows_one(form: str, shown: str) -> None:
    def put(made: Any) -> None:
        made.cell(2, 1, 46186.5).number_format = form

    assert [line.cells["name"] for line in lines(book(HEADING, change=put))] == [shown]


def test_rows_beyond_what_a_file_says_is_its_size_are_read_too() -> None:
    assert (
        lines(with_sheet(GOOD, '<dimension ref="[^"]*"', '<dimension ref="A1:A1"'))
        == LINES
    )


def test_a_table_said_to_be_larger_than_it_is_costs_nothing() -> None:
    assert (
        lines(
            with_sheet(GOOD, '<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')
        )
        == LINES
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_workbook"),
        (b"PK\x03\x04 not really", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not_a_workbook"),
        (GOOD.replace(LISTED, LATER), "not_a_workbook"),
        (rewritten(GOOD, "xl/workbook.xml", lambda xml: xml[:100]), "not_a_workbook"),
        (
            rewritten(
                GOOD, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]
            ),
            "not_a_workbook",
        ),
        (
            rewritten(GOOD, "xl/worksheets/sheet1.xml", lambda xml: BOMB % LAUGHS),
            "document_type",
        ),
        (with_sheet(GOOD, 't="n"', 't="s"'), "not_a_workbook"),
        (rewritten(GOOD, "xl/vbaProject.bin", lambda xml: b"macro"), "macros"),
        (
            rewritten(
                GOOD,
                "xl/media/zeros.bin",
                lambda xml: b"\0" * (archives.MOST_UNPACKED + 1),
            ),
            "unpacked_too_large",
        ),
        (book(HEADING, ['=HYPERLINK("http://there")']), "formula_in_cell"),
        (book(HEADING, ["#REF!"]), "error_in_cell"),
        (
            book(HEADING, ROW, change=lambda sheet: sheet.merge_cells("A2:A3")),
            "merged_cells",
        ),
        (book([f"列{number}" for number in range(10_000)]), "too_many_columns"),
        (
            book(HEADING, ROW, change=lambda sheet: sheet.cell(2, 16_384, "远")),
            "too_many_columns",
        ),
        (
            book(HEADING, change=lambda sheet: sheet.cell(1_000_000, 1, "远")),
            "too_many_lines",
        ),
        (book(HEADING, *[ROW] * 101), "too_many_rows"),
        (
            with_sheet(
                GOOD,
                "</sheetData>",
                f"<row>{'<c/>' * markup.MOST_TAGS}</row></sheetData>",
            ),
            "too_many_cells",
        ),
        (book(), "empty_sheet"),
        (book(["名称", "颜色"]), "unknown_column"),
        (book(["名称", "名称"]), "repeated_column"),
        (book(["社区代码"]), "missing_column"),
        (book(["名称", None, "人数"], ["望平", "多", 5]), "column_without_heading"),
        (book(["名称"], ["望平", "多"]), "row_too_long"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_is_no_such_table_is_refused_with_the_reason(
    content: bytes, code: str
) -> None:
    assert refused(content) == code


def test_a_million_empty_rows_that_have_a_style_say_what_to_leave_out() -> None:
    """A clerk sees none of them: whoever gives whole columns a border has them."""
    styled = "".join(
        f'<row r="{n}" s="1" customFormat="1"/>' for n in range(3, 700_000)
    )
    with pytest.raises(BadSheet, match="请删去表格下面的空行") as caught:
        lines(with_sheet(GOOD, "</sheetData>", styled + "</sheetData>"))
    assert caught.value.code == "unpacked_too_large"


def in_sheet(*rows: Sequence[Any], old: str, new: str) -> str:
    """Why a workbook of these rows is refused once its first sheet has been changed by hand."""
    content = book(HEADING, *rows)
    changed = with_sheet(content, old, new)
    assert changed != content
    with pytest.raises(BadSheet) as told:
        lines(changed)
    return str(told.value)


def test_of_two_rows_or_cells_in_one_place_none_is_lost_in_silence() -> None:
    rows = (["望平示例", "510108002001", 5], ["桃源示例", "510108002008", 6])
    twice = in_sheet(*rows, old='<row r="3"', new='<row r="2"')
    assert twice.startswith("第 2 行在文件里写了两次")
    again = in_sheet(*rows, old='r="B3"', new='r="A3"')
    assert again.startswith("A3 在文件里写了两次")


@pytest.mark.parametrize(
    "value", ["5,0", "五", "5 人", "1_0", "0x5", "nan", "1e", "inf"]
)
def test_what_no_spreadsheet_writes_into_a_cell_is_named(value: str) -> None:
    says = in_sheet(
        ["望平示例", "510108002001", 5], old="<v>5</v>", new=f"<v>{value}</v>"
    )
    assert says.startswith(f"C2 的内容“{value}”读不出来")


def test_a_text_that_there_is_not_is_named() -> None:
    says = in_sheet(
        ["望平示例"], old='t="inlineStr"><is><t>望平示例</t></is>', new='t="s"><v>9</v>'
    )
    assert says.startswith("A2 的内容“9”读不出来")


def test_strange_headings_are_not_all_repeated_to_the_reader() -> None:
    with pytest.raises(BadSheet) as caught:
        lines(book([f"列{number}" for number in range(90)]))
    assert "列4 等 90 列" in str(caught.value)


@given(place=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_a_file_with_a_wrong_byte_is_read_or_refused(place: int, byte: int) -> None:
    broken = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    with suppress(BadSheet):
        lines(broken)


@given(
    content=st.binary()
    | st.text().map(str.encode)
    | st.text("名称,\"\n'=\t\r\0", max_size=40).map(str.encode)
)
def test_any_bytes_as_csv_are_read_or_refused(content: bytes) -> None:
    with suppress(BadSheet):
        tables.read(content, separated.rows, WANTED, most=100)


def test_ten_thousand_columns_of_csv_are_refused() -> None:
    with pytest.raises(BadSheet, match="10,000 列"):
        tables.read(
            ("名称," * 9_999 + "名称").encode(), separated.rows, WANTED, most=100
        )
