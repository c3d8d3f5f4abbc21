"""The door without signal: nothing recorded is lost, nothing counts twice, and every time is the true one."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.browser.accounts import sign_in
from tests.browser.at_the_door import (
    FAST_S,
    Door,
    door_for,
    expect_sent,
    expect_waiting,
    go_online,
    held,
    opened_page,
    scan,
)
from tests.browser.stage import Stage
from tests.browser.test_seat_code import EVERYTHING_KEPT

TOLERANCE = timedelta(seconds=4)  # What a message may take says nothing of a clock.
MANY = 500


def test_500_scans_without_signal_count_once_each_at_their_true_times(
    browser: Browser, stage: Stage
) -> None:
    """The tab killed twice, the clock off, the cookie gone, two tabs that send, and an answer that is lost."""
    door = door_for(stage, MANY)
    with held(browser, door) as device:
        _many(door, device)


def _many(door: Door, device: BrowserContext) -> None:
    page = opened_page(door, device)
    device.set_offline(True)
    blocks = (door.codes[:180], door.codes[180:360], door.codes[360:])
    spans = []
    waiting = 0
    for block in blocks:
        page.reload()
        began = door.now
        scan(page, block)
        waiting += len(block)
        expect_waiting(page, waiting)
        spans += [(began, door.now)] * len(block)
        page.close()
        page = device.new_page()
        page.goto(door.stage.address(door.page))
    expect_waiting(page, MANY)
    device.clear_cookies(name="xfh")
    sent_from = door.now
    device.set_offline(False)
    expect(page.get_by_role("link", name="重新登录")).to_be_visible()
    expect_waiting(page, MANY)
    assert door.came() == []
    _lose_an_answer(device)
    sign_in(door.stage, page, door.keeper, door.page)
    other = device.new_page()
    other.goto(door.stage.address(door.page))
    for one in (page, other):
        one.evaluate("dispatchEvent(new Event('online'))")
    for one in (page, other):
        expect_sent(one)
    _must_be_true(door, spans, door.now - sent_from)


def _lose_an_answer(device: BrowserContext) -> None:
    """The first upload arrives, and nobody hears so."""
    lost: list[str] = []

    def once(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    device.route(re.compile("/scans$"), once)


def _must_be_true(
    door: Door, spans: list[tuple[datetime, datetime]], sending: timedelta
) -> None:
    """A device's clock is known no better than by how long what it sends was on the way."""
    off = TOLERANCE + sending
    assert off.total_seconds() < FAST_S / 2
    seats = door.seats()
    assert len(seats) == MANY
    for person, (began, ended) in zip(door.people, spans, strict=True):
        [mark] = seats[person]["scans"]
        at = datetime.fromisoformat(mark["at"])
        told = f"{person}: {at}, scanned between {began} and {ended}"
        assert began - off <= at <= ended + off, told
        assert (mark["direction"], mark["way"]) == ("in", "scanned")


def test_without_signal_nothing_is_judged(door: Door, device: BrowserContext) -> None:
    """Who is on the list is greeted; who is not is recorded as well, and refused by the server alone."""
    page = opened_page(door, device)
    device.set_offline(True)
    page.reload()
    expect(page.locator("#list-says")).to_contain_text("没有信号也能用")
    scan(page, [door.codes[0]])
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    scan(page, ["ABCDEFGHIJKLMNOP"])
    expect(page.locator("#verdict")).to_have_text("● 已记下")
    expect_waiting(page, 2)
    scan(page, ["https://example.cn/poster"])
    expect(page.locator("#verdict")).to_have_text("✕ 这不是座位码")
    scan(page, [door.codes[1][:6].lower()])
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    expect_waiting(page, 3)
    go_online(page)
    expect_sent(page)
    expect(page.locator("#refusals")).to_contain_text("ABCDEFGHIJKLMNOP")
    assert sorted(door.came()) == sorted(door.people[:2])
    page.get_by_role("button", name=re.compile("知道了")).click()
    expect(page.locator("#refused")).to_be_hidden()


def test_what_was_scanned_by_mistake_is_undone_even_without_signal(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    device.set_offline(True)
    scan(page, door.codes[:2])
    expect_waiting(page, 2)
    page.get_by_role("button", name=re.compile("撤销")).first.click()
    expect_waiting(page, 3)
    go_online(page)
    expect_sent(page)
    assert door.came() == door.people[:1]
    with page.expect_response(re.compile("/checkins/undo$")):
        page.get_by_role("button", name=re.compile("撤销")).first.click()
    expect(page.locator("#verdict")).to_have_text("● 已撤销")
    expect_sent(page)
    assert door.came() == []


def test_what_is_not_sent_can_be_taken_away_as_a_table(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    device.set_offline(True)
    scan(page, door.codes[:2])
    expect_waiting(page, 2)
    page.get_by_text("更多", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出未上传的记录").click()
    table = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert [code in table for code in door.codes[:3]] == [True, True, False]


def test_who_signs_out_with_records_unsent_is_asked_and_loses_none(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    device.route(re.compile("/scans$"), lambda route: route.abort())
    scan(page, door.codes[:2])
    expect_waiting(page, 2)
    page.goto(door.stage.address("/me"))
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_text("还有 2 条签到没有上传")).to_be_visible()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(door.stage.address("/"))
    kept = page.evaluate(EVERYTHING_KEPT)
    for personal in ("趣味运动会", door.people[0], 'code_hash":"'):
        assert personal not in kept
    device.unroute(re.compile("/scans$"))
    sign_in(door.stage, page, door.keeper, door.page)
    expect_sent(page)
    assert sorted(door.came()) == sorted(door.people[:2])
