"""Numbers, with what they count, as people type them into a table."""

import pytest

from schemas import fields
from schemas.exchange import tables
from schemas.exchange.as_written import COUNTED_IN
from schemas.exchange.cells import value
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Fault
from schemas.exchange.wanted import example
from tests.unit.exchange.as_typed import faults


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", 1200),
        ("１２００", 1200),
        ("1，200", 1200),
        ("-5", -5),
        ("1,234,567", 1234567),
        ("60.0", 60),
        ("1,200.00", 1200),
        ("１,２００ 人", 1200),
        ("50人", 50),
        ("30 分钟", 30),
    ],
)
def test_a_number_is_taken_however_it_is_typed(text: str, number: int) -> None:
    assert value(fields.Whole(0, 9), text) == number


@pytest.mark.parametrize(
    "text",
    [
        "1,20",
        "12.5",
        "1 200",
        "很多",
        ",",
        "1,,200",
        "十二",
        "50%",
        "60.",
        "约50人",
        "人",
        "1小时",
        "50人次",
        "50①",
        "50²",
        "5½",
        "5⒈",
        "①",
    ],
)
def test_what_is_no_number_is_left_for_its_refusal(text: str) -> None:
    assert value(fields.Whole(0, 9), text) == text


NUMBERS = {
    (name, column): (kind.columns()[column], str(field.least or 1))
    for name, kind in KINDS.items()
    for column, field in kind.fields().items()
    if isinstance(field, fields.Whole)
}

COUNTS = ("人", "名", "位", "个", "次", "家", "户", "场", "分钟")


def faults_in(name: str, changes: dict[str, str]) -> list[Fault]:
    """What is wrong with a row of examples in which these cells are others."""
    return faults(name, **row_of_examples(name) | changes)


def row_of_examples(name: str) -> dict[str, str]:
    """Each by its heading."""
    kind = KINDS[name]
    declared, headings = kind.fields(), kind.columns()
    return {
        headings[one]: example(declared[one], headings[one])
        for one in kind.steps[0].columns
    }


@pytest.mark.parametrize(("name", "column"), NUMBERS)
def test_a_number_is_counted_in_what_its_column_counts_and_in_nothing_else(
    name: str, column: str
) -> None:
    heading, number = NUMBERS[name, column]
    own = COUNTED_IN[heading]
    for unit in COUNTS:
        typed = f"{number} {unit}"
        found = {one.column: one for one in faults_in(name, {heading: typed})}
        assert (heading in found) is (unit not in own), unit
        if unit not in own:
            assert found[heading].code == "another_unit"
            assert f"“{unit}”不是这一列的单位" in found[heading].message
            assert own[0] in found[heading].message


@pytest.mark.parametrize("form", ["{}（{}）", "{} ({})", "*{}（单位：{}）"])
@pytest.mark.parametrize(("name", "column"), NUMBERS)
def test_a_heading_may_say_what_is_counted(name: str, column: str, form: str) -> None:
    heading, number = NUMBERS[name, column]
    for unit in COUNTS:
        said = form.format(heading, unit)
        row = row_of_examples(name) | {heading: number}
        cells = {said if one == heading else one: cell for one, cell in row.items()}
        if unit in COUNTED_IN[heading]:
            assert all(one.column != heading for one in faults(name, **cells))
        else:
            with pytest.raises(tables.BadSheet, match="不认识的列"):
                faults(name, **cells)


@pytest.mark.parametrize(
    ("heading", "typed"),
    [("名额", "20分钟"), ("名额", "２０　户"), ("每次分钟数", "90人"), ("每周期次数", "30位")],
)  # fmt: skip
def test_minutes_are_no_places(heading: str, typed: str) -> None:
    name = next(name for (name, _), (said, _) in NUMBERS.items() if said == heading)
    found = {one.column: one.code for one in faults_in(name, {heading: typed})}
    assert found[heading] == "another_unit"
