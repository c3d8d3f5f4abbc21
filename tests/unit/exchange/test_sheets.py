"""Where the table is in a workbook, and what stands above, below, beside and behind it."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from schemas.exchange.cells import value
from schemas.exchange.kinds import KINDS
from schemas.exchange.wanted import example
from tests.unit.exchange.books import book, with_sheet
from tests.unit.exchange.clerks import Cell, Leaf, Markup, Number, workbook
from tests.unit.exchange.reading import (
    COMMUNITY,
    HEADING,
    ZIP,
    codes,
    grid,
    payloads,
    read,
    refused,
    sheet,
)

MERGED = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'


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


def test_strict_workbooks_with_styles_no_library_takes_are_read() -> None:
    content = workbook(
        Leaf("一", [HEADING, grid("B-12", valid_from=Number("46174", 31))]), strict=True
    )
    with pytest.raises(Exception, match=r".*"):
        load_workbook(BytesIO(content))
    assert payloads(content)[0]["valid_from"] == "2026-06-01"


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
