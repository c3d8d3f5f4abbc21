"""What a clerk typed into a cell is what is read, and what cannot be known any more is refused, never guessed."""

from datetime import date

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from schemas.exchange.kinds import KINDS
from tests.unit.exchange.books import book
from tests.unit.exchange.clerks import Cell, Leaf, Markup, Number, workbook
from tests.unit.exchange.reading import (
    COMMUNITY,
    HEADING,
    codes,
    grid,
    payloads,
    read,
    rows,
    separated,
    sheet,
)


def faults(content: bytes, kind: str = "grids") -> list[tuple[str, str]]:
    return [
        (fault.cell, fault.code) for row in rows(content, kind) for fault in row.faults
    ]


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


@pytest.mark.parametrize(
    "code", ['="B-14"', '"=""B-14"""', "'B-14", "‘B-14", "\tB-14", " B-14 "]
)
def test_a_code_kept_from_becoming_a_number_is_the_code(code: str) -> None:
    content = separated(",").replace("B-14", code) + "\x1a"
    assert codes(content.encode()) == ["B-14"]


def test_a_day_of_a_strict_workbook_is_one() -> None:
    assert (
        payloads(sheet(grid(valid_from=Markup('t="d"', "<v>2026-06-01T00:00:00</v>"))))[
            0
        ]["valid_from"]
        == "2026-06-01"
    )
