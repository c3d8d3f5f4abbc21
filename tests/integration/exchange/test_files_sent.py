"""Which files are taken, what is read of them, and what is said of the rest."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from gateway.files.formats import CSV, XLSX
from schemas.exchange.kinds import UNIT
from tests.integration.exchange.tables import (
    TEMPTING,
    sent,
    separated,
    unit,
    units,
    upload,
)
from tests.integration.gateway_stage import Gateway
from tests.unit.exchange.clerks import Leaf, workbook


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (b"", XLSX, 422, "empty_sheet"),
        (b"", CSV, 422, "empty_sheet"),
        (b"{}", "application/json", 415, "unsupported_media_type"),
        (b"--x", "multipart/form-data; boundary=x", 415, "unsupported_media_type"),
        (b"\xff\xff\xff", CSV, 422, "unknown_encoding"),
        (b"%PDF-1.7", XLSX, 422, "not_a_workbook"),
        (units(unit(1, name=TEMPTING)), XLSX, 422, "formula_in_cell"),
        (b"x" * (1024 * 1024 + 1), CSV, 413, "body_too_large"),
        (units(*(unit(number) for number in range(1001))), XLSX, 422, "too_many_rows"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_file_that_cannot_be_taken_is_a_problem(
    front: Gateway, content: bytes, media_type: str, status: int, code: str
) -> None:
    answer = sent(front, "units", content, media_type)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "media_type",
    [XLSX, CSV, "application/vnd.ms-excel", "application/octet-stream", ""],
)
def test_a_file_is_what_its_first_bytes_are_whatever_it_is_called(
    front: Gateway, media_type: str
) -> None:
    content = units(unit(600))
    assert upload(front, "units", content, media_type)["refused"] == 0
    assert upload(front, "units", separated(unit(600)), media_type)["already"] == 1


def typed(cells: list[Any]) -> list[str | None]:
    return [None if cell is None else str(cell) for cell in cells]


def test_a_report_says_which_sheet_was_read_and_what_was_not(fresh: Gateway) -> None:
    heading = [*UNIT.values(), "备注"]
    content = workbook(
        Leaf("旧", [heading], state="hidden"),
        Leaf(
            "望平",
            [["登记表"], heading, [*typed(unit(1)), "好"], ["合计", "1"]],
            hidden=[3],
        ),
        Leaf("府青路", [[*UNIT.values()], typed(unit(2))]),
    )
    refused = sent(fresh, "units", content)
    assert (refused.status_code, refused.get_json()["code"]) == (422, "unknown_column")
    report = upload(fresh, "units", content, extra="skip")
    assert (report["sheet"], report["imported"], report["rows"][0]["line"]) == (
        "望平",
        1,
        3,
    )
    assert [note[:9] for note in report["notes"]] == [
        "工作表“府青路”也",
        "第 3 行是隐藏的",
        "第 4 行是合计、",
        "没有导入的列：备注",
    ]
    assert upload(fresh, "units", separated(unit(1)), CSV)["sheet"] is None


def test_a_template_can_be_had_by_anybody_and_uploaded_filled_in(
    fresh: Gateway,
) -> None:
    book = load_workbook(BytesIO(fresh.get("/imports/units/template.xlsx").data))
    book.worksheets[0].append(unit(1))
    file = BytesIO()
    book.save(file)
    assert upload(fresh, "units", file.getvalue())["imported"] == 1
