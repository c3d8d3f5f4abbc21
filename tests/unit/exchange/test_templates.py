"""Templates: what is to be filled in, what it means, what may be chosen, and that they can be uploaded as they are."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gateway.files.routes import UPLOADED
from gateway.files.templates import template
from schemas.exchange import tables, workbooks
from schemas.exchange.kinds import KINDS


def book_of(name: str) -> Any:
    return load_workbook(BytesIO(template(name, KINDS[name]).get_data()))


@pytest.mark.parametrize("name", UPLOADED)
def test_the_heading_is_what_an_upload_expects(name: str) -> None:
    kind = KINDS[name]
    content = template(name, kind).get_data()
    assert tables.read(content, workbooks.rows, kind.wanted(), most=1).lines == []
    assert [cell.value for cell in book_of(name).worksheets[0][1]] == list(
        kind.columns().values()
    )


@pytest.mark.parametrize("name", UPLOADED)
def test_the_second_sheet_tells_what_every_column_means(name: str) -> None:
    sheet = book_of(name).worksheets[1]
    assert sheet.title == "说明"
    told = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}
    required = KINDS[name].required()
    for field, heading in KINDS[name].columns().items():
        is_required = told[heading].startswith("必填")
        assert is_required == (field in required), heading


def test_what_is_needed_for_some_rows_only_says_for_which() -> None:
    sheet = book_of("units").worksheets[1]
    told = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}
    assert told["最近决定的原因"].startswith("审核不通过、暂停、终止时必填；例如")
    sheet = book_of("branches").worksheets[1]
    told = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}
    assert told["任职首日"].startswith("任命书记时必填；例如")


def test_no_micro_grid_or_courtyard_is_explained_by_the_code_of_a_community() -> None:
    sheet = book_of("doors").worksheets[1]
    told = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}
    assert "510108002001" in told["社区代码"]
    for heading in ("微网格编码", "院落编码"):
        assert "例如 " in told[heading]
        assert "510108" not in told[heading]


def test_words_are_chosen_from_a_list_and_several_are_allowed_where_they_are() -> None:
    book = book_of("offerings")
    rules = {
        str(rule.sqref): rule
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    category, audience, capacity = (
        rules["C2:C1001"],
        rules["D2:D1001"],
        rules["K2:K1001"],
    )
    assert (category.type, category.showErrorMessage) == ("list", True)
    assert (audience.type, audience.showErrorMessage) == ("list", False)
    assert (capacity.type, capacity.formula1, capacity.formula2) == (
        "whole",
        "1",
        "100000",
    )
    words = [row[2].value for row in book["选项"].iter_rows()]
    assert category.formula1 == "'选项'!$C$1:$C$6"
    assert words[0] == "零距离便民"
    assert book["选项"].sheet_state == "hidden"


def test_codes_are_text_so_that_no_digit_is_lost() -> None:
    sheet = book_of("units").worksheets[0]
    forms = {
        sheet[f"{letter}1"].value: sheet.column_dimensions[letter].number_format
        for letter in "ABCDEF"
    }
    assert forms["统一社会信用代码"] == forms["社区代码"] == "@"
    assert forms["职工人数"] == "0"


def test_it_is_saved_under_a_chinese_name() -> None:
    disposition = template("units", KINDS["units"]).headers["Content-Disposition"]
    assert disposition.startswith(
        "attachment; filename=\"units-template.xlsx\"; filename*=UTF-8''%E8%81%94"
    )
