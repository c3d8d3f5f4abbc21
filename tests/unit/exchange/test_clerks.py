"""Tables of real clerks: what was typed is what is read, and what cannot be known is refused, never guessed."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from schemas.exchange import openings, tables
from schemas.exchange.cells import value
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Row, Where, plan
from schemas.exchange.tables import BadSheet, Table
from schemas.exchange.wanted import example
from tests.unit.exchange.books import book, with_sheet
from tests.unit.exchange.clerks import Cell, Leaf, Markup, Number, workbook

GRIDS = KINDS["grids"]
HEADING = ["微网格编码", "名称", "社区代码", "院落编码", "有效期始"]
COMMUNITY = "510108002001"
MERGED = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'


def grid(code: Cell = "B-1", **other: Cell) -> list[Cell]:
    cells: dict[str, Cell] = {
        "grid": code,
        "name": "字",
        "community": COMMUNITY,
        "courtyard": None,
        "valid_from": "2026-06-01",
    }
    return list((cells | other).values())


def sheet(*rows: list[Cell], **about: Any) -> bytes:
    return workbook(Leaf("Sheet1", [HEADING, *rows], **about))


def read(content: bytes, kind: str = "grids", **how: Any) -> Table:
    return tables.read(content, openings.rows, KINDS[kind].wanted(**how), most=1000)


def rows(content: bytes, kind: str = "grids") -> list[Row]:
    table = read(content, kind)
    return list(plan(KINDS[kind], table.lines, Where(table.sheet, table.letters)))


def payloads(content: bytes, kind: str = "grids") -> list[dict[str, Any]]:
    found = rows(content, kind)
    assert [fault for row in found for fault in row.faults] == []
    return [row.steps[0].payload for row in found]


def codes(content: bytes) -> list[str]:
    return [payload["grid"] for payload in payloads(content)]


ZIP = sheet(grid())


def faults(content: bytes, kind: str = "grids") -> list[tuple[str, str]]:
    return [
        (fault.cell, fault.code) for row in rows(content, kind) for fault in row.faults
    ]


def refused(content: bytes, **how: Any) -> tuple[str, str]:
    with pytest.raises(BadSheet) as caught:
        read(content, **how)
    return caught.value.code, str(caught.value)


@pytest.mark.parametrize(
    "cell",
    [
        Number("5.10108002001003e+17"),
        Number("510108002001003001"),
        Number("46086", 14),
        Number("46086", 58),
        Number("17"),
        Number("0.5"),
        Number("0.375", 20),
        Markup('t="b"', "<v>1</v>"),
        Markup('t="d"', "<v>2026-03-05</v>"),
        "5.10108E+17",
        "5.10108002001003e+17",
        "3月5日",
        "5-Mar",
        "Mar-05",
    ],
)
@pytest.mark.parametrize(
    ("field", "letter"),
    [("code", "A"), ("name", "B"), ("community", "C"), ("courtyard", "D")],
)
def test_a_code_or_text_that_became_something_else_is_refused_saying_how_to_type_it(
    cell: Cell, field: str, letter: str
) -> None:
    (row,) = rows(sheet(grid(**{field: cell})))
    (fault,) = row.faults
    assert (fault.cell, fault.code, row.steps) == (f"{letter}2", "not_text", ())
    assert "设为“文本”" in fault.message
    assert f"工作表“Sheet1”{letter}2（" in fault.message


def test_every_code_of_eighteen_digits_is_refused_by_itself() -> None:
    """As in `code_18_digits`: both would have become the same number."""
    content = sheet(
        grid(Number("5.10108002001003e+17")), grid(Number("5.1010800200100397e+17"))
    )
    assert faults(content) == [("A2", "not_text"), ("A3", "not_text")]


@pytest.mark.parametrize("form", [14, *range(27, 37), *range(50, 59)])
def test_every_built_in_form_of_a_day_is_one(form: int) -> None:
    shown = "2026-06-01 00:00:00" if form in (32, 33, 34, 35, 55, 56) else "2026-06-01"
    content = sheet(grid(valid_from=Number("46174", form)))
    assert read(content).lines[0].cells["valid_from"] == shown
    assert payloads(content)[0]["valid_from"] == "2026-06-01"


@pytest.mark.parametrize(
    "form",
    ['yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d aaaa;@", "[DBNum1]yyyy年m月", "aaaa"],
)
def test_an_own_form_of_a_day_is_one(form: str) -> None:
    content = workbook(
        Leaf("Sheet1", [HEADING, grid(valid_from=Number("46174", 176))]),
        forms={176: form},
    )
    assert payloads(content)[0]["valid_from"] == "2026-06-01"


def test_a_number_where_a_day_is_wanted_is_refused_and_one_written_as_a_day_is_taken() -> (
    None
):
    assert faults(sheet(grid(valid_from=Number("46174")))) == [("E2", "bad_date")]
    assert (
        payloads(sheet(grid(valid_from=Number("20260601"))))[0]["valid_from"]
        == "2026-06-01"
    )


def test_a_date_where_a_number_is_wanted_is_refused() -> None:
    heading = list(KINDS["units"].columns().values())
    row: list[Cell] = [
        "望平示例所",
        "91510108MA6DEM014D",
        "电力",
        COMMUNITY,
        Number("46086", 14),
        "联络员",
    ]
    assert faults(workbook(Leaf("一", [heading, row])), "units") == [
        ("E2", "not_a_number")
    ]


def test_the_first_sheet_that_is_shown_is_read_and_the_others_of_its_heading_are_named() -> (
    None
):
    content = workbook(
        Leaf("旧", [HEADING, grid("B-1")], state="hidden"),
        Leaf("更旧", [HEADING, grid("B-2")], state="veryHidden"),
        Leaf("望平", [HEADING, grid("B-3")]),
        Leaf("府青路", [["府青路微网格"], HEADING, grid("B-4"), grid("B-5")]),
        Leaf("说明", [["怎样填"], ["名称", "写全称"]]),
    )
    table = read(content)
    assert (table.sheet, [line.cells["grid"] for line in table.lines]) == (
        "望平",
        ["B-3"],
    )
    (note,) = table.notes
    assert "工作表“府青路”也有同样的表头" in note


def test_a_first_sheet_without_the_table_says_where_it_is() -> None:
    code, sentence = refused(
        workbook(Leaf("封面", [["微网格登记"]]), Leaf("名单", [HEADING, grid()]))
    )
    assert code in {"unknown_column", "missing_column"}
    assert "工作表“名单”里有这样的表头" in sentence
    assert (
        refused(workbook(Leaf("空", []), Leaf("名单", [HEADING, grid()])))[0]
        == "empty_sheet"
    )
    assert (
        refused(workbook(Leaf("名单", [HEADING, grid()], state="hidden")))[0]
        == "no_visible_sheet"
    )


def test_what_misleads_in_a_heading_or_a_sheets_name_is_not_repeated() -> None:
    strange = [*HEADING[:-1], "别的\u202e名称"]
    _, says = refused(workbook(Leaf("名\u2066单", [strange, grid()])))
    assert says.startswith("工作表“名□单”：不认识的列：别的□名称；")
    _, says = refused("别的\0名称,名称\n1,2\n".encode())
    assert "不认识的列：别的□名称；" in says


def test_what_is_wrong_in_another_sheet_does_not_matter_to_the_first() -> None:
    formula = Markup("", "<f>SUM(A1:A3)</f><v>6</v>")
    content = workbook(
        Leaf("名单", [HEADING, grid()]), Leaf("统计", [[formula, "长" * 20_000]])
    )
    table = read(content)
    assert len(table.lines) == 1
    assert "工作表“统计”没有看" in table.notes[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("网格_x000D_", "网格"),
        ("_x000D_\n网格_x000d_\n", "网格"),
        ("\u200b网\ufeff格\u200b", "网格"),
        ("网\u200d格", "网格"),
        ("网\u2060格\u200e", "网格"),
        ("\u00a0网格\u3000", "网格"),
        ("网_x005F_x000D_格", "网_x000D_格"),
        ("网格👨\u200d👩\u200d👧", "网格👨\u200d👩\u200d👧"),
        ("网_x0041_格", "网A格"),
        ("_xD842__xdfb7_网格", "𠮷网格"),
    ],
)
def test_what_nobody_typed_goes_from_a_cell(typed: str, kept: str) -> None:
    assert payloads(sheet(grid(name=typed)))[0]["name"] == kept


@pytest.mark.parametrize(
    "heading",
    [
        "微网格编码_x000D_",
        "\ufeff微网格编码",
        "微网格\n编码",
        " 微网格 编码 ",
        "*微网格编码",
        "微网格编码*",
        "微网格编码（必填）",
        "微网格编码：",
        "微\u200b网格编码",
        "grid",
    ],
)
def test_a_heading_is_known_however_it_is_set(heading: str) -> None:
    assert codes(workbook(Leaf("一", [[heading, *HEADING[1:]], grid()]))) == ["B-1"]


def test_a_break_within_a_name_is_refused_and_one_in_long_words_is_kept() -> None:
    assert faults(sheet(grid(name="网\r\n格"))) == [("B2", "line_break")]
    heading = list(KINDS["needs"].columns().values())
    cells = [
        "零距离便民",
        "老人",
        "一般",
        COMMUNITY,
        None,
        None,
        None,
        "楼道灯_x000D_\n坏了",
    ]
    assert (
        payloads(workbook(Leaf("一", [heading, cells])), "needs")[0]["words"]
        == "楼道灯\n坏了"
    )


@pytest.mark.parametrize("titles", [1, 3, 9])
def test_title_lines_above_the_heading_are_passed_over_merged_as_they_are(
    titles: int,
) -> None:
    above: list[list[Cell]] = [[f"2026 年微网格登记表（{n}）"] for n in range(titles)]
    content = workbook(
        Leaf("一", [*above, [], HEADING, grid()], more=MERGED.format("A1:E1"))
    )
    (line,) = read(content).lines
    assert line.number == titles + 3


def test_a_title_that_is_a_formula_or_stands_alone_does_not_matter() -> None:
    assert codes(
        workbook(
            Leaf("一", [[Markup("", "<f>TODAY()</f><v>46174</v>")], HEADING, grid()])
        )
    ) == ["B-1"]
    assert (
        refused(workbook(Leaf("一", [["某表"], *[["某"]] * 20, HEADING, grid()])))[0]
        == "unknown_column"
    )


@pytest.mark.parametrize(
    "place", ["A2:E2", "A2:A3", "B1:C1", "B3:D3", "A:A", "$A:$B", "2:3"]
)
def test_cells_made_one_within_the_table_are_refused(place: str) -> None:
    code, says = refused(sheet(grid(), grid("B-2"), more=MERGED.format(place)))
    assert (code, f"有合并的单元格（{place}）" in says) == ("merged_cells", True), says


@pytest.mark.parametrize(
    "last",
    [
        ["合计", None, Markup("", "<f>COUNTA(A2:A9)</f><v>2</v>")],
        ["总计：", "2"],
        ["小计", "2"],
        ["共计 2 个"],
        ["合  计", "2"],
        ["合计（个）", "2"],
        ["1", "合计", "2"],
        ["备注：按 2026 年网格划分"],
        ["填表人：某某"],
        ["累计", "2"],
        ["本页小计", "2"],
        ["合计人数：2"],
        ["共 2 个"],
        ["汇总", "2"],
        ["以下空白"],
        ["——以下空白——"],
        ["（此页以下空白）"],
        ["填表人：某某", None, "审核人：某某"],
        ["填报日期：2026年6月1日", None, None, "联系电话：028-84000000"],
        ["社区（盖章）："],
        [None, None, None, "望平社区（公章）"],
        [None, None, None, None, "2026年 6 月 1 日"],
        HEADING,
    ],
)
def test_totals_and_remarks_below_are_no_rows_and_said(last: list[Cell]) -> None:
    table = read(sheet(grid(), grid("B-2"), last, more=MERGED.format("A4:B4")))
    assert [line.cells["grid"] for line in table.lines] == ["B-1", "B-2"]
    assert table.notes == ["第 4 行是合计、重复的表头或表后的说明，没有当作一项导入"]


def test_what_stands_below_is_left_out_to_its_last_line() -> None:
    below: list[list[Cell]] = [
        ["合计", "2"],
        ["填表人：某某", "审核人：某某"],
        ["2026年6月1日"],
    ]
    table = read(sheet(grid(), *below))
    assert [line.number for line in table.lines] == [2]
    assert table.notes == [
        "第 3、4、5 行是合计、重复的表头或表后的说明，没有当作一项导入"
    ]


def test_a_row_that_is_whole_or_has_others_below_it_is_one_whatever_it_begins_with() -> (
    None
):
    named: list[Cell] = ["甲：乙", "名", COMMUNITY, None, "2026-06-01"]
    not_whole: list[Cell] = ["甲：乙", "名"]
    assert [line.number for line in read(sheet(not_whole, named)).lines] == [2, 3]
    heading = list(KINDS["units"].columns().values())
    planning = ["总计划科", "91510108MA6DEM014D", "电力"]
    table = read(workbook(Leaf("一", [heading, planning])), "units")
    assert len(table.lines) == 1


def test_hidden_columns_are_read_and_said() -> None:
    def hide(made: Worksheet) -> None:
        made.column_dimensions["C"].hidden = True

    table = read(book(HEADING, grid(), change=hide))
    assert table.lines[0].cells["community"] == COMMUNITY
    assert table.notes == ["C 列（社区代码）是隐藏的，也读了"]


def test_a_heading_over_two_rows_is_refused_for_its_cells_made_one() -> None:
    above: list[Cell] = ["微网格编码", "微网格", None, None, "有效期始"]
    content = workbook(
        Leaf(
            "一",
            [above, [None, *HEADING[1:4]], grid()],
            more=MERGED.format("A1:A2"),
        )
    )
    code, sentence = refused(content)
    assert (code, "表头有合并的单元格（A1:A2）" in sentence) == ("merged_cells", True)


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [("0%", 1, "100%"), ("0.00%", 0.125, "12.5%"), ("0.0_%", 12.5, "12.5")],
)
def test_a_percentage_is_no_whole_number(form: str, value: float, shown: str) -> None:
    heading = list(KINDS["units"].columns().values())
    row = ["望平示例所", "91510108MA6DEM014D", "电力", COMMUNITY, value, "联络员"]

    def as_percentage(made: Worksheet) -> None:
        made["E2"].number_format = form

    content = book(heading, row, change=as_percentage)
    assert faults(content, "units") == [("E2", "wrong_type")]
    assert f"填的是“{shown}”" in rows(content, "units")[0].faults[0].message


def elder(born: Cell, contacts: Cell) -> list[tuple[str, str]]:
    row = ["令狐秀英", born, contacts, COMMUNITY, "电话", "2026-05-30"]
    heading = list(KINDS["people"].columns().values())
    return faults(workbook(Leaf("一", [heading, row])), "people")


@pytest.mark.parametrize(
    ("born", "contacts"),
    [
        (Number("1950"), Number("13900005678")),
        (Number("195003"), Number("1.3900005678E10")),
        (Number("18323", 14), "13900005678"),
        (Number("18323", 57), None),
    ],
)
def test_of_a_year_a_month_and_a_phone_nothing_is_lost_as_a_number(
    born: Cell, contacts: Cell
) -> None:
    assert elder(born, contacts) == []


def test_of_other_numbers_something_may_be_lost() -> None:
    """1950.1 may have been October; the number of a phone has eleven digits."""
    assert elder(Number("1950.1"), Number("2884000000")) == [
        ("B2", "not_text"),
        ("C2", "not_text"),
    ]


@pytest.mark.parametrize("kept", ["60.000000000000007", "59.99999999999999", "6e1"])
def test_a_number_is_as_it_is_shown_however_it_was_reckoned(kept: str) -> None:
    heading = list(KINDS["units"].columns().values())
    row: list[Cell] = ["望平示例所", "91510108MA6DEM014D", "电力", COMMUNITY]
    content = workbook(Leaf("一", [heading, [*row, Number(kept), "联络员"]]))
    assert payloads(content, "units")[0]["members"] == 60


def test_days_of_a_workbook_that_counts_from_1904_are_those_it_shows() -> None:
    def of_a_mac(made: Worksheet) -> None:
        assert made.parent
        made.parent.epoch = CALENDAR_MAC_1904

    row = [*grid()[:4], date(2026, 6, 1)]
    content = book(HEADING, row, change=of_a_mac)
    assert payloads(content)[0]["valid_from"] == "2026-06-01"


@pytest.mark.parametrize("number", ["1", "31", "59", "60", "60.5", "1.0625"])
def test_the_first_days_of_1900_are_none_for_programs_tell_others(number: str) -> None:
    """To Excel 60 is a February 29 that never was, and 1 the day after the one it is to others."""
    assert faults(sheet(grid(valid_from=Number(number, 14)))) == [("E2", "bad_date")]
    first_sure = sheet(grid(valid_from=Number("61", 14)))
    assert [one["valid_from"] for one in payloads(first_sure)] == ["1900-03-01"]


def test_hidden_rows_are_read_and_said() -> None:
    table = read(sheet(grid(), grid("B-2"), grid("B-3"), hidden=[3, 4]))
    assert len(table.lines) == 3
    assert table.notes == ["第 3、4 行是隐藏的（也许是筛选后没有显示），也读了"]


def test_more_columns_are_passed_over_on_request_and_said() -> None:
    content = workbook(
        Leaf(
            "一",
            [
                ["序号", *HEADING, "备注"],
                ["1", *grid(), "好"],
                ["2", *grid("B-2"), None, "多"],
            ],
        )
    )
    code, sentence = refused(content)
    assert (code, "extra=skip" in sentence) == ("unknown_column", True)
    table = read(content, skips=True)
    assert [line.cells["grid"] for line in table.lines] == ["B-1", "B-2"]
    assert table.notes == ["没有导入的列：序号、备注", "没有表头的列没有导入：H"]
    assert table.letters["grid"] == "B"


def test_columns_without_a_heading_are_passed_over_on_request_and_said() -> None:
    heading = [*HEADING[:2], None, *HEADING[2:]]
    cells = grid()
    first, other = [*cells[:2], "甲", *cells[2:]], grid("B-2")
    content = workbook(
        Leaf("一", [heading, first, [*other[:2], None, *other[2:], "乙"]])
    )
    assert refused(content)[0] == "column_without_heading"
    table = read(content, skips=True)
    assert [line.cells["community"] for line in table.lines] == [COMMUNITY] * 2
    assert table.notes == ["没有表头的列没有导入：C、G"]


@pytest.mark.parametrize("size", ['ht="0" customHeight="1"', 'ht="0.0"'])
def test_rows_and_columns_of_no_size_are_hidden(size: str) -> None:
    content = with_sheet(sheet(grid(), grid("B-2")), '<row r="3"', f'<row r="3" {size}')
    thin = '<cols><col min="3" max="3" width="0" customWidth="1"/></cols><sheetData>'
    assert read(with_sheet(content, "<sheetData>", thin)).notes == [
        "第 3 行是隐藏的（也许是筛选后没有显示），也读了",
        "C 列（社区代码）是隐藏的，也读了",
    ]


def test_a_formula_in_a_column_that_is_passed_over_does_not_matter() -> None:
    formula = Markup("", "<f>ROW()-1</f><v>1</v>")
    content = workbook(Leaf("一", [["序号", *HEADING], [formula, *grid()]]))
    assert [line.cells["grid"] for line in read(content, skips=True).lines] == ["B-1"]
    assert refused(sheet(grid(name=formula))) == (
        "formula_in_cell",
        "工作表“Sheet1”：B2 有公式，请改为数值或文字后再导入",
    )
    assert (
        refused(sheet(grid(name=Markup('t="e"', "<v>#N/A</v>"))))[0] == "error_in_cell"
    )


def separated(separator: str, *more: str) -> str:
    lines = [
        separator.join(HEADING),
        separator.join(["B-14", '"字,;"', COMMUNITY, "", "2026-06-01"]),
    ]
    return "\n".join([*more, *lines]) + "\n"


@pytest.mark.parametrize("separator", ["\t", ";", ",", "，", "；", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_file_is_read_by_whatever_separates_its_headings_in_whatever_encoding(
    separator: str, encoding: str
) -> None:
    assert payloads(separated(separator).encode(encoding)) == [
        {
            "grid": "B-14",
            "name": "字,;",
            "community": COMMUNITY,
            "valid_from": "2026-06-01",
        }
    ]


@pytest.mark.parametrize("separator", ["\t", ";", ","])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32"),
        ("utf-32-be", "UTF-32"),
        ("utf-7", "UTF-7"),
        ("hz", "HZ"),
        ("iso2022_jp_2", "ISO-2022"),
    ],
)
def test_an_encoding_that_is_not_read_is_named_with_how_to_save_instead(
    separator: str, encoding: str, name: str
) -> None:
    for more in ((), ("望平微网格登记表",)):
        code, says = refused(separated(separator, *more).encode(encoding))
        assert code == "unknown_encoding"
        assert says.startswith(f"文件是 {name} 编码")
        assert "另存为 UTF-8 编码的 CSV" in says


@pytest.mark.parametrize(
    ("encoding", "broken", "name"),
    [
        ("utf-8", b"\xe6\x9c", "UTF-8"),
        ("utf-8", "望平".encode("gbk"), "UTF-8"),
        ("utf-8-sig", b"\xff", "UTF-8"),
        ("gb18030", b"\xff\xff", "GB18030"),
        ("utf-16", b"\x00\xd8A\x00", "UTF-16"),
        ("utf-16-be", b"\xd8\x00\x00A", "UTF-16"),
    ],
)
def test_where_letters_are_of_another_encoding_the_line_is_named(
    encoding: str, broken: bytes, name: str
) -> None:
    good = separated(",").replace("字,;", "望平").encode(encoding)
    for place, number in (
        (len(good), 3),
        (good.index("B-14".encode(encoding)[-2:]), 2),
    ):
        code, says = refused(good[:place] + broken + good[place:])
        assert code == "unknown_encoding"
        assert says.startswith(f"第 {number} 行有的字读不出来：别处是 {name} 编码")


@pytest.mark.parametrize("text", ["+AGE-", "~{VPND~}", "a+b~", "+86 139"])
def test_a_text_of_latin_signs_is_no_other_encoding(text: str) -> None:
    content = f"grid,name,community,valid_from\nB-14,{text},{COMMUNITY},2026-06-01\n"
    assert payloads(content.encode())[0]["name"] == text


def test_a_space_before_a_quoted_text_is_none_of_it() -> None:
    (line,) = read(separated(",").replace('"字,;"', ' "字,;"').encode()).lines
    assert line.cells["name"] == "字,;"


@pytest.mark.parametrize(
    "begins",
    [
        b"MZ\x90\0\3",
        b"SQLite format 3",
        b"\3\x7e\6\1",
        b"BM",
        b"bplist00",
        b"L\0\0\0\1\x14\2",
    ],
)
def test_what_is_no_text_is_not_told_in_characters_it_does_not_have(
    begins: bytes,
) -> None:
    for length in range(90, 94):
        code, says = refused(begins + bytes(length))
        assert (code, says[:8]) == ("unknown_encoding", "文件里的文字既不是"[:8])


def test_a_separated_file_may_have_a_title_and_say_its_separator() -> None:
    assert codes(separated(";", "sep=;").encode()) == ["B-14"]
    assert codes(separated("\t", "微网格登记表,2026 年,望平").encode()) == ["B-14"]
    assert (
        read(separated(",").replace("字,;", "网格_x000D_").encode())
        .lines[0]
        .cells["name"]
        == "网格"
    )
    assert (
        read(separated(",").replace('"字,;"', "'=1+1").encode()).lines[0].cells["name"]
        == "=1+1"
    )
    quoted = separated(",").replace("微网格编码", '"微网格编码"')
    for mark in (b"\x841\x953", "\ufeff".encode("gb18030")):
        assert codes(mark + quoted.encode("gb18030")) == ["B-14"]
    assert codes(("\ufeff\ufeff" + quoted).encode()) == ["B-14"]


@pytest.mark.parametrize(
    "code", ['="B-14"', '"=""B-14"""', "'B-14", "‘B-14", "\tB-14", " B-14 "]
)
def test_a_code_kept_from_becoming_a_number_is_the_code(code: str) -> None:
    content = separated(",").replace("B-14", code) + "\x1a"
    assert codes(content.encode()) == ["B-14"]


