"""Tables as people save them: encodings, empty lines, Excel's own kinds of cells."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from services.xfh.commands import sheets
from services.xfh.commands.sheets import BadSheet, Line

COLUMNS = {"name": "名称", "community": "社区代码", "members": "人数"}
WANTED = sheets.Wanted(COLUMNS)
TEXT = "名称,社区代码,人数\n望平驿站,510108002001,5\n\n桃源驿站,510108002008,\n"
LINES = [
    Line(2, {"name": "望平驿站", "community": "510108002001", "members": "5"}),
    Line(4, {"name": "桃源驿站", "community": "510108002008"}),
]


def written(folder: Path, content: bytes) -> Path:
    path = folder / "表.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_every_encoding_excel_writes(
    encoding: str, tmp_path: Path
) -> None:
    assert sheets.read(written(tmp_path, TEXT.encode(encoding)), WANTED).lines == LINES


def test_a_heading_may_be_the_field_itself(tmp_path: Path) -> None:
    content = TEXT.replace("名称,社区代码,人数", "name,community,members")
    assert sheets.read(written(tmp_path, content.encode()), WANTED).lines == LINES


def test_a_row_after_a_cell_of_two_lines_keeps_its_number(tmp_path: Path) -> None:
    lines = sheets.read(
        written(tmp_path, '名称\n"望平\n驿站"\n桃源驿站\n'.encode()), WANTED
    ).lines
    assert [line.number for line in lines] == [2, 4]


def test_an_xlsx_is_read_as_what_its_cells_show(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["名称", "社区代码", "人数"])
    sheet.append([datetime(2026, 6, 13, 9, 30), 510108002001.0, 5])  # noqa: DTZ001  A spreadsheet's times have no zone.
    sheet.append([None, None, None])
    sheet.append([date(2026, 6, 13), " 510108002001 ", True])
    book.save(tmp_path / "表.xlsx")
    assert sheets.read(tmp_path / "表.xlsx", WANTED).lines == [
        Line(
            2,
            {
                "name": "2026-06-13 09:30:00",
                "community": "510108002001",
                "members": "5",
            },
            {"name": "moment", "community": "number", "members": "number"},
        ),
        Line(
            4,
            {"name": "2026-06-13", "community": "510108002001", "members": "TRUE"},
            {"name": "moment", "members": "truth"},
        ),
    ]


def test_a_formula_is_refused_not_evaluated(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["名称"])
    book.active.append(['=HYPERLINK("http://there")'])
    book.save(tmp_path / "表.xlsx")
    with pytest.raises(BadSheet, match="A2 有公式"):
        sheets.read(tmp_path / "表.xlsx", WANTED)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "是空的"),
        ("名称,颜色\n".encode(), "不认识的列：颜色"),
        ("名称,名称\n".encode(), "重复的列：名称"),
        ("社区代码\n".encode(), "缺少列：名称"),
        ("名称\n望平驿站,多余\n".encode(), "第 2 行的列数比表头多"),
        ('名称\n"望平\n'.encode(), "第 2 行不是完整的 CSV"),
        (b"\xff\xff\xff", "既不是 UTF-8、UTF-16，也不是 GB18030"),
    ],
)
def test_what_is_no_table_of_these_columns_is_refused_with_the_reason(
    content: bytes, why: str, tmp_path: Path
) -> None:
    with pytest.raises(BadSheet, match=why):
        sheets.read(written(tmp_path, content), sheets.Wanted(COLUMNS, ["name"]))


def test_a_file_that_is_no_xlsx_is_refused(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(BadSheet, match="不是可以打开的 XLSX"):
        sheets.read(tmp_path / "表.xlsx", WANTED)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    content = "名称\n" + "望平驿站\n" * (sheets.MOST_ROWS + 1)
    with pytest.raises(BadSheet, match="超过 10,000 行"):
        sheets.read(written(tmp_path, content.encode()), WANTED)


def test_a_file_larger_than_any_table_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    with path.open("wb") as file:
        file.truncate(sheets.MOST_BYTES + 1)
    with pytest.raises(BadSheet, match="文件太大"):
        sheets.read(path, WANTED)
