"""A file that was made to cost more than it is long is refused, for less than a good one costs to read."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from schemas.exchange import separated, tables, workbooks
from schemas.exchange.cells import value
from schemas.exchange.kinds import KINDS
from schemas.exchange.raw import BadSheet, Reader
from schemas.fields import Many, Text
from tests.clocks import cost_s
from tests.unit.exchange.books import book
from tests.unit.exchange.hostile import HEADING, TABLES, WORKBOOKS

of_a_workbook = partial(workbooks.rows, most_tags=200_000)
COLUMNS = {"name": "名称", "community": "社区代码", "members": "人数"}
LARGE = book(HEADING, *[["望平驿站", "510108002001", 5]] * 6_000)


def read(content: bytes, reader: Reader) -> None:
    tables.read(content, reader, tables.Wanted(COLUMNS), most=10_000)


def try_to_read(content: bytes, reader: Reader) -> None:
    with suppress(BadSheet):
        read(content, reader)


@pytest.fixture(scope="module")
def of_a_good_one_s() -> float:
    return cost_s(lambda: try_to_read(LARGE, of_a_workbook))


@pytest.mark.parametrize(("make", "code"), WORKBOOKS.values(), ids=WORKBOOKS.keys())
def test_a_hostile_workbook_is_refused_for_less_than_a_good_one_costs(
    make: Callable[[], bytes], code: str, of_a_good_one_s: float
) -> None:
    content = make()
    with pytest.raises(BadSheet) as caught:
        read(content, of_a_workbook)
    assert caught.value.code == code
    assert (
        cost_s(lambda: try_to_read(content, of_a_workbook)) < 10 * of_a_good_one_s + 0.1
    )


@pytest.mark.parametrize(("text", "code"), TABLES.values(), ids=TABLES.keys())
def test_a_hostile_csv_is_refused_for_less_than_a_good_workbook_costs(
    text: str, code: str, of_a_good_one_s: float
) -> None:
    with pytest.raises(BadSheet) as caught:
        read(text.encode(), separated.rows)
    assert caught.value.code == code
    assert (
        cost_s(lambda: try_to_read(text.encode(), separated.rows))
        < 10 * of_a_good_one_s + 0.1
    )


CELLS = {
    "marks": "\u0301\u0316" * 5_000,
    "marks, not too many": "\u0301\u0316" * 490,
    "days": "一" * 10_000,
    "days, not too many": "一至" * 490,
    "spaces": "周一" + " " * 9_000 + "x",
    "spaces before a half of a day": "周一" + " " * 9_000 + "上午x",
    "dashes": "周一" + "-" * 9_000,
    "digits": "1" * 10_000,
    "commas and digits": "1,234" * 2_000,
    "times": "9:00-" * 2_000,
}


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS.keys())
@pytest.mark.parametrize("name", KINDS)
def test_no_cell_costs_more_than_it_is_long(name: str, cell: str) -> None:
    for field in KINDS[name].fields().values():
        assert cost_s(lambda field=field: value(field, cell)) < 0.02  # type: ignore[misc]


def test_of_a_list_in_a_cell_only_so_much_is_made_as_tells_that_it_is_too_long() -> (
    None
):
    assert len(value(Many(Text(9), 1, 20), "老人、" * 3_000)) == 21
