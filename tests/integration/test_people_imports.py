"""A worker's list of elders or volunteers: recorded from a workbook, each with their consent."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schemas.exchange.people import PERSON
from tests.integration.exchange.tables import outcomes, upload
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.unit.exchange.books import book

ELDER = {
    "name": "令狐秀英",
    "born": "1946",
    "contacts": "13900005678、13900005679",
    "community": COMMUNITY,
    "consent_how": "电话",
    "consent_on": "2026-05-30",
}
CHILD = {"name": "令狐小明", "born": "2020-03"}


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    with gateway(tmp_path) as front:
        yield front


def sheet(*changes: dict[str, Any]) -> bytes:
    rows = [list((ELDER | change).values()) for change in changes]
    return book([*PERSON.values()], *rows)


def worker(front: Gateway, community: str = COMMUNITY) -> str:
    return front.token("W1", ("community_worker", community))


def recorded(front: Gateway) -> list[dict[str, Any]]:
    path = f"/people?division={DISTRICT}"
    items: list[dict[str, Any]] = front.get(path, worker(front)).get_json()["items"]
    return items


def test_a_list_is_recorded_whole_and_once(front: Gateway, tmp_path: Path) -> None:
    content = sheet({}, {"name": "令狐国强"})
    report = upload(front, "people", content, token=worker(front))
    assert [row[1] for row in outcomes(report)] == ["imported"] * 2
    again = upload(front, "people", content, token=worker(front))
    assert [row[1] for row in outcomes(again)] == ["already"] * 2
    first, second = recorded(front)
    assert (first["name"], second["name"]) == ("令*", "令*")
    assert first["contacts"] == ["139****5678", "139****5679"]
    assert first["consent"] == {"how": "电话", "on": "2026-05-30"}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if "令狐秀英".encode() in path.read_bytes()]


def test_one_row_that_is_wrong_is_none_of_them_or_itself_alone(front: Gateway) -> None:
    content = sheet({}, CHILD, {"name": "令狐国强", "consent_on": None})
    report = upload(front, "people", content, token=worker(front))
    assert [row[1] for row in outcomes(report)] == ["refused"] * 3
    assert recorded(front) == []
    each = upload(front, "people", content, token=worker(front), mode="each")
    assert outcomes(each) == [
        (2, "imported", []),
        (3, "refused", ["guardian_needed"]),
        (4, "refused", ["missing_field"]),
    ]
    child, no_day = (row["errors"][0] for row in each["rows"][1:])
    assert (child["column"], no_day["column"]) == ("怎样同意的", "同意日期")
    assert len(recorded(front)) == 1


def test_nobody_is_recorded_where_one_does_not_work(front: Gateway) -> None:
    elsewhere = worker(front, "510108002002")
    report = upload(front, "people", sheet({}), token=elsewhere)
    assert outcomes(report) == [(2, "refused", ["out_of_scope"])]


def test_lists_are_read_as_clerks_write_them(front: Gateway) -> None:
    """Names set wide, numbers side by side or none, a place as a number, consent in a word more."""
    titles = ["姓 名", "出生日期", "手机号", "社区代码", "同意方式", "同意时间"]
    people = (
        {"name": "令　狐 明", "born": date(1946, 3, 1), "consent_how": "当面同意"},
        {"name": "令狐芳", "contacts": "13900005678 13900005679"},
        {"name": "令狐强", "contacts": "无", "consent_how": "签字"},
        {"name": "令狐小明", "born": "2020-03", "consent_how": "监护人同意"},
        {"name": "令狐国", "community": int(COMMUNITY)},
    )
    content = book(titles, *[list((ELDER | one).values()) for one in people])
    report = upload(front, "people", content, token=worker(front))
    assert [row[1] for row in outcomes(report)] == ["imported"] * len(people)
    told = recorded(front)
    assert [len(one["contacts"]) for one in told] == [2, 2, 0, 2, 2]
    assert [one["consent"]["how"] for one in told][:4] == [
        "当面",
        "电话",
        "书面",
        "监护人代为同意",
    ]
    named = {"division": DISTRICT, "name": "令 狐 明"}
    found = front.post("/people/find", worker(front), **named).get_json()["items"]
    assert [one["id"] for one in found] == [told[0]["id"]]


def test_two_names_one_below_the_other_are_not_one_person(front: Gateway) -> None:
    report = upload(
        front, "people", sheet({"name": "令狐芳\n令狐明"}), token=worker(front)
    )
    assert outcomes(report) == [(2, "refused", ["line_break"])]


@pytest.mark.parametrize("said", ["同意", "是", "微信", "已同意"])
def test_how_somebody_agreed_is_not_guessed(front: Gateway, said: str) -> None:
    content = sheet({"consent_how": said})
    report = upload(front, "people", content, token=worker(front))
    assert outcomes(report) == [(2, "refused", ["not_allowed"])]
