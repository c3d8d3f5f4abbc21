"""Rows as files: typed cells in XLSX, plain text in CSV, and never a formula."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import count
from typing import Any

import pytest
from openpyxl import load_workbook

from gateway.files import formats
from gateway.files.columns import Column, code, day, instant, text, whole, word, words
from gateway.files.formats import Sheet, separated
from gateway.files.listed import metrics as listed
from gateway.files.lists import EXPORTS
from gateway.files.workbook_writer import xlsx
from schemas.metrics.facts import KINDS
from services.xfh import registry

COLUMNS = (
    code("编号", "id"), text("名称", "name"), whole("人数", "members"), day("到期", "until"),
    instant("时间", "told/-1/at"), words("对象", "audience"), word("周期", "per", {"week": "每周"}),
)  # fmt: skip
DOCUMENT = {
    "id": "510108002001", "name": "望平驿站", "members": 5, "until": "2026-12-31",
    "told": [{"at": "2026-05-31T17:00:00.000Z"}, {"at": "2026-06-01T16:30:00.000Z"}], "audience": ["老人", "儿童"],
    "per": "week",
}  # fmt: skip
WIDE = ["＝1+1", "＋86", "－2", "＠SUM(A1)", "\n=1+1"]
FORMULAS = [
    "=1+1",
    "+86",
    "-2",
    "@SUM(A1)",
    "\tx",
    "\rx",
    '=HYPERLINK("http://there","看")',
    "=cmd|' /C calc'!A0",
]


def rows(
    *documents: dict[str, Any], columns: tuple[Column, ...] = COLUMNS
) -> list[list[Any]]:
    return [[column.of(document) for column in columns] for document in documents]


def sheet_of(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).active


def cells_of(sheet: Any) -> list[Any]:
    return [
        (cell.value, cell.data_type, cell.number_format)
        for row in sheet
        for cell in row
    ]


def test_cells_are_of_their_own_kind() -> None:
    sheet = sheet_of(xlsx([Sheet("名单", COLUMNS, rows(DOCUMENT, {}))]))
    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS]
    moment = datetime(2026, 6, 2, 0, 30)  # noqa: DTZ001  A spreadsheet's times have no zone.
    told = [cell.value for cell in sheet[2]]
    assert [*told[:3], told[3].date(), *told[4:]] == [
        "510108002001", "望平驿站", 5, date(2026, 12, 31), moment, "老人、儿童", "每周",
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet[2]][:4] == [
        "@",
        "@",
        "0",
        "yyyy-mm-dd",
    ]
    assert sheet.max_row == 2, "a document without any of the fields is an empty row"


def test_the_heading_is_bold_stays_in_sight_and_can_be_filtered() -> None:
    sheet = sheet_of(xlsx([Sheet("名单", COLUMNS, [])]))
    assert sheet.title == "名单"
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:G1")
    assert sheet.column_dimensions["A"].width == 28


@pytest.mark.parametrize(("times", "fits"), [(1, True), (9, False)])
def test_it_is_printed_across_a_page_with_its_heading_and_as_wide_as_can_be_read(
    times: int, fits: bool
) -> None:
    sheet = sheet_of(xlsx([Sheet("名单", COLUMNS * times, [])]))
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), int(setup.fitToHeight)) == (
        "landscape",
        9,
        0,
    )
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is fits


@pytest.mark.parametrize("said", [*FORMULAS, "#N/A"])
def test_no_text_becomes_a_formula_in_xlsx(said: str) -> None:
    cell = sheet_of(xlsx([Sheet("名单", COLUMNS[1:2], [[said]])]))["A2"]
    assert (cell.data_type, cell.value) == (
        "s",
        said.replace("\r", "\n"),
    )  # As XML has it.


@pytest.mark.parametrize("said", [*FORMULAS, *WIDE])
def test_a_text_like_a_formula_has_an_apostrophe_in_csv(said: str) -> None:
    table = list(
        csv.reader(
            StringIO(
                separated([Sheet("", COLUMNS[1:2], [[said]])]).decode("utf-8-sig"),
                newline="",
            )
        )
    )
    assert table == [["名称"], [f"'{said}"]]


def test_csv_is_utf8_that_excel_takes_for_it() -> None:
    content = separated([Sheet("名单", COLUMNS, rows(DOCUMENT))])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "编号,名称,人数,到期,时间,对象,周期",
        "510108002001,望平驿站,5,2026-12-31,2026-06-02 00:30:00,老人、儿童,每周",
    ]


def test_a_number_below_nothing_is_no_formula() -> None:
    assert separated([Sheet("", COLUMNS[2:3], [[-5]])]).decode(
        "utf-8-sig"
    ).splitlines() == ["人数", "-5"]


OF_WHAT = {"activities": "activity", "roster": "signup", "sign_in": "signup"}


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.name)
def test_every_column_of_a_list_is_a_field_of_its_documents(export: Any) -> None:
    by_hand = {""}  # What is written in on paper.
    fields = {column.field.partition("/")[0] for column in export.columns}
    assert fields - by_hand <= export.route.shows().fields.keys()
    headings = [column.heading for column in export.columns]
    assert len(set(headings)) == len(headings)
    assert export.route.listed


@pytest.mark.parametrize(
    "export", [one for one in EXPORTS if one.states], ids=lambda one: one.name
)
def test_states_are_called_in_a_file_as_everywhere_else(export: Any) -> None:
    cycles = {
        cycle.subject: cycle.texts for cycle in registry.load(export.service).lifecycles
    }
    assert (
        export.states == cycles[OF_WHAT.get(export.name, export.name.removesuffix("s"))]
    )


def test_every_list_that_is_asked_for_by_state_has_words_for_them() -> None:
    asked: dict[str, Any] = {
        one.name: one.route.schema().fields.get("state") for one in EXPORTS
    }
    words = {name: set(state.words) for name, state in asked.items() if state}
    assert words == {one.name: one.states.keys() for one in EXPORTS if one.states}


def test_every_kind_of_fact_has_a_word() -> None:
    assert listed.KINDS.keys() == set(KINDS)


def test_a_rate_is_a_percentage_also_among_whole_numbers() -> None:
    sheet = sheet_of(
        xlsx([Sheet("数字", (whole("值", "value"),), [[0.7887], [12], [1.0], [None]])])
    )
    assert [(cell.value, cell.number_format) for cell in sheet["A"]][1:4] == [
        (0.7887, "0.00%"),
        (12, "0"),
        (1, "0.00%"),
    ]
    told = separated([Sheet("数字", (whole("值", "value"),), [[0.7887], [12]])]).decode(
        "utf-8-sig"
    )
    assert told.splitlines() == ["值", "78.87%", "12"]


def test_a_workbook_has_as_many_sheets_as_it_is_given_and_csv_the_first() -> None:
    sheets = [Sheet("一", COLUMNS[1:2], [["甲"]]), Sheet("二", COLUMNS[1:2], [["乙"]])]
    assert load_workbook(BytesIO(xlsx(sheets))).sheetnames == ["一", "二"]
    assert separated(sheets).decode("utf-8-sig").splitlines() == ["名称", "甲"]


def test_a_book_written_by_a_process_of_its_own_is_the_same() -> None:
    sheets = [
        Sheet("名单", COLUMNS, rows(DOCUMENT, {}, DOCUMENT)),
        Sheet("率", (whole("值", "value"),), [[0.5], [12]]),
    ]
    here, apart = (
        load_workbook(BytesIO(xlsx(sheets))),
        load_workbook(BytesIO(formats.xlsx(sheets))),
    )
    assert apart.sheetnames == here.sheetnames
    for name in here.sheetnames:
        cells = [
            [
                (cell.value, cell.data_type, cell.number_format)
                for row in one[name]
                for cell in row
            ]
            for one in (here, apart)
        ]
        assert cells[0] == cells[1]


def test_rows_are_written_as_they_come_and_others_are_served_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken, turns = count(), []
    monkeypatch.setattr(formats, "give_way", lambda: turns.append(next(taken)))
    rows = ([next(taken)] for _ in range(2 * formats.PER_TURN))
    assert len(list(formats.in_turns(rows))) == 2 * formats.PER_TURN
    assert turns == [1, formats.PER_TURN + 2]