def test_strict_workbooks_with_styles_no_library_takes_are_read() -> None:
    content = workbook(
        Leaf("一", [HEADING, grid("B-12", valid_from=Number("46174", 31))]), strict=True
    )
    with pytest.raises(Exception, match=r".*"):
        load_workbook(BytesIO(content))
    assert payloads(content)[0]["valid_from"] == "2026-06-01"


def test_a_day_of_a_strict_workbook_is_one() -> None:
    assert (
        payloads(sheet(grid(valid_from=Markup('t="d"', "<v>2026-06-01T00:00:00</v>"))))[
            0
        ]["valid_from"]
        == "2026-06-01"
    )


@pytest.mark.parametrize("change", [str.upper, lambda name: name.replace("/", "\\")])
def test_parts_are_found_however_their_names_are_written(
    change: Callable[[str], str],
) -> None:
    file = BytesIO()
    with ZipFile(BytesIO(ZIP)) as old, ZipFile(file, "w") as made:
        for name in old.namelist():
            made.writestr(change(name), old.read(name))
    assert codes(file.getvalue()) == ["B-1"]


def test_formatted_empty_cells_far_away_are_nothing() -> None:
    far: list[Cell] = [*grid(), Markup('r="XFD2" s="14"', "")]
    empty: list[Cell] = [Markup('r="A1048576" s="14"', "<v></v>")]
    assert codes(sheet(far, empty)) == ["B-1"]


