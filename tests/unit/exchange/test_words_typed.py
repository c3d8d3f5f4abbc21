"""Codes, phones and the words of lists as people type them, and what they are told when it cannot be."""

import pytest

from schemas import fields
from schemas.exchange import openings, tables
from schemas.exchange.cells import value
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Where, plan
from schemas.people.parts import Phone
from tests.unit.exchange.as_typed import COMMUNITY, faults_of
from tests.unit.exchange.clerks import Cell, Leaf, Number, workbook


@pytest.mark.parametrize(
    "text",
    [
        "13900005678、13900005679",
        "13900005678/13900005679",
        "139-0000-5678；139 0000 5679",
    ],
)
def test_several_phones_are_told_apart(text: str) -> None:
    phones = fields.Many(Phone(), 0, 3)
    assert phones.deserialize(value(phones, text)) == [
        "+8613900005678",
        "+8613900005679",
    ]


CLOSED = [
    (name, field_name, one)
    for name, kind in KINDS.items()
    for field_name, field in kind.fields().items()
    for one in [getattr(field, "inner", field)]
    if isinstance(one, fields.OneOf)
]


@pytest.mark.parametrize(
    ("name", "field_name", "field"),
    CLOSED,
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_every_closed_list_is_said_and_taken_in_chinese(
    name: str, field_name: str, field: fields.OneOf
) -> None:
    assert field.said.keys() == set(field.words)
    assert len(set(field.said.values())) == len(field.words)
    for word, said in field.said.items():
        assert not said.isascii(), f"{name} {field_name}: {said}"
        assert (
            value(field, said)
            == value(field, f" {said} ")
            == value(field, word)
            == word
        )


def test_the_dash_of_a_code_is_that_of_a_keyboard() -> None:
    for dash in "－‐‑‒–—―−─━":
        assert value(KINDS["grids"].fields()["grid"], f"B{dash}12") == "B-12"


def test_codes_are_as_wide_as_a_keyboard_has_them() -> None:
    assert value(fields.Division("community"), "５１０１０８００２００１") == COMMUNITY
    assert value(fields.Id(), "ＡＢ１") == "AB1"
    assert value(fields.Text(9), "ＡＢ１") == "ＡＢ１"


def test_a_good_row_has_no_faults() -> None:
    assert faults_of() == []


@pytest.mark.parametrize(
    ("heading", "typed", "message"),
    [
        (
            "周期",
            "每年",
            "工作表“资源”L2（周期）填的是“每年”：只能填 每天、每周、每月，例如 每天",
        ),
        (
            "每周期次数",
            "0",
            "工作表“资源”K2（每周期次数）填的是“0”：应在 1 到 100000 之间，例如 30",
        ),
        (
            "每周期次数",
            "很多",
            "工作表“资源”K2（每周期次数）填的是“很多”：应为整数，例如 30",
        ),
        (
            "社区代码",
            "5101",
            "工作表“资源”F2（社区代码）填的是“5101”：社区代码应为 12 位数字，例如 510108002001",
        ),
        (
            "资源名称",
            None,
            "工作表“资源”B2（资源名称）没有填：必须填写，例如 用电安全讲座",
        ),
        (
            "例外日期",
            "明天",
            "工作表“资源”J2（例外日期）填的是“明天”：应为日期，例如 2026-06-13",
        ),
        ("服务对象", "老人、狗", None),
    ],
)
def test_a_refusal_names_sheet_cell_heading_what_was_found_and_what_is_wanted(
    heading: str, typed: str | None, message: str | None
) -> None:
    (fault,) = faults_of(**{heading: typed})  # type: ignore[arg-type]
    assert fault.column == heading
    assert message is None or fault.message == message
    assert "对象" not in fault.message.replace("服务对象", "")
    assert "例如" in fault.message or "只能填" in fault.message


def test_what_misleads_or_does_not_show_is_not_repeated() -> None:
    (fault,) = faults_of(资源名称="甲\u202e\n乙")
    assert "填的是“甲□□乙”" in fault.message
    assert "U+202E" in fault.message


def test_faults_stand_in_the_order_of_their_cells() -> None:
    assert [fault.cell for fault in faults_of(有效期至="x", 周期="x", 资源名称="")] == [
        "B2",
        "L2",
        "M2",
    ]


def test_no_message_speaks_as_to_a_program() -> None:
    wrong: list[Cell] = [Number("1.5"), "甲" * 70, "-", "\u202e"]
    for name, kind in KINDS.items():
        columns = kind.columns()
        for cell in wrong:
            content = workbook(
                Leaf("资源", [list(columns.values()), [cell] * len(columns)])
            )
            table = tables.read(content, openings.rows, kind.wanted(), most=9)
            for row in plan(kind, table.lines, Where(table.sheet, table.letters)):
                for fault in row.faults:
                    assert fault.message.startswith("工作表“资源”"), name
                    for said in ("带时区", "应为一个对象", "应为列表", "JSON", "true"):
                        assert said not in fault.message
