"""The pages for residents: what they show, what they take from an address, and what they leave in a browser."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.web.page import Page
from gateway.web.serve import PAGES
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
NEXT, FAR_STREET, FAR = f"{STREET}002", "510108003", "510108003001"
WORKER = ("community_worker", COMMUNITY)
SOON = {"starts_at": "2026-06-14T01:00:00Z", "ends_at": "2026-06-14T03:00:00Z"}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("web"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        worker = front.token("W1", WORKER)
        for number in range(20):
            _opened(front, worker, f"包粽子<{number}>")
        _recorded(
            front, {NEXT: "滨江社区", FAR_STREET: "双桥子街道", FAR: "水碾河社区"}
        )
        for title, there in (("隔壁的活动", NEXT), ("远处的活动", FAR)):
            keeper = front.token("W2", ("community_worker", there))
            place = {"community": there, "host": f"community/{there}"}
            _opened(front, keeper, title, **place)
        _opened(front, worker, "义诊", category="义诊", capacity=1)
        front.done(
            "/activities", worker, **_content("草稿", host=f"community/{COMMUNITY}")
        )
        yield front


def _recorded(front: Gateway, places: dict[str, str]) -> None:
    admin = front.token("A1", ("district_admin", DISTRICT))
    for code, name in places.items():
        front.done("/divisions", admin, division=code, name=name, status="demo")
    front.bus.hosts["activities"].followers["branches"].catch_up()


def _content(title: str, **more: object) -> dict[str, object]:
    about = {"title": title, "category": "邻里节庆", "community": COMMUNITY}
    return about | {"place": "党群服务中心", "capacity": 5} | SOON | more


def _opened(front: Gateway, worker: str, title: str, **more: object) -> None:
    content = _content(title, **{"host": f"community/{COMMUNITY}"} | more)
    one = front.done("/activities", worker, **content)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", worker)


def titles(page: str) -> list[str]:
    return re.findall(r"<h3><a [^>]*>(.*?)</a>", page)


def test_the_first_page_lists_what_is_to_come_and_leads_on(front: Gateway) -> None:
    page = front.client.get("/").text
    assert len(titles(page)) == 20
    assert "6月14日 周日</h2>" in page
    assert ">9:00–11:00<" in page
    [more] = re.findall(r'href="([^"]*after=[^"]*)"', page)
    rest = front.client.get(more.replace("&amp;", "&")).text
    assert len(titles(rest)) == 3
    assert "后面的活动" not in rest
    assert "草稿" not in page + rest


def test_who_lives_somewhere_begins_there_then_with_the_street_and_has_the_district_a_tap_away(
    front: Gateway,
) -> None:
    token = front.token("P1", ("resident", NEXT))
    answer = front.client.get("/", headers={"Authorization": f"Bearer {token}"})
    assert "no-store" in answer.headers["Cache-Control"]
    shown = titles(answer.text)
    assert (shown[0], len(shown)) == ("隔壁的活动", 22)
    assert "远处的活动" not in shown
    assert "滨江社区 · 近期活动" in answer.text
    labels = re.findall(r'<section class="day" aria-label="([^"]+)"', answer.text)
    assert labels == ["6月14日 周日", "猛追湾街道：6月14日 周日"]
    assert f'href="/?division={DISTRICT}">全区的活动' in answer.text
    whole = front.client.get(
        f"/?division={DISTRICT}", headers={"Authorization": f"Bearer {token}"}
    )
    assert "成华区 · 近期活动" in whole.text


def test_whoever_is_signed_in_is_asked_to_sign_in_by_no_page(front: Gateway) -> None:
    """Also by none that is the same for everybody and kept."""
    token = front.token("P1", ("resident", NEXT))
    pages = [row.path for row in PAGES if isinstance(row, Page) and "<" not in row.path]
    assert {"/", "/calendar", "/help"} < {*pages}
    for page in pages:
        known = front.client.get(page, headers={"Authorization": f"Bearer {token}"})
        menu, _, rest = known.text.partition("<nav ")[2].partition("</nav>")
        assert ("登录" in menu, ">登录</a>" in rest) == (False, False), page
    assert 'href="/sign-in?back=/me">登录</a>' in front.client.get("/").text


def test_anybody_chooses_where_the_first_page_begins_and_may_take_it_back(
    front: Gateway,
) -> None:
    client = front.client.application.test_client()
    for chosen, begins in ((NEXT, "滨江社区"), ("510108999", "滨江社区"), (DISTRICT, "成华区")):  # fmt: skip
        answer = client.post("/", data={"division": chosen})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        page = client.get("/")
        assert f"{begins} · 近期活动" in page.text
        assert page.headers["Cache-Control"] == "no-cache"
        assert "Cookie" in page.headers["Vary"]


def test_the_calendar_begins_where_the_first_page_does_and_has_the_district_a_tap_away(
    front: Gateway,
) -> None:
    client = front.client.application.test_client()
    token = front.token("P1", ("resident", NEXT))
    at_home = client.get("/calendar", headers={"Authorization": f"Bearer {token}"})
    assert "no-store" in at_home.headers["Cache-Control"]
    client.post("/", data={"division": NEXT})
    chosen = client.get("/calendar/2026-06")
    assert chosen.headers["Cache-Control"] == "no-cache"
    for page in (at_home.text, chosen.text):
        assert "<h1>滨江社区 · 2026年6月</h1>" in page
        assert "隔壁的活动" in page
        assert "远处的活动" not in page
        assert f'<option value="{NEXT}" selected>滨江社区' in page
        assert f'href="/calendar/2026-06?division={DISTRICT}">全区的活动' in page
    whole = client.get(f"/calendar/2026-06?division={DISTRICT}").text
    assert "<h1>成华区 · 2026年6月</h1>" in whole
    assert f'href="/calendar/2026-07?division={DISTRICT}"' in whole
    assert "远处的活动" in whole


def test_what_a_host_wrote_is_text_and_no_markup(front: Gateway) -> None:
    assert "包粽子&lt;0&gt;" in front.client.get("/").text


def test_empty_fields_of_the_form_narrow_nothing(front: Gateway) -> None:
    page = front.client.get("/?division=&category=&after=").text
    assert len(titles(page)) == 20


def test_the_list_is_narrowed_by_place_and_category(front: Gateway) -> None:
    page = front.client.get(f"/?division={COMMUNITY}&category=义诊").text
    assert titles(page) == ["义诊"]
    assert f'<option value="{COMMUNITY}" selected>望平社区' in page
    assert "望平社区 · 近期活动" in page


def test_where_nothing_is_it_says_what_to_do(front: Gateway) -> None:
    page = front.client.get("/?category=调解").text
    assert "这里近期没有活动" in page
    assert "看看全区的活动" in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?division=nowhere", 422),
        ("/?after=forged", 422),
        ("/?category=跳舞", 422),
        ("/calendar/9999-12", 404),
        ("/calendar/0001-01", 404),
        ("/calendar/2026-13", 404),
        ("/calendar/soon", 404),
    ],
)
def test_a_wrong_address_is_a_page_that_says_so(
    front: Gateway, address: str, status: int
) -> None:
    answer = front.client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert '<div class="panel" role="alert">' in answer.text


def test_words_that_others_append_to_an_address_do_not_matter(front: Gateway) -> None:
    assert len(titles(front.client.get("/?from=timeline&isappinstalled=0").text)) == 20


def test_a_month_has_its_sessions_on_their_days(front: Gateway) -> None:
    page = front.client.get("/calendar/2026-06").text
    [day] = re.findall(r'<td class="[^"]*">\s*<span class="number">14</span>(.*?)</td>', page, re.DOTALL)  # fmt: skip
    assert day.count("<a ") == 23
    assert 'href="/calendar/2026-05"' in page
    assert 'href="/calendar/2026-07"' in page


def test_no_page_loads_anything_from_outside_or_inline(front: Gateway) -> None:
    for address in ("/", "/calendar/2026-06", "/display", "/help", "/privacy"):
        answer = front.client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not re.search(
            r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", answer.text
        )
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', answer.text)


def test_how_a_page_is_shown_is_chosen_once_and_kept(front: Gateway) -> None:
    client = front.client.application.test_client()
    chosen = {"theme": "dark", "size": "150", "back": "/help"}
    answer = client.post("/display", data=chosen)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help")
    assert '<html lang="zh-CN" class="dark s150 large">' in client.get("/help").text


@pytest.mark.parametrize("said", ["", "neon.900", "dark", "x" * 5000, "dark.150.x"])
def test_a_cookie_that_says_something_else_changes_nothing_it_should_not(
    front: Gateway, said: str
) -> None:
    answer = front.client.get("/help", headers={"Cookie": f"xfh-display={said}"})
    assert answer.status_code == 200
    assert re.search(r'class="(auto|dark) s100"', answer.text)


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", ""]
)
def test_choosing_leads_to_nobody_elses_address(front: Gateway, back: str) -> None:
    client = front.client.application.test_client()
    answer = client.post("/display", data={"size": "125", "back": back})
    assert answer.headers["Location"] == "/"


def test_who_chose_english_has_pages_in_english_and_titles_as_they_are(
    front: Gateway,
) -> None:
    front.client.set_cookie("xfh-display", "auto.100.en")
    try:
        page = front.client.get("/").text
        assert '<html lang="en"' in page
        assert "With places left only" in page
        assert "只看还有名额的" not in page
    finally:
        front.client.delete_cookie("xfh-display")
    assert "只看还有名额的" in front.client.get("/").text
