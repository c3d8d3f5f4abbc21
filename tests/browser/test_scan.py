"""The door without signal: nothing recorded is lost, nothing counts twice, and every time is the true one."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from schemas.documents import Json
from services.activities.rules.seat_codes import seat_code
from tests.browser.accounts import Account, invited, sign_in
from tests.browser.district import COMMUNITY, opened
from tests.browser.stage import PHONE, Stage
from tests.browser.test_every_page import violations
from tests.browser.test_seat_code import EVERYTHING_KEPT

FAST_S = 4 * 60  # By which the device's clock is ahead.
TOLERANCE = timedelta(seconds=4)  # What a message may take says nothing of a clock.
OF_A_PARTY = 5
MANY = 500
WORKS = {"role": "community_worker", "scope": COMMUNITY}
PHONES = count(13600136000)
# A device whose clock shows the platform's time, and is off by some minutes.
AT_ANOTHER_TIME = """{
  const True = Date;
  globalThis.Date = class extends True {
    constructor(...when) { when.length ? super(...when) : super(True.now() + OFF_MS); }
    static now() { return True.now() + OFF_MS; }
  };
}"""


@dataclass(frozen=True)
class Door:
    """A session to which many are expected, who keeps its door, and when it is by the platform."""

    stage: Stage
    keeper: Account
    activity: str
    session: str
    people: list[str]

    @property
    def page(self) -> str:
        return f"/desk/activities/{self.activity}/sessions/{self.session}/scan"

    @property
    def codes(self) -> list[str]:
        key = self.stage.platform.settings.door_key()
        return [seat_code(self.session, person, key) for person in self.people]

    @property
    def off_s(self) -> float:
        return float(Path(self.stage.platform.settings.clock_file).read_text())

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.off_s, UTC)

    def seats(self) -> dict[str, Json]:
        """By person, as the host sees them."""
        found: dict[str, Json] = {}
        after = ""
        while True:
            path = f"/activities/{self.activity}/seats?session={self.session}&limit=100"
            told = self.stage.told(path + after, "worker-1", "worker")
            found |= {seat["person"]: seat for seat in told["items"]}
            if told["next"] is None:
                return found
            after = f"&after={told['next']}"

    def came(self) -> list[str]:
        return [person for person, seat in self.seats().items() if seat["attended"]]


def door_for(stage: Stage, people: int) -> Door:
    times = {"starts_at": "2026-06-08T01:30:00Z", "ends_at": "2026-06-08T03:30:00Z"}
    activity = opened(stage, 0, title="趣味运动会", capacity=people, **times)
    expected: list[str] = []
    session = ""
    for number in range(people // OF_A_PARTY):
        who = f"guest-{activity[-8:]}-{number}"  # Nobody is in two places.
        names = [f"family-{one}" for one in range(1, OF_A_PARTY)]
        party: list[Any] = [{"person": who}]
        party += [{"person": name, "relation": "family"} for name in names]
        path = f"/activities/{activity}/signups"
        session = stage.done(path, who, "resident", party=party)["session"]
        expected += [who, *(f"{who}~{name}" for name in names)]
    keeper = invited(stage, "李工", str(next(PHONES)), **WORKS)
    return Door(stage, keeper, activity, session, expected)


@pytest.fixture
def door(stage: Stage) -> Door:
    return door_for(stage, 2 * OF_A_PARTY)


@pytest.fixture
def device(browser: Browser, door: Door) -> Iterator[BrowserContext]:
    yield from held(browser, door)


def held(browser: Browser, door: Door) -> Iterator[BrowserContext]:
    """The keeper's phone, whose clock is ahead."""
    stage = door.stage
    stage.says.clear()
    with stage.visit(browser) as page:
        off_ms = str(round(1000 * (door.off_s + FAST_S)))
        page.context.add_init_script(AT_ANOTHER_TIME.replace("OFF_MS", off_ms))
        sign_in(stage, page, door.keeper, "/desk")
        page.close()
        yield page.context
    # The network was cut on purpose, and who had to sign in again was told so.
    expected = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "401 (UNAUTHORIZED)")
    assert [one for one in stage.says if not any(e in one for e in expected)] == []