def zipped(name: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr(name, b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式的 .xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 600
            + "EncryptedPackage".encode("utf-16-le"),
            "加了密码",
        ),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "网页或 XML"),
        ("\ufeff <html><table><tr>".encode("utf-16-le"), "网页或 XML"),
        ("<?xml version='1.0'?><Workbook/>".encode("utf-16-be"), "网页或 XML"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (zipped("content.xml"), ".ods"),
        (zipped("xl/workbook.bin"), ".xlsb"),
        (zipped("word/document.xml"), "Word"),
        (zipped("OFD.xml"), "OFD"),
        (zipped("Index/Document.iwa"), "Numbers"),
        (zipped("望平/名单.xlsx"), "压缩包，请解压"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "手机拍的照片"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "图片"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "网页"),
        (zipped("some.txt"), "不完整或已损坏"),
        (ZIP[: len(ZIP) // 2], "不完整或已损坏"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(content: bytes, says: str) -> None:
    code, sentence = refused(content)
    assert (code, says in sentence) == ("not_a_workbook", True), sentence


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert refused(content)[0] == "empty_sheet"


@pytest.mark.parametrize("name", KINDS)
def test_every_column_has_an_example_that_may_be_filled_in(name: str) -> None:
    kind = KINDS[name]
    for field_name, field in kind.fields().items():
        heading = kind.columns()[field_name]
        text = example(field, heading)
        assert text, heading
        field.deserialize(value(field, text))
        said = kind.meaning(field_name)
        assert "例如" in said or "、" in said
