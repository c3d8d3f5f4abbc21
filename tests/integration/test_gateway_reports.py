"""A month's report over HTTP: frozen, restated, explained, as a file and as a page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import render_template
from openpyxl import load_workbook

from gateway.pages.reports.page import shown
from schemas.fields import instant
from schemas.metrics.definitions import BY_IDENTIFIER, IDENTIFIERS
from services.kit.config import Settings
from services.xfh.commands import reports
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

JUNE, JULY = datetime(2026, 6, 9, 2, tzinfo=UTC), datetime(2026, 7, 2, 1, tzinfo=UTC)
STARTS = JUNE + timedelta(minutes=10)
MONTH = {"scope": DISTRICT, "month": "2026-06"}
REPORT = f"/metrics/reports/{DISTRICT}/2026-06"
REASON = "补录纸质签到表"
NOT_YET = {**MONTH, "month": "2026-07"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gateway")


def step_to(folder: Path, moment: datetime) -> None:
    (folder / "clock").write_text(str((moment - datetime.now(UTC)).total_seconds()))


@pytest.fixture(scope="module")
def front(folder: Path) -> Iterator[Gateway]:
    """Two have seats in June and one comes; in July it is frozen, the other is found on paper, and it is restated."""
    step_to(folder, JUNE)
    with gateway(folder) as made:
        worker, activity = token(made, "community_worker", COMMUNITY), held(made)
        step_to(folder, JULY)
        admin = token(made)
        target = {
            "scope": DISTRICT,
            "period": "2026-06",
            "figure": "person_times",
            "value": 2,
        }
        made.done("/metrics/targets", admin, **target)
        first = made.done("/metrics/reports", admin, **MONTH)
        assert (
            first["id"],
            first["version"],
            first["state"],
            first["open_sessions"],
        ) == (
            f"{DISTRICT}:2026-06",
            1,
            "frozen",
            1,
        )
        mark = {"person": "R2", "direction": "in", "at": instant(STARTS)}
        made.done(f"/activities/{activity}/checkins/paper/mark", worker, **mark)
        made.done(f"/activities/{activity}/close", worker, report="顺利")
        second = made.done(f"{REPORT}/restate", admin, reason=REASON)
        assert (second["version"], second["state_text"], second["open_sessions"]) == (
            2,
            "已更正重发",
            0,
        )
        yield made


def held(front: Gateway) -> str:
    worker = token(front, "community_worker", COMMUNITY)
    posting = {
        "title": "包粽子", "category": "邻里节庆", "community": COMMUNITY, "place": "广场", "capacity": 4,
        "starts_at": instant(STARTS), "ends_at": instant(STARTS + timedelta(hours=2)), "host": f"community/{COMMUNITY}",
    }  # fmt: skip
    activity = str(front.done("/activities", worker, **posting)["id"])
    for step in ("publish", "open"):
        front.done(f"/activities/{activity}/{step}", worker)
    for person in ("R1", "R2"):
        resident = front.token(person, ("resident", DISTRICT))
        front.done(
            f"/activities/{activity}/signups", resident, party=[{"person": person}]
        )
    front.done(f"/activities/{activity}/start", worker)
    front.done(f"/activities/{activity}/checkins", worker, person="R1")
    return activity


def token(front: Gateway, role: str = "district_admin", scope: str = DISTRICT) -> str:
    return front.token("A1", (role, scope))


# All is asked by who works in all communities: others are not told the figures of few people.


def ask(front: Gateway, path: str) -> Any:
    answer = front.get(path, token(front, "community_worker"))
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def value(report: Any, figure: str) -> Any:
    return next(item["value"] for item in report["items"] if item["figure"] == figure)


def test_i5_everything_done_is_answered_as_it_was_the_first_time(
    front: Gateway,
) -> None:
    front.must_answer_the_same_again()


def test_the_old_version_stays_and_both_stand_side_by_side(front: Gateway) -> None:
    first, second = ask(front, f"{REPORT}?version=1"), ask(front, REPORT)
    assert [value(one, "person_times") for one in (first, second)] == [1, 2]
    assert [one["open_days"] for one in (first, second)] == [["2026-06-09"], []]
    assert (
        next(item for item in second["items"] if item["figure"] == "person_times")[
            "reached"
        ]
        is True
    )
    versions = ask(front, f"{REPORT}/versions")["items"]
    assert [(one["version"], one.get("reason")) for one in versions] == [
        (2, REASON),
        (1, None),
    ]
    assert {one["figure"] for one in versions[0]["changed"]} >= {
        "person_times",
        "sessions_held",
        "open_sessions",
    }
    assert [
        one["version"]
        for one in ask(front, f"/metrics/reports?scope={DISTRICT}")["items"]
    ] == [2]


def test_the_difference_is_explained_fact_by_fact(front: Gateway) -> None:
    (fact,) = ask(front, f"{REPORT}/differences?earlier=1&later=2")["items"]
    changed = {one["figure"]: (one["before"], one["after"]) for one in fact["changes"]}
    assert changed["person_times"] == (1, 2)
    assert (changed["open_sessions"], changed["sessions_held"]) == ((1, 0), (0, 1))
    assert (fact["kind"], fact["place"], fact["day"]) == (
        "session",
        "望平社区",
        "2026-06-09",
    )
    assert ask(front, f"{REPORT}/differences?earlier=1&figure=closures")["items"] == []
    compared = {
        one["figure"]: one
        for one in ask(front, f"{REPORT}/comparison?earlier=1")["items"]
    }
    assert (compared["person_times"]["before"], compared["person_times"]["after"]) == (
        1,
        2,
    )


def test_i7_every_version_equals_a_recomputation_from_the_logs(
    front: Gateway, folder: Path
) -> None:
    found = reports.compare(Settings(data=folder, store=f"sqlite:{folder}"))
    assert (found.versions, found.differences) == (2, [])


@pytest.mark.parametrize(
    ("method", "path", "said", "status", "code"),
    [
        ("POST", "/metrics/reports", MONTH, 409, "already_frozen"),
        ("POST", "/metrics/reports", NOT_YET, 409, "month_not_over"),
        ("POST", "/metrics/reports", {**MONTH, "month": "2999-12"}, 409, "month_not_over"),
        ("POST", "/metrics/reports", {**MONTH, "month": "1000-01"}, 409, "nothing_to_report"),
        ("POST", "/metrics/reports", {**MONTH, "month": "0001-01"}, 422, "bad_month"),
        ("POST", "/metrics/reports", {**MONTH, "month": "2026-06-13"}, 422, "bad_month"),
        ("POST", "/metrics/reports", {**MONTH, "month": "2026"}, 422, "bad_month"),
        ("POST", "/metrics/reports", {**MONTH, "scope": COMMUNITY}, 422, "bad_report_scope"),
        ("POST", "/metrics/reports", {**MONTH, "scope": "510108099"}, 409, "unknown_division"),
        ("POST", f"{REPORT}/restate", {}, 422, "missing_field"),
        ("POST", f"{REPORT}/restate", {"reason": "没变"}, 409, "nothing_to_restate"),
        ("POST", f"/metrics/reports/{DISTRICT}/2026-05/restate", {"reason": "没有"}, 404, "not_frozen"),
        ("GET", f"{REPORT}?version=3", None, 404, "no_such_version"),
        ("GET", f"{REPORT}?version=0", None, 422, "bad_version"),
        ("GET", f"{REPORT}/comparison?earlier=9", None, 404, "no_such_version"),
        ("GET", f"{REPORT}/differences?earlier=2&later=1", None, 422, "not_later"),
        ("GET", f"{REPORT}/differences", None, 422, "missing_field"),
        ("GET", f"/metrics/reports/{DISTRICT}/2026-05", None, 404, "not_frozen"),
        ("GET", "/metrics/reports/510108099/2026-06", None, 404, "not_found"),
        ("GET", "/metrics/open-report?key=WyI1MTAxMDgiXQ.AAAAAAAAAAAA", None, 401, "bad_link"),
        ("GET", f"/lists/report.xlsx?scope={DISTRICT}&month=2026-05", None, 404, "not_frozen"),
        ("GET", f"/lists/breakdown.csv?scope={DISTRICT}&period=2026-06&by=person", None, 422, "not_allowed"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_by_name(
    front: Gateway, method: str, path: str, said: Any, status: int, code: str
) -> None:
    answer = front.ask(
        method, path, token(front), **({} if said is None else {"json": said})
    )
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_a_version_there_is_not_is_named_by_what_it_was_asked_for(
    front: Gateway,
) -> None:
    for asked, path in (
        ("?version=9", "version"),
        ("/comparison?earlier=9", "earlier"),
        ("/comparison?earlier=1&later=9", "later"),
    ):
        assert (
            front.get(f"{REPORT}{asked}", token(front)).get_json()["errors"][0]["path"]
            == path
        )


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("street_admin", STREET),
        ("district_admin", "510109"),
        ("community_worker", COMMUNITY),
    ],
)
def test_who_administers_less_than_the_scope_publishes_nothing(
    front: Gateway, role: str, scope: str
) -> None:
    for path, said in (
        ("/metrics/reports", NOT_YET),
        (f"{REPORT}/restate", {"reason": REASON}),
    ):
        answer = front.ask("POST", path, token(front, role, scope), json=said)
        assert (answer.status_code, answer.get_json()["code"]) in {
            (403, "out_of_scope"),
            (403, "forbidden"),
        }
    assert front.get(REPORT, token(front, role, scope)).status_code == 403
    assert front.get(REPORT).status_code == 401


def test_a_report_is_a_workbook_with_typed_cells_and_no_formula(front: Gateway) -> None:
    answer = front.client.get(
        f"/api/v1/lists/report.xlsx?scope={DISTRICT}&month=2026-06",
        headers=bearer(front),
    )
    book: Any = load_workbook(BytesIO(answer.data))
    assert book.sheetnames == [
        "月报",
        "说明",
        "街道社区",
        "活动类别",
        "主办方",
        "每天",
        "各版",
        "更正的事实",
    ]
    measured = {row[0].value: row[1] for row in book["月报"]}
    assert (measured["人次"].value, measured["人次"].number_format) == (2, "#,##0")
    assert (measured["满额率"].value, measured["满额率"].number_format) == (
        0.5,
        "0.00%",
    )
    assert measured["认领率"].value is None
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {
        "s",
        "n",
        "d",
    }
    told = {row[0].value: (row[2].value, row[4].value) for row in book["说明"]}
    assert told["人次"][1].startswith("签到到场的人次")
    assert told["反映到活动日志"][0] == ask(front, REPORT)["as_of"]["activities"]
    assert told["更正原因"][1] == REASON
    assert told["按主办方"][1].startswith("列出已举办场次最多的 20 个主办方")
    assert all(sheet.freeze_panes == "A2" for sheet in book)


def test_a_breakdown_is_a_workbook_and_its_rows_a_table(front: Gateway) -> None:
    path = f"/api/v1/lists/breakdown.xlsx?scope={DISTRICT}&period=2026-06&by=division"
    book: Any = load_workbook(
        BytesIO(front.client.get(path, headers=bearer(front)).data)
    )
    assert book.sheetnames == ["按街道社区", "说明"]
    heading, row = (
        list(cells) for cells in book["按街道社区"].iter_rows(values_only=True)
    )
    assert dict(zip(heading, row, strict=True)) | {
        "名称": "猛追湾街道",
        "人次": 2,
        "到场率": 1,
    } == dict(zip(heading, row, strict=True))
    told = {row[0].value: row[2].value for row in book["说明"]}
    assert (told["人次"], told["到场率"]) == (2, 1)


def test_a_report_is_one_table_as_csv(front: Gateway) -> None:
    path = f"/api/v1/lists/report.csv?scope={DISTRICT}&month=2026-06&version=1"
    heading, *rows = (
        front.client.get(path, headers=bearer(front))
        .data.decode("utf-8-sig")
        .splitlines()
    )
    assert heading.startswith("部分,代码,名称,人次,人数,")
    assert rows[0].startswith("全部,510108,成华区,1,1,")
    assert [row.partition(",")[0] for row in rows].count("每天") == 30


def bearer(front: Gateway) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(front, 'community_worker')}"}


@pytest.fixture(scope="module")
def page(front: Gateway) -> str:
    answer = front.client.get(f"/reports/{DISTRICT}/2026-06", headers=bearer(front))
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return str(answer.text)


def test_the_page_loads_nothing_from_outside_and_styles_nothing_inline(
    page: str,
) -> None:
    assert set(re.findall(r"(?:src|href|action)=\"([^\"#?]+)", page)) == {
        "/static/report.css",
        "2026-06/facts",
    }
    assert not re.search(r"<script|<style|\sstyle=|url\(", page)


def test_every_chart_has_a_title_a_description_and_a_table_beside_it(page: str) -> None:
    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(charts) == 3
    for chart in charts:
        names = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', chart)
        assert names
        for id in names.groups():
            assert re.search(rf'<(title|desc) id="{id}">[^<]+</\1>', chart)
    drawn = [section for section in page.split("<section") if "<svg" in section]
    assert len(drawn) == 3
    assert all("<table" in section.partition("</figure>")[2] for section in drawn)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_hosts_stand_in_a_table_without_a_chart_that_would_rank_them(page: str) -> None:
    (hosts,) = [
        section for section in page.split("<section") if 'id="hosts"' in section
    ]
    row = re.search(r'<th scope="row">望平社区</th>(.*?)</tr>', hosts)
    assert row
    cells = re.findall(r'<td data-name="(.*?)">(.*?)</td>', row[1])
    assert [(name, re.sub("<.*?>", "", value)) for name, value in cells] == [
        ("已举办场次", "1"),
        ("名额", "4"),
        ("人次", "2"),
    ]
    assert "<svg" not in hosts
    assert "不是名次" in hosts
    assert 'id="units"' not in page, "no unit has anything to do in June"


def test_grids_have_a_place_on_the_page_where_there_are_any(
    front: Gateway, page: str
) -> None:
    assert page.count('data-name="微网格覆盖率"') == 0
    report = ask(front, REPORT)
    for item in report["items"]:
        if item["figure"] == "grids":
            item["value"] = 75
    with front.client.application.test_request_context("/"):
        gridded = render_template("reports/report.html", say=str, **shown(report))
    assert gridded.count('data-name="微网格覆盖率"') == len(report["divisions"]) + 1
    assert '<span class="name">微网格覆盖率</span>' in gridded


def test_the_page_says_what_was_restated_why_and_by_which_facts(page: str) -> None:
    assert "这份月报更正过" in page
    for said in (
        REASON,
        "人次 1 → 2",
        "还没结束的场次 1 → 0",
        "望平社区",
        "含演示区划",
        "多少人评价",
    ):
        assert said in page
    assert page.count('data-name="定义"') == len(BY_IDENTIFIER)


def test_every_figure_of_the_page_opens_its_facts(front: Gateway) -> None:
    """Each that says anything, for who comes with a link, with or without numbers that are withheld."""
    path = ask(front, f"{REPORT}/link")["path"]
    page = front.client.get(path).text
    tables = (
        page.partition('id="restated"')[0]
        + page.partition('id="days"')[2].partition('id="versions"')[0]
    )
    numbers = re.findall(
        r"<(?:td|dd|span)[^>]*>[^<>]*</",
        re.sub(r"<svg.*?</svg>", "", tables, flags=re.DOTALL),
    )
    figures = [one for one in numbers if "目标" not in one]
    assert [one for one in figures if re.search(r">([0-9,]+|.*%|＊)<", one)] == []
    links = sorted(set(re.findall(r'href="(2026-06/facts\?[^"]+)"', page)))
    assert len(links) > 3 * len(IDENTIFIERS)
    for link in links:
        answer = front.client.get(f"/reports/{DISTRICT}/{unescape(link)}")
        assert (answer.status_code, answer.mimetype) == (200, "text/html"), link
        assert f'href="../2026-06?key={path.partition("?key=")[2]}"' in answer.text
        assert not re.search(r"<script|<style|\sstyle=|url\(", answer.text)


def test_the_page_of_facts_says_what_each_adds_and_goes_on(front: Gateway) -> None:
    where = f"/reports/{DISTRICT}/2026-06/facts?figure=turnout"
    page = front.client.get(where, headers=bearer(front)).text
    assert "报名后到场人数 ÷ 报名人数" in page
    assert re.search(r'场次“.+?”.*?data-name="社区">望平社区</td>', page)
    assert (
        front.client.get(f"{where}&limit=1", headers=bearer(front)).status_code == 200
    )
    assert front.client.get(where).status_code == 401
    assert front.client.get(
        f"{where}&figure=nothing".replace("turnout&figure=", "")
    ).status_code in (401, 422)


def test_a_link_to_facts_is_good_for_its_own_report_alone(front: Gateway) -> None:
    key = ask(front, f"{REPORT}/link")["path"].partition("?key=")[2]
    facts = f"/reports/{DISTRICT}/2026-06/facts?figure=person_times&key={key}"
    assert front.client.get(facts).status_code == 200
    for more in (
        "&period=2026-05",
        "&period=2025-06",
        "&period=2026-06-13",
        f"&scope={STREET}",
    ):
        assert front.client.get(f"{facts}{more}").status_code == 200
    for more in ("&period=2026-07", "&period=2026", "&period=2026-Q2", "&scope=510109"):
        assert front.client.get(f"{facts}{more}").status_code == 401
    assert front.client.get(facts.replace("2026-06", "2026-04")).status_code == 401
    page = front.client.get(f"{facts}&scope={COMMUNITY}").text
    assert "居民" not in page, "nobody is named to who comes with a link"


def test_the_old_version_says_so_and_that_days_were_open(front: Gateway) -> None:
    old = front.client.get(
        f"/reports/{DISTRICT}/2026-06?version=1", headers=bearer(front)
    ).text
    assert "这是旧版" in old
    assert "发布时有 1 天没有结束" in old


def test_a_link_opens_the_page_in_a_browser_that_sends_no_token(
    front: Gateway, folder: Path
) -> None:
    path = ask(front, f"{REPORT}/link")["path"]
    answer = front.client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "＊ 少于 5 人的数字" in answer.text
    key = path.partition("?key=")[2]
    assert f"?version=1&amp;key={key}" in answer.text
    assert front.client.get(f"{path}&version=1").status_code == 200
    assert front.client.get(f"/reports/{DISTRICT}/2026-05?key={key}").status_code == 401
    assert front.get(f"/metrics/open-report?key={key}").get_json()["version"] == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/reports/{DISTRICT}/2026-06", 401),
        (f"/reports/{DISTRICT}/2026-06?key=x", 422),
        (f"/reports/{DISTRICT}/2026-06?key={'x' * 40}", 401),
        (f"/reports/{DISTRICT}/2026-06?key={'x' * 40}&version=0", 422),
        (f"/reports/{DISTRICT}/2026-06?strange=1", 401),
        (f"/reports/{DISTRICT}/2026-06?month=2026-05", 422),
        ("/reports/%00/%F0", 422),
    ],
)
def test_what_cannot_be_opened_is_a_plain_page_or_a_problem(
    front: Gateway, path: str, status: int
) -> None:
    for accept, mimetype in (
        ("text/html", "text/html"),
        ("application/json", "application/problem+json"),
    ):
        answer = front.client.get(path, headers={"Accept": accept})
        assert (answer.status_code, answer.mimetype) == (status, mimetype), answer.text


def test_a_report_of_before_a_figure_was_defined_can_still_be_read(
    front: Gateway,
) -> None:
    report = ask(front, REPORT)
    unknown = {"claim_rate", "satisfaction", "turnout"}
    report["definitions"] = [
        one for one in report["definitions"] if one["identifier"] not in unknown
    ]
    report["items"] = [one for one in report["items"] if one["figure"] not in unknown]
    with front.client.application.test_request_context("/"):
        page = render_template("reports/report.html", say=str, **shown(report))
    assert ('data-name="到场率"' in page, 'data-name="满额率"' in page) == (False, True)