def opened_page(door: Door, device: BrowserContext) -> Page:
    page = device.new_page()
    page.on("console", lambda message: door.stage.says.append(message.text))
    page.goto(door.stage.address(door.page))
    expect(page.locator("#list-says")).to_contain_text("没有信号也能用")
    return page


def scan(page: Page, codes: list[str]) -> None:
    """As a hand scanner does: the letters and Enter, and at once the next."""
    page.locator("#seat_code").focus()
    for code in codes:
        page.keyboard.insert_text(code)
        page.keyboard.press("Enter")


def expect_waiting(page: Page, rows: int) -> None:
    expect(page.locator("#waiting")).to_contain_text(
        f"未上传 {rows} 条", timeout=120_000
    )


def expect_sent(page: Page) -> None:
    expect(page.locator("#queue")).to_be_hidden(timeout=120_000)


def test_who_is_scanned_is_sent_and_nothing_is_tapped_between_two(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    scan(page, door.codes[:2])
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    expect_sent(page)
    assert sorted(door.came()) == sorted(door.people[:2])


def test_500_scans_without_signal_count_once_each_at_their_true_times(
    browser: Browser, stage: Stage
) -> None:
    """The tab killed twice, the clock off, the cookie gone, two tabs that send, and an answer that is lost."""
    door = door_for(stage, MANY)
    for device in held(browser, door):
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
    device.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_sent(page)
    expect(page.locator("#refusals")).to_contain_text("ABCDEFGHIJKLMNOP")
    assert sorted(door.came()) == sorted(door.people[:2])
    page.get_by_role("button", name=re.compile("知道了")).click()
    expect(page.locator("#refused")).to_be_hidden()


def test_who_comes_second_with_a_code_is_told_since_when(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    scan(page, door.codes[:1])
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    scan(page, door.codes[:1])
    expect(page.locator("#verdict")).to_have_text(re.compile(r"◷ 已签到 9:\d\d"))
    expect(page.locator("#about")).to_contain_text("没有登记姓名")


def test_what_was_scanned_by_mistake_is_undone_even_without_signal(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    device.set_offline(True)
    scan(page, door.codes[:2])
    expect_waiting(page, 2)
    page.get_by_role("button", name=re.compile("撤销")).first.click()
    expect_waiting(page, 3)
    device.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_sent(page)
    assert door.came() == door.people[:1]
    page.get_by_role("button", name=re.compile("撤销")).first.click()
    expect(page.locator("#verdict")).to_have_text("● 已撤销")
    expect_sent(page)
    assert door.came() == []


def test_who_has_no_code_is_found_on_the_list(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    page.get_by_label("姓名或手机尾号").fill("登记")
    page.get_by_role("button", name=re.compile("到了")).first.click()
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    expect_sent(page)
    assert len(door.came()) == 1


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


def test_the_door_is_for_everybody(
    door: Door, device: BrowserContext, axe: str
) -> None:
    page = opened_page(door, device)
    scan(page, [door.codes[0], door.codes[0], "ABCDEFGHIJKLMNOP"])
    expect(page.locator("#refusals li")).to_have_count(1)
    page.get_by_label("姓名或手机尾号").fill("登记")
    assert violations(page, axe) == []
    width = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(width) <= 0


def test_without_scripts_a_code_is_typed(browser: Browser, door: Door) -> None:
    with door.stage.visit(browser, size=PHONE, scripts=False) as page:
        sign_in(door.stage, page, door.keeper, door.page)
        page.get_by_label("座位码", exact=True).fill(door.codes[0][:6])
        page.get_by_role("button", name="签到").click()
        expect(page.get_by_role("status")).to_contain_text("✓ 签到")
        assert door.came() == door.people[:1]
        page.get_by_label("座位码", exact=True).fill(door.codes[0])
        page.get_by_role("button", name="签到").click()
        expect(page.get_by_role("alert")).to_contain_text("签到")
        expect(page.get_by_label("座位码", exact=True)).to_have_value(door.codes[0])
        expect(page.locator("#by-name")).to_be_hidden()
