"""The district's page: figures with their change and their facts, and none for who may not read them."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from gateway.web.district import columns, periods
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

JUNE = datetime(2026, 6, 14, 6, tzinfo=UTC).timestamp()
SESSION = {"starts_at": "2026-06-14T06:30:00Z", "ends_at": "2026-06-14T07:30:00Z"}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("district"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        worker = front.token("W1", ("community_worker", COMMUNITY))
        about = {"host": f"community/{COMMUNITY}", "title": "包粽子<b>", "capacity": 9}
        about |= {"community": COMMUNITY, "category": "邻里节庆", "place": "广场"}
        one = front.done("/activities", worker, **about, **SESSION)["id"]
        for step in ("publish", "open"):
            front.done(f"/activities/{one}/{step}", worker)
        for number in range(6):
            walked_in = {"person": f"P{number}", "reason": "直接来的"}
            front.done(f"/activities/{one}/walk-ins", worker, **walked_in)
        need = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
        need |= {"community": COMMUNITY, "words": "楼道的灯不亮"}
        front.done("/needs", worker, **need)
        for source in ("activities", "cobuild"):
            front.bus.hosts["metrics"].followers[source].catch_up()
        yield front


def look(front: Gateway, address: str, *role: tuple[str, str]) -> TestResponse:
    headers = {"Authorization": f"Bearer {front.token('A1', *role)}"} if role else {}
    return front.client.get(address, headers=headers)


ADMIN = ("district_admin", DISTRICT)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_figure_is_shown_and_opens_to_its_facts(front: Gateway) -> None:
    page = look(front, "/district", ADMIN)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    text = page.text
    assert "成华区 · 2026年6月" in text
    [facts] = re.findall(r'<h2><a href="([^"]+)">人次</a></h2>', text)
    assert re.search(r'人次</a></h2>\s*<p class="value">6</p>', text)
    shown = look(front, facts.replace("&amp;", "&"), ADMIN).text
    assert "包粽子&lt;b&gt;" in shown
    assert '<td class="n" data-label="计入多少">6</td>' in shown


@pytest.mark.parametrize("page", ["/district", "/district/wall"])
def test_a_trend_tells_its_ends_and_its_most_and_has_its_table(
    front: Gateway, page: str
) -> None:
    text = look(front, page, ADMIN).text
    trend = text[text.index('id="trend"') :]
    assert "<span>5月16日 周六 0</span><span>6月14日 周日 6</span>" in trend
    assert "最多：6月14日 周日 6" in trend
    assert trend.count('<th scope="row">') >= 30


def test_how_far_the_figures_reach_is_said_as_a_time(front: Gateway) -> None:
    page = look(front, "/district?period=2026-06", ADMIN).text
    assert "以上是 6月14日 周日 14:" in page
    assert not re.search("第 [0-9,]+ 号", page)


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/district?period=2026-06", '/district" aria-current="page"'),
        ("/district/facts?figure=person_times", '/district" aria-current="true"'),
        ("/calendar/2026-06", '/calendar" aria-current="true"'),
        ("/", '/" aria-current="page"'),
    ],
)
def test_the_menu_says_in_which_part_one_is(
    front: Gateway, address: str, marked: str
) -> None:
    page = look(front, address, ADMIN).text
    assert re.findall(r'href="([^ ]+ aria-current="\w+")', page) == [marked]


def test_a_wall_shows_the_figures_without_a_menu_and_reloads_itself(
    front: Gateway,
) -> None:
    page = look(front, "/district/wall", ADMIN)
    assert page.headers["Refresh"] == "60"
    assert re.search(r'人次</h2>\s*<p class="value">6</p>', page.text)
    assert "<nav" not in page.text


def test_it_begins_with_the_place_one_works_for(front: Gateway) -> None:
    page = look(front, "/district", ("street_admin", "510108002"))
    assert "猛追湾街道 · 2026年6月" in page.text


@pytest.mark.parametrize(
    "address", ["/district", "/district/facts?figure=person_times"]
)
def test_who_may_not_read_figures_sees_none(front: Gateway, address: str) -> None:
    led = look(front, address)
    assert led.headers["Location"].startswith("/sign-in?back=%2Fdistrict")
    assert look(front, address, ("resident", DISTRICT)).status_code == 403


@pytest.mark.parametrize("query", ["period=soon", "scope=999999", "period=2026-13"])
def test_a_period_or_place_there_is_not_is_said_so(front: Gateway, query: str) -> None:
    answer = look(front, f"/district?{query}", ADMIN)
    assert answer.status_code in (403, 404, 422)
    assert 'role="alert"' in answer.text


def test_periods_reach_back_over_the_year() -> None:
    found = list(periods(date(2026, 1, 31)))
    assert found[:2] == ["2026-01", "2025-12"]
    assert found[13:] == [
        "2026-Q1",
        "2025-Q4",
        "2025-Q3",
        "2025-Q2",
        "2025-Q1",
        "2026",
        "2025",
    ]


def test_the_tallest_column_is_as_high_as_the_picture_and_what_is_withheld_has_none() -> (
    None
):
    drawn = columns([{"value": 4}, {"value": None}, {"value": 1}])
    assert [(one["height"], one["y"]) for one in drawn] == [
        (120, 0),
        (0, 120),
        (30, 90),
    ]
    assert columns([]) == []


def test_two_periods_stand_side_by_side_of_every_place(front: Gateway) -> None:
    page = look(front, "/district/compare?period=2026-06&with=2026-Q2", ADMIN)
    assert page.status_code == 200
    street, everywhere = (
        rf"{name}</a></th><td [^>]*>6</td><td [^>]*>6</td><td [^>]*>±0</td>"
        for name in ("猛追湾街道", "人次")
    )
    assert re.search(street, page.text)
    assert re.search(everywhere, page.text)
    other = look(front, "/district/compare?figure=sessions_held", ADMIN).text
    assert "2025年6月" in other  # Like with like, where nobody says which.


def test_a_period_without_figures_is_compared_with_none(front: Gateway) -> None:
    """As on the page of the figures, which says so as well."""
    page = look(front, "/district/compare?period=2026-06&with=2026-05", ADMIN).text
    assert "2026年5月没有数字，不作比较。" in page
    for name in ("猛追湾街道", "人次"):
        nothing = rf"{name}</a></th><td [^>]*>—</td><td [^>]*>6</td><td [^>]*>—</td>"
        assert re.search(nothing, page)
    assert "上一时段没有数据" in look(front, "/district?period=2026-06", ADMIN).text


def test_every_table_of_figures_ends_with_the_whole_and_is_had_as_a_file(
    front: Gateway,
) -> None:
    text = look(front, "/district?period=2026-06", ADMIN).text
    whole = r'<tfoot><tr><th scope="row">成华区</th><td class="n">6</td>'
    assert len(re.findall(whole, text)) == 2
    files = re.findall(r'href="(/api/v1/lists/[^"]+)"', text)
    assert len(files) == 2
    for file in files:
        had = look(front, file.replace("&amp;", "&"), ADMIN)
        assert (had.status_code, had.mimetype) == (200, XLSX)


def test_a_half_year_and_any_days_are_counted_and_had_as_a_file(front: Gateway) -> None:
    first = look(front, "/district/days", ADMIN).text
    assert "成华区 · 2026年上半年" in first
    figure = r"<summary>人次</summary><p [^>]*>[^<]+</p></details></th>"
    assert re.search(figure + '<td class="n">6</td>', first)
    later = re.findall(r'<a class="second" href="([^"]+)">2025年下半年</a>', first)
    text = look(front, later[0].replace("&amp;", "&"), ADMIN).text
    assert re.search(figure + '<td class="n">0</td>', text)
    [file] = re.findall(r'href="(/api/v1/lists/span[^"]+)"', first)
    assert look(front, file.replace("&amp;", "&"), ADMIN).mimetype == XLSX
    refused = look(front, "/district/days?from=2026-06-30&to=2026-06-01", ADMIN)
    assert "结束日期不能早于开始日期" in refused.text


def test_a_rate_opens_to_what_each_fact_is_of_the_part_and_of_the_whole(
    front: Gateway,
) -> None:
    address = "/district/facts?period=2026-06&figure="
    text = look(front, f"{address}closure_rate", ADMIN).text
    assert "总数里计多少" in text
    assert re.search(r'计入多少">0</td><td class="n" [^>]*>1</td>', text)
    assert "不对外提供" not in text
    assert "总数里计多少" not in look(front, f"{address}person_times", ADMIN).text


def test_only_who_reads_figures_compares_them(front: Gateway) -> None:
    address = "/district/compare?period=2026-06"
    assert look(front, address, ("resident", DISTRICT)).status_code == 403
    assert look(front, f"{address}&with=soon", ADMIN).status_code == 422
