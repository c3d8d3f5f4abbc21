"""What is exported is what the list says, to whom the list is shown."""

import csv
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from gateway.files import exports, whole_lists
from gateway.files.columns import DAY_FORM, Column
from gateway.files.formats import CSV, XLSX
from gateway.files.lists import EXPORTS
from schemas.exchange.kinds import BRANCH, NEED, OFFERING, PARTNER
from tests.integration.exchange.tables import (
    TEMPTING,
    admin,
    approved_unit,
    day_ahead,
    listed,
    need,
    offering,
    partner,
    separated,
    sheet_of,
    unit,
    units,
    upload,
)
from tests.integration.gateway_stage import COMMUNITY, Gateway
from tests.unit.exchange.books import book


def project(front: Gateway, owner: str) -> None:
    """A need uploaded by a community worker, verified, and claimed by the unit."""
    worker = front.token("W1", ("community_worker", COMMUNITY))
    rows = book(
        [*NEED.values()], need(f"楼道灯坏了{owner}"), need(f"想学用手机{owner}")
    )
    report = upload(front, "needs", rows, token=worker)
    for row in report["rows"]:
        front.done(
            f"/needs/{row['id']}/verify", worker, title="一项需求", urgency="routine"
        )
    front.done(
        f"/needs/{report['rows'][0]['id']}/claim",
        admin(front),
        unit=owner,
        due=day_ahead(9),
    )


def published(front: Gateway) -> None:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    times = {
        "starts_at": f"{day_ahead(9)}T09:00:00+08:00",
        "ends_at": f"{day_ahead(9)}T10:00:00+08:00",
    }
    about = {
        "title": "义诊",
        "category": "义诊",
        "community": COMMUNITY,
        "place": "院内",
        "capacity": 20,
    }
    made = front.done(
        "/activities", worker, host=f"community/{COMMUNITY}", **about, **times
    )
    front.done(f"/activities/{made['id']}/publish", worker)


@pytest.mark.parametrize(
    "name",
    [one.name for one in EXPORTS if one.name not in {"facts", "roster", "sign_in"}],
)
def test_an_exported_sheet_says_what_the_json_list_says(
    front: Gateway, name: str
) -> None:
    owner = approved_unit(front, 100 + [one.name for one in EXPORTS].index(name))
    upload(
        front,
        "offerings",
        book([*OFFERING.values()], offering(owner), offering(owner, title="义诊")),
    )
    upload(
        front,
        "branches",
        book([*BRANCH.values()], [f"支部{name}", "星河传媒", COMMUNITY]),
    )
    upload(front, "partners", book([*PARTNER.values()], partner(f"书店{name}")))
    if name in {"needs", "commitments"}:
        project(front, owner)
    if name in {"activities", "sessions"}:
        published(front)
    (export,) = (one for one in EXPORTS if one.name == name)
    heading, *rows = sheet_of(front.get(f"/lists/{name}.xlsx", admin(front)))
    assert heading == [column.heading for column in export.columns]
    documents = listed(front, f"/{name}")
    assert documents
    called = {
        one["id"]: one["name"]
        for level in ("street", "community")
        for one in divisions(front, level)
    }
    assert [
        [
            as_shown(cell, column)
            for cell, column in zip(row, export.columns, strict=True)
        ]
        for row in rows
    ] == [
        [
            called[code]
            if column.register and (code := column.of(document))
            else column.of(document)
            for column in export.columns
        ]
        for document in documents
    ]
    answer = front.get(f"/lists/{name}.csv", admin(front))
    table = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in table[1:]] == [document["id"] for document in documents]


def divisions(front: Gateway, level: str) -> list[dict[str, Any]]:
    return listed(front, f"/divisions?level={level}", "&")


