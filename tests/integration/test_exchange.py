"""Tables in and out over HTTP: what is exported is what the list says, what is uploaded is there once."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from stdnum.cn import uscc
from werkzeug.test import TestResponse

from gateway.files import exports, whole_lists
from gateway.files.columns import DAY_FORM, Column
from gateway.files.formats import CSV, XLSX
from gateway.files.lists import EXPORTS
from schemas.exchange.kinds import BRANCH, NEED, OFFERING, PARTNER, SECRETARY, UNIT
from services.district.calendar import LOCAL
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.unit.exchange.books import book
from tests.unit.exchange.clerks import Leaf, workbook

TEMPTING = '=HYPERLINK("http://there","看")'


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Gateway]:
    """One in which nothing has happened yet."""
    with gateway(tmp_path) as made:
        yield made


def admin(front: Gateway) -> str:
    return front.token("A1", ("district_admin", DISTRICT))


def credit_code(number: int) -> str:
    seventeen = f"91510108MA{number:07}"
    return seventeen + str(uscc.calc_check_digit(seventeen))


def unit(number: int, **changes: Any) -> list[Any]:
    cells = {
        "name": f"虚构单位{number}", "credit_code": credit_code(number), "industry": "电力", "community": COMMUNITY,
        "members": 12, "contact_role": "联络员",
    }  # fmt: skip
    return [(cells | changes).get(field) for field in UNIT]


def units(*rows: list[Any]) -> bytes:
    return book([*UNIT.values()], *rows)


def upload(
    front: Gateway,
    kind: str,
    content: bytes,
    media_type: str = XLSX,
    token: str = "",
    **asked: str,
) -> Any:
    answer = sent(front, kind, content, media_type, token, **asked)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def sent(
    front: Gateway,
    kind: str,
    content: bytes,
    media_type: str = XLSX,
    token: str = "",
    **asked: str,
) -> TestResponse:
    path = f"/imports/{kind}?" + "&".join(
        f"{name}={value}" for name, value in asked.items()
    )
    return front.ask(
        "POST", path, token or admin(front), data=content, content_type=media_type
    )


def outcomes(report: Any) -> list[tuple[int, str, list[str]]]:
    return [
        (row["line"], row["outcome"], [error["code"] for error in row["errors"]])
        for row in report["rows"]
    ]


def listed(front: Gateway, path: str, then: str = "?") -> list[dict[str, Any]]:
    return front.get(f"{path}{then}limit=100", admin(front)).get_json()["items"]  # type: ignore[no-any-return]


def sheet_of(answer: TestResponse) -> list[list[Any]]:
    assert answer.status_code == 200, answer.text
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def approved_unit(front: Gateway, number: int, name: str = "") -> str:
    report = upload(
        front, "units", units(unit(number, **({"name": name} if name else {})))
    )
    id = str(report["rows"][0]["id"])
    front.done(f"/units/{id}/approve", admin(front))
    return id


def day_ahead(days: int) -> str:
    return (datetime.now(LOCAL) + timedelta(days=days)).date().isoformat()


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


def need(words: str) -> list[Any]:
    cells = {
        "category": "零距离便民", "audience": "老人", "urgency": "routine", "community": COMMUNITY, "grid": "G-01",
        "slots": "SA-am、SU-am", "beneficiary": None, "words": words,
    }  # fmt: skip
    return [cells[field] for field in NEED]


def saturday(weeks: int) -> str:
    """The first one at least so many weeks ahead."""
    today = datetime.now(LOCAL).weekday()
    return day_ahead(7 * weeks + (5 - today) % 7)


def offering(owner: str, **changes: Any) -> list[Any]:
    cells = {
        "unit": owner, "title": "线路检查", "category": "零距离安全", "audience": "老人、困难家庭",
        "place": "党群服务中心", "community": COMMUNITY, "starts_at": f"{saturday(1)} 9:00", "minutes": 60,
        "repeats": "FREQ=WEEKLY;BYDAY=SA", "except_on": saturday(2), "capacity": 2, "per": "week",
        "valid_until": "2099年12月31日",
    }  # fmt: skip
    return [(cells | changes).get(field) for field in OFFERING]


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


def partner(name: str, **changes: Any) -> list[Any]:
    cells = {
        "name": name, "kind": "居民骨干", "credit_code": None, "community": COMMUNITY, "categories": "文化体育、其他",
        "hours": "周六 9:00-12:00、周日 9:00-12:00", "contact_role": "店长",
    }  # fmt: skip
    return [(cells | changes)[field] for field in PARTNER]


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


def separated(*rows: list[Any], encoding: str = "utf-8") -> bytes:
    file = StringIO(newline="")
    csv.writer(file).writerows([[*UNIT.values()], *rows])
    return file.getvalue().encode(encoding)


def test_a_list_too_long_says_so_in_its_last_row(
    fresh: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(fresh, "units", units(*(unit(number) for number in range(5))))
    monkeypatch.setattr(whole_lists, "MOST", 4)
    monkeypatch.setattr(whole_lists, "PER_PAGE", 2)
    rows = sheet_of(fresh.get("/lists/units.xlsx", admin(fresh)))
    assert len(rows) == 6
    assert rows[-1][0] == exports.CUT


def test_the_same_table_uploaded_twice_adds_nothing(fresh: Gateway) -> None:
    content = units(unit(1), unit(2))
    first = upload(fresh, "units", content)
    assert (first["imported"], first["already"], first["refused"]) == (2, 0, 0)
    ids = [row["id"] for row in first["rows"]]
    assert ids == [document["id"] for document in listed(fresh, "/units")]
    again = upload(
        fresh,
        "units",
        separated(unit(1), unit(2), encoding="gb18030"),
        CSV,
        mode="each",
    )
    assert (
        again["imported"],
        again["already"],
        [row["id"] for row in again["rows"]],
    ) == (0, 2, ids)
    more = upload(fresh, "units", units(unit(1), unit(3)))
    assert outcomes(more) == [(2, "already", []), (3, "imported", [])]
    assert len(listed(fresh, "/units")) == 3


def test_all_or_nothing_leaves_nothing(fresh: Gateway) -> None:
    report = upload(
        fresh,
        "units",
        units(
            unit(1),
            unit(2, community="510108999001"),
            unit(3, credit_code=credit_code(1)),
        ),
    )
    assert outcomes(report) == [
        (2, "refused", ["others_refused"]),
        (3, "refused", ["unknown_division"]),
        (4, "refused", ["duplicate_credit_code"]),
    ]
    assert report["rows"][1]["errors"] == [
        {
            "column": "社区代码", "path": "community", "code": "unknown_division", "cell": "D3",
            "message": "工作表“Sheet”D3（社区代码）填的是“510108999001”：没有区划代码为 510108999001 的街道或社区",
        }
    ]  # fmt: skip
    assert listed(fresh, "/units") == []


def test_a_row_that_does_not_load_keeps_all_from_being_asked(fresh: Gateway) -> None:
    report = upload(
        fresh,
        "units",
        units(unit(1), unit(2, members="很多", industry="钓鱼"), unit(1)),
    )
    assert outcomes(report) == [
        (2, "refused", ["others_refused"]),
        (3, "refused", ["not_allowed", "wrong_type"]),
        (4, "refused", ["duplicate_row"]),
    ]
    assert [error["column"] for error in report["rows"][1]["errors"]] == [
        "行业",
        "职工人数",
    ]
    assert listed(fresh, "/units") == []


def test_in_each_mode_every_good_row_goes_in(fresh: Gateway) -> None:
    rows = [unit(1), unit(2, members=-1), unit(3, community="510108999001"), unit(4)]
    report = upload(fresh, "units", units(*rows), mode="each")
    assert [row["outcome"] for row in report["rows"]] == [
        "imported",
        "refused",
        "refused",
        "imported",
    ]
    assert (report["imported"], report["already"], report["refused"]) == (2, 0, 2)
    assert [document["name"] for document in listed(fresh, "/units")] == [
        "虚构单位1",
        "虚构单位4",
    ]


def test_a_row_of_two_commands_is_whole_or_not_at_all(fresh: Gateway) -> None:
    heading = [*BRANCH.values(), *SECRETARY.values()]
    good = [
        "虚构直播支部",
        "虚构传媒",
        COMMUNITY,
        None,
        None,
        "P7",
        "2026/1/1",
        "2028.12.31",
    ]
    wrong_site = [
        "虚构电商支部",
        "虚构电商",
        COMMUNITY,
        "S9",
        None,
        "P8",
        "2026-01-01",
        "2028-12-31",
    ]
    report = upload(fresh, "branches", book(heading, good, wrong_site), mode="each")
    assert [row["outcome"] for row in report["rows"]] == ["imported", "refused"]
    (branch,) = listed(fresh, "/branches")
    assert branch["terms"] == [
        {"person": "P7", "since": "2026-01-01", "until": "2028-12-31"}
    ]


def test_a_row_is_asked_in_the_name_of_who_uploads_it(front: Gateway) -> None:
    owner = approved_unit(front, 300)
    content = book([*OFFERING.values()], offering(owner, title="只有本单位能发布"))
    stranger = front.token("L9", ("unit_liaison", "unit/U9"))
    report = upload(front, "offerings", content, token=stranger)
    assert outcomes(report) == [(2, "refused", ["not_your_unit"])]
    liaison = front.token("L1", ("unit_liaison", f"unit/{owner}"))
    assert upload(front, "offerings", content, token=liaison)["imported"] == 1
    resident = sent(
        front, "offerings", content, token=front.token("R1", ("resident", DISTRICT))
    )
    assert (resident.status_code, resident.get_json()["code"]) == (403, "forbidden")
    nobody = front.ask("POST", "/imports/offerings", data=content, content_type=XLSX)
    assert (nobody.status_code, nobody.get_json()["code"]) == (401, "unauthenticated")


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


def test_the_same_list_from_two_clerks_of_one_community_is_registered_once(
    front: Gateway,
) -> None:
    first, second = (
        front.token(name, ("community_worker", COMMUNITY)) for name in ("W7", "W8")
    )
    content = book([*NEED.values()], need("两个人报的同一件事"), need("又一件"))
    assert upload(front, "needs", content, token=first)["imported"] == 2
    again = upload(front, "needs", content, token=second)
    assert (again["imported"], again["already"]) == (0, 2)
    admin_of_the_street = front.token("A7", ("street_admin", COMMUNITY[:9]))
    assert (
        upload(front, "needs", content, token=admin_of_the_street, mode="each")[
            "already"
        ]
        == 2
    )
    elsewhere = front.token("W9", ("community_worker", "510108002002"))
    assert upload(front, "needs", content, token=elsewhere)["imported"] == 2
    resident, other = (
        front.token(name, ("resident", COMMUNITY)) for name in ("R7", "R8")
    )
    for token in (resident, other):
        assert upload(front, "needs", content, token=token)["imported"] == 2


def test_branches_and_their_secretaries_from_two_clerks_are_registered_once(
    fresh: Gateway,
) -> None:
    rows = book(
        [*BRANCH.values(), *SECRETARY.values()],
        [
            "示例支部",
            "示例传媒",
            COMMUNITY,
            None,
            None,
            "P7",
            "2026-01-01",
            "2028-12-31",
        ],
    )
    first, second = (
        fresh.token(name, ("street_admin", COMMUNITY[:9])) for name in ("A8", "A9")
    )
    assert upload(fresh, "branches", rows, token=first)["imported"] == 1
    assert upload(fresh, "branches", rows, token=second)["already"] == 1
    (branch,) = listed(fresh, "/branches")
    assert len(branch["terms"]) == 1


def test_the_same_offerings_from_two_liaisons_of_a_unit_are_published_once(
    front: Gateway,
) -> None:
    owner = approved_unit(front, 610)
    content = book([*OFFERING.values()], offering(owner, title="一项"))
    first, second = (
        front.token(name, ("unit_liaison", f"unit/{owner}")) for name in ("L7", "L8")
    )
    assert upload(front, "offerings", content, token=first)["imported"] == 1
    assert upload(front, "offerings", content, token=second)["already"] == 1


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_a_list_as_it_was_had_can_be_imported_elsewhere(
    front: Gateway, tmp_path: Path, format: str
) -> None:
    tempting = separated(
        unit(620, name=f"'=示例，“单位”_x0041_{format}"), unit(621, name="-1")
    )
    upload(front, "units", tempting, CSV)
    branch = [
        f"往返支部{format}",
        "示例传媒",
        COMMUNITY,
        None,
        None,
        "P7",
        "2026-01-01",
        "2028-12-31",
    ]
    upload(
        front,
        "branches",
        book([*BRANCH.values(), *SECRETARY.values()], branch),
        mode="each",
    )
    manager = front.token("M1", ("partner_manager", DISTRICT))
    id = front.done("/partners", manager, **PARTNER_BODY, name=f"往返书屋{format}")[
        "id"
    ]
    front.done(f"/partners/{id}/approve", admin(front))
    with gateway(tmp_path) as elsewhere:
        for kind in ("units", "branches", "partners"):
            content = front.get(f"/lists/{kind}.{format}", admin(front)).data
            report = upload(elsewhere, kind, content, mode="each")
            assert report["refused"] == 0, report
            assert report["imported"] == len(listed(front, f"/{kind}"))
            here, there = (
                {
                    one["name"]: one.get("hours", one.get("terms"))
                    for one in listed(stage, f"/{kind}")
                }
                for stage in (front, elsewhere)
            )
            assert kind == "partners" or here == there


def test_a_list_that_comes_back_after_it_was_decided_on_is_known(
    fresh: Gateway,
) -> None:
    rows = [unit(1), unit(2)]
    ids = [row["id"] for row in upload(fresh, "units", units(*rows))["rows"]]
    for id in ids:
        fresh.done(f"/units/{id}/approve", admin(fresh))
    back = fresh.get("/lists/units.xlsx", admin(fresh)).data
    report = upload(fresh, "units", back)
    assert (report["imported"], report["already"], report["refused"]) == (0, 2, 0)
    wanted = [*UNIT.values(), "审核状态", "最近决定的原因"]
    rejected = upload(fresh, "units", book(wanted, [*unit(1), "未通过", "名称不符"]))
    assert outcomes(rejected) == [(2, "refused", ["cannot_reject"])]


def test_old_lists_come_with_their_own_days_and_states(fresh: Gateway) -> None:
    def table(*rows: dict[str, Any]) -> bytes:
        return book(list(rows[0]), *[list(row.values()) for row in rows])

    old = dict(zip(UNIT.values(), unit(1), strict=True)) | {
        "加入日期": "2019年3月5日",
        "审核状态": "已通过",
    }
    rejected = dict(zip(UNIT.values(), unit(2), strict=True)) | {
        "加入日期": None,
        "审核状态": "未通过",
    }
    told = upload(
        fresh,
        "units",
        table(
            old | {"最近决定的原因": None}, rejected | {"最近决定的原因": "名称不符"}
        ),
    )
    assert (told["imported"], told["refused"]) == (2, 0)
    assert [(one.get("joined_on"), one["state"]) for one in listed(fresh, "/units")] == [
        ("2019-03-05", "approved"), (None, "rejected"),
    ]  # fmt: skip
    wrong = upload(
        fresh,
        "units",
        table(old | {"审核状态": "待审核", "最近决定的原因": "名称不符"}),
    )
    assert outcomes(wrong) == [(2, "refused", ["of_another_state"])]

    owner = told["rows"][0]["id"]
    was = dict(zip(OFFERING.values(), offering(owner), strict=True))
    was |= {
        "首次开始时间": "2024-03-02 9:00",
        "有效期至": "2024-12-31",
        "例外日期": None,
    }
    assert outcomes(upload(fresh, "offerings", table(was))) == [
        (2, "refused", ["in_the_past"])
    ]
    assert (
        upload(fresh, "offerings", table(was | {"下架日期": "2024年12月31日"}))[
            "imported"
        ]
        == 1
    )
    (retired,) = listed(fresh, "/offerings?state=retired", "&")
    assert (retired["retired_on"], retired["valid_until"]) == (
        "2024-12-31",
        "2024-12-31",
    )

    branch = {
        "党支部名称": "示例支部",
        "所在企业": "示例传媒",
        "社区代码": COMMUNITY,
        "成立日期": "2015/7/1",
    }
    ended = branch | {
        "党支部名称": "旧支部",
        "状态": "已撤销",
        "撤销日期": "2023-06-30",
        "撤销的原因": "企业迁出",
    }
    here = branch | {"状态": "正常", "撤销日期": None, "撤销的原因": None}
    assert upload(fresh, "branches", table(here, ended))["imported"] == 2
    kept = {
        one["name"]: (one["established_on"], one["state"], one.get("ended_on"))
        for one in listed(fresh, "/branches")
    }
    assert kept == {
        "示例支部": ("2015-07-01", "established", None), "旧支部": ("2015-07-01", "dissolved", "2023-06-30"),
    }  # fmt: skip

    grid = {
        "微网格编码": "W-1",
        "名称": "一",
        "社区代码": COMMUNITY,
        "有效期始": "2020-01-01",
        "有效期止": "2023-12-31",
    }
    assert upload(fresh, "grids", table(grid))["imported"] == 1

    out = dict(zip(PARTNER.values(), partner("旧书屋"), strict=True))
    out |= {
        "审核状态": "已退出",
        "最近决定的原因": "停业或解散",
        "加入联盟日期": "2021-05-04",
    }
    assert upload(fresh, "partners", table(out))["imported"] == 1
    (left,) = listed(fresh, "/partners")
    assert (left["state"], left["alliance"][0]["since"]) == ("withdrawn", "2021-05-04")


PARTNER_BODY: dict[str, Any] = {
    "kind": "居民骨干", "community": COMMUNITY, "categories": ["文化体育"], "contact_role": "店长",
    "hours": [{"day": "SA", "opens": "09:00", "closes": "12:00"}, {"day": "SU", "opens": "14:00", "closes": "18:00"}],
}  # fmt: skip


def test_a_mode_there_is_none_of_is_refused(front: Gateway) -> None:
    answer = sent(front, "units", units(unit(1)), mode="some")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "not_allowed")


def test_a_template_can_be_had_by_anybody_and_uploaded_filled_in(
    fresh: Gateway,
) -> None:
    book = load_workbook(BytesIO(fresh.get("/imports/units/template.xlsx").data))
    book.worksheets[0].append(unit(1))
    file = BytesIO()
    book.save(file)
    assert upload(fresh, "units", file.getvalue())["imported"] == 1


def test_a_thousand_rows_go_in_at_once(fresh: Gateway) -> None:
    report = upload(fresh, "units", units(*(unit(number) for number in range(1000))))
    assert report["imported"] == 1000
    assert len(sheet_of(fresh.get("/lists/units.xlsx", admin(fresh)))) == 1001


def test_a_partner_that_was_reinstated_is_in_the_directory_again(
    front: Gateway,
) -> None:
    manager = front.token("M1", ("partner_manager", DISTRICT))
    body = {
        "name": "复业书店", "kind": "社区商家", "credit_code": credit_code(500), "categories": ["亲子教育"],
        "contact_role": "店长", "community": COMMUNITY,
    }  # fmt: skip
    one = f"/partners/{front.done('/partners', manager, **body)['id']}"

    def is_there() -> bool:
        told = front.get(
            "/exchange/hsds", front.token("D1", ("district_analyst", DISTRICT))
        ).get_json()
        return "复业书店" in [
            organization["name"] for organization in told["organizations"]
        ]

    for step, reason, there in (
        ("approve", {}, True), ("suspend", {"reason": "年检"}, False), ("reinstate", {}, True),
    ):  # fmt: skip
        front.done(f"{one}/{step}", admin(front), **reason)
        assert is_there() is there, step


def test_the_district_is_exchanged_with_its_readers_only(front: Gateway) -> None:
    owner = approved_unit(front, 400)
    upload(front, "offerings", book([*OFFERING.values()], offering(owner)))
    told = front.get(
        "/exchange/hsds", front.token("D1", ("district_analyst", DISTRICT))
    ).get_json()
    assert told["complete"] is True
    assert {service["organization_id"] for service in told["services"]} <= {
        body["id"] for body in told["organizations"]
    }
    assert told["schedules"][0]["freq"] == "WEEKLY"
    assert saturday(2) in told["schedules"][0]["notes"]
    assert front.get("/exchange/hsds").status_code == 401
    assert (
        front.get(
            "/exchange/hsds", front.token("R1", ("resident", DISTRICT))
        ).status_code
        == 403
    )


def test_a_reader_is_told_of_the_places_they_read_and_of_each_thing_once(
    front: Gateway,
) -> None:
    approved_unit(front, 401)

    def told(*scopes: str) -> list[str]:
        reader = front.token("D1", *(("district_analyst", scope) for scope in scopes))
        organizations = front.get("/exchange/hsds", reader).get_json()["organizations"]
        return [organization["id"] for organization in organizations]

    everything = told(DISTRICT)
    assert everything
    assert told("*") == told(COMMUNITY, DISTRICT) == told(COMMUNITY) == everything
    assert told("510104") == told("unit/U1") == []
