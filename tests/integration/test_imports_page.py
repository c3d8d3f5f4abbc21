"""A table sent on a page: how far it is, every row answered, those refused with their cells, the report to keep."""

import re
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from werkzeug.test import TestResponse

from services.xfh.demo.plan import credit_code
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

HEADING = "单位名称,统一社会信用代码,行业,社区代码,职工人数,联系人职务"
GOOD = f"锦江供电所,{credit_code(1)},电力,{COMMUNITY},60,联络员"
LONG = range(101, 221)
BAD = f"望江水厂,123,供水,{COMMUNITY},60,联络员"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("imports")) as front:
        yield front


def sent(
    front: Gateway,
    *rows: str,
    role: str = "district_admin",
    buffered: bool = True,
    **more: Any,
) -> Any:
    text = "\n".join([HEADING, *rows]).encode()
    data = {"kind": "units", "mode": "each", "file": (BytesIO(text), "单位.csv")}
    token = front.token("A1", (role, DISTRICT))
    headers = {"Authorization": f"Bearer {token}"}
    return front.client.post(
        "/desk/imports", data=data | more, headers=headers, buffered=buffered
    )


def kept(answer: TestResponse) -> str:
    [table] = re.findall(
        r'href="data:text/csv;charset=utf-8;base64,([^"]*)"', answer.text
    )
    return b64decode(table).decode()


def test_good_rows_are_imported_and_bad_ones_say_which_cell(front: Gateway) -> None:
    answer = sent(front, GOOD, BAD)
    assert answer.status_code == 200
    assert "已导入 1 行" in answer.text
    assert "没有导入 1 行" in answer.text
    heading, first, *refused = kept(answer).splitlines()
    assert heading.endswith("行,结果,哪一格,问题")
    assert first.startswith("2,已导入,")
    assert any(line.startswith("3,没有导入,B3,") for line in refused)
    again = sent(front, GOOD)
    assert "此前已导入 1 行" in again.text


def test_all_or_nothing_is_what_it_says(front: Gateway) -> None:
    other = GOOD.replace(credit_code(1), credit_code(2))
    assert "一行也没有导入" in sent(front, other, BAD, mode="all").text
    assert "已导入 1 行" in sent(front, other, mode="all").text


def test_a_long_table_says_how_far_it_is_and_goes_on_from_where_it_broke_off(
    front: Gateway,
) -> None:
    rows = [f"望平单位{n},{credit_code(n)},电力,{COMMUNITY},60,联络员" for n in LONG]
    begun = sent(front, *rows, buffered=False)
    parts = iter(begun.response)
    seen = b""
    while "已核对 50 行，共 120 行".encode() not in seen:
        seen += next(parts)
    begun.close()  # The page is left, or the platform ends, in the middle.
    again = sent(front, *rows)
    assert "已核对 100 行，共 120 行" in again.text
    assert "此前已导入 50 行" in again.text
    assert "已导入 70 行" in again.text
    assert len(kept(again).splitlines()) == 1 + len(rows)


def test_other_columns_are_passed_over_where_that_is_ticked(front: Gateway) -> None:
    other = GOOD.replace(credit_code(1), credit_code(3))
    file = (BytesIO(f"序号,{HEADING}\n1,{other}".encode()), "单位.csv")
    refused = sent(front, file=file)
    assert "请勾选“跳过不认识的列”" in refused.text
    again = (BytesIO(f"序号,{HEADING}\n1,{other}".encode()), "单位.csv")
    answer = sent(front, file=again, extra="skip")
    assert "已导入 1 行" in answer.text
    assert "没有导入的列：序号" in answer.text
    assert re.search('name="extra" value="skip" checked', answer.text)


@pytest.mark.parametrize(
    ("more", "status", "says"),
    [
        ({"kind": ""}, 422, "请选择导入什么"),
        ({"file": (BytesIO(), "")}, 422, "请选择一个文件"),
        ({"role": "resident"}, 403, "不能"),
    ],
)
def test_what_cannot_be_read_or_asked_is_said_on_the_page(
    front: Gateway, more: dict[str, Any], status: int, says: str
) -> None:
    answer = sent(front, GOOD, **more)
    assert answer.status_code == status
    assert says in answer.text