def test_the_list_of_needs_has_all_of_them_and_says_what_was_chosen(
    front: Gateway,
) -> None:
    project(front, approved_unit(front, 350))
    book_of_all = load_workbook(
        BytesIO(front.get("/lists/needs.xlsx", admin(front)).data)
    )
    heading, *rows = book_of_all.worksheets[0].iter_rows(values_only=True)
    states = {row[heading.index("状态")] for row in rows}
    assert {"待认领", "办理中"} <= states
    assert [list(row) for row in book_of_all["说明"].iter_rows(min_row=2, values_only=True)] == [
        ["清单", "需求清单"], ["按字词查找", "全部"], ["区、街道或社区代码", "全部"],
        ["类别", "全部"], ["状态", "全部"],
    ]  # fmt: skip
    asked = f"division={COMMUNITY}&state=verified,claimed"
    some = load_workbook(
        BytesIO(front.get(f"/lists/needs.xlsx?{asked}", admin(front)).data)
    )
    chosen = {
        row[0]: row[1] for row in some["说明"].iter_rows(min_row=2, values_only=True)
    }
    [name] = [
        one["name"] for one in divisions(front, "community") if one["id"] == COMMUNITY
    ]
    assert chosen["区、街道或社区代码"] == f"{name}（{COMMUNITY}）"
    assert chosen["状态"] == "待认领、办理中"


def test_a_file_that_has_one_table_says_what_was_chosen_in_its_name(
    front: Gateway,
) -> None:
    def called(path: str) -> str:
        disposition = front.get(path, admin(front)).headers["Content-Disposition"]
        return unquote(disposition.partition("''")[2])

    assert called("/lists/needs.csv") == "需求清单.csv"
    assert called("/lists/needs.csv?state=verified") == "需求清单（状态 待认领）.csv"
    assert called("/lists/offerings.csv") == "资源清单（状态 已发布）.csv"


def as_shown(cell: Any, column: Column) -> Any:
    """openpyxl reads every day back as a moment."""
    return cell.date() if cell and column.form == DAY_FORM else cell


def test_the_filters_of_the_list_are_those_of_the_file(front: Gateway) -> None:
    owner = approved_unit(front, 200)
    upload(
        front,
        "offerings",
        book([*OFFERING.values()], offering(owner, title="单独一项")),
    )
    rows = sheet_of(front.get(f"/lists/offerings.xlsx?unit={owner}"))
    assert [row[1] for row in rows[1:]] == ["单独一项"]
    refused = front.get("/lists/offerings.xlsx?state=nothing")
    assert (refused.status_code, refused.get_json()["code"]) == (422, "not_allowed")
    assert (
        front.get("/lists/offerings.xlsx?limit=5").get_json()["code"] == "unknown_field"
    )
    assert (
        front.get("/lists/offerings.csv?unit=A&unit=B").get_json()["code"]
        == "repeated_parameter"
    )


def test_who_may_not_see_the_list_gets_no_file(front: Gateway) -> None:
    assert front.get("/lists/offerings.csv").status_code == 200
    assert front.get("/lists/offerings.csv?state=paused").status_code == 401
    assert front.get("/lists/units.xlsx").get_json()["code"] == "unauthenticated"
    assert (
        front.get("/lists/partners.xlsx", "forged").get_json()["code"] == "token_forged"
    )


def test_a_file_is_kept_under_its_chinese_name(front: Gateway) -> None:
    answer = front.get("/lists/offerings.xlsx")
    assert answer.mimetype == XLSX
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"offerings.xlsx\"; filename*=UTF-8''%E8%B5%84%E6%BA%90%E6%B8%85%E5%8D%95.xlsx"
    )


def test_a_name_like_a_formula_comes_back_as_text(front: Gateway) -> None:
    approved_unit(front, 201, name="+86 电力")
    marked = separated(unit(202, name=f"'{TEMPTING}"))
    report = upload(front, "units", marked, CSV)
    assert report["imported"] == 1
    answer = front.get("/lists/units.xlsx", admin(front))
    cells = {
        cell.value: cell
        for row in load_workbook(BytesIO(answer.data)).worksheets[0]
        for cell in row
    }
    assert cells[TEMPTING].data_type == cells["+86 电力"].data_type == "s"
    plain = front.get("/lists/units.csv", admin(front)).data.decode("utf-8-sig")
    assert "'+86 电力" in plain
    assert "'=HYPERLINK" in plain


def test_a_list_too_long_says_so_in_its_last_row(
    fresh: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(fresh, "units", units(*(unit(number) for number in range(5))))
    monkeypatch.setattr(whole_lists, "MOST", 4)
    monkeypatch.setattr(whole_lists, "PER_PAGE", 2)
    rows = sheet_of(fresh.get("/lists/units.xlsx", admin(fresh)))
    assert len(rows) == 6
    assert rows[-1][0] == exports.CUT
