"""The door with a signal: who comes is greeted, who comes twice or without a code is told apart."""

import re
from datetime import timedelta

from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.accounts import sign_in
from tests.browser.at_the_door import (
    Door,
    expect_recorded,
    expect_sent,
    opened_page,
    scan,
)
from tests.browser.by_hand import Hand
from tests.browser.stage import PHONE
from tests.browser.test_every_page import violations
from tests.clocks import wait_until


def test_who_is_scanned_is_sent_and_nothing_is_tapped_between_two(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    scan(page, door.codes[:2])
    expect_recorded(page, 2)
    expect_sent(page)
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    assert sorted(door.came()) == sorted(door.people[:2])


def test_who_comes_second_with_a_code_is_told_since_when(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    scan(page, door.codes[:1])
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    scan(page, door.codes[:1])
    expect(page.locator("#verdict")).to_have_text(re.compile(r"◷ 已签到 9:\d\d"))
    expect(page.locator("#about")).to_contain_text("没有登记姓名")


HOLDS_THE_COUNT = """async () => {
    const home = document.querySelector("script[type=module]").src;
    const { scans } = await import(new URL("queue.js", home));
    const all = scans.all.bind(scans);
    const released = new Promise((resolve) => (globalThis.goOn = resolve));
    scans.waiting = () => all().then((rows) => rows.filter((row) => !row.refused));
    scans.all = () => released.then(all);
    globalThis.scans = scans;
}"""


def scanned_before_the_list(door: Door, page: Page) -> list[Route]:
    """What goes on once it is let go: the list was asked for, and has not come."""
    asked = opened_before_the_list(door, page)
    scan(page, door.codes[:1])
    expect(page.locator("#verdict")).to_have_text("● 已记下")
    wait_until(lambda: door.came() == door.people[:1], door.came)
    expect(page.locator("#list-says")).to_be_empty()
    return asked


def opened_before_the_list(door: Door, page: Page) -> list[Route]:
    """The phone has no service worker: what one asks for nobody holds."""
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.route("**/scan/list", hold)
    with page.expect_request("**/scan/list"):
        page.goto(door.stage.address(door.page))
    return asked


def list_comes(page: Page, asked: list[Route]) -> None:
    [route] = asked
    route.continue_()
    expect(page.locator("#list-says")).to_contain_text("名单上有")


def test_who_was_scanned_before_the_list_came_is_greeted_once_it_is_known_who(
    door: Door, device: BrowserContext
) -> None:
    page = device.new_page()
    asked = scanned_before_the_list(door, page)
    expect(page.locator("#latest li")).to_contain_text("待核对")
    list_comes(page, asked)
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    expect(page.locator("#about")).to_contain_text("没有登记姓名")
    expect(page.locator("#latest li")).to_contain_text("没有登记姓名")


def test_who_was_answered_for_before_it_was_shown_that_they_are_recorded_is_greeted(
    door: Door, device: BrowserContext
) -> None:
    """A busy device: what is counted takes its time, and another round sends meanwhile."""
    page = device.new_page()
    asked = opened_before_the_list(door, page)
    page.evaluate(HOLDS_THE_COUNT)
    scan(page, door.codes[:1])

    def is_sent() -> bool:
        page.evaluate("dispatchEvent(new Event('online'))")
        return door.came() == door.people[:1]

    wait_until(is_sent, door.came)
    list_comes(page, asked)
    page.evaluate("goOn()")
    expect(page.locator("#verdict")).to_have_text("✓ 签到")


def test_a_list_that_did_not_come_is_asked_for_again(
    door: Door, device: BrowserContext
) -> None:
    page = device.new_page()
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.route("**/scan/list", lambda route: route.fulfill(status=503), times=1)
    page.goto(door.stage.address(door.page))
    expect(page.locator("#list-says")).to_contain_text("名单还没有取到")
    scan(page, door.codes[:1])
    expect(page.locator("#list-says")).to_contain_text("名单上有")
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    expect(page.locator("#about")).to_contain_text("没有登记姓名")


def undone(door: Door, page: Page) -> None:
    page.get_by_role("button", name="撤销：").click()
    expect(page.locator("#verdict")).to_have_text("● 已撤销")
    expect_sent(page)
    wait_until(lambda: door.came() == [], door.came)


def comes_anew(door: Door, page: Page) -> None:
    """As if they had not been there before."""
    scan(page, door.codes[:1])
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    wait_until(lambda: door.came() == door.people[:1], door.came)


def test_a_scan_of_before_the_list_is_undone_once_it_is_known_whose_it_was(
    door: Door, device: BrowserContext
) -> None:
    page = device.new_page()
    list_comes(page, scanned_before_the_list(door, page))
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    undone(door, page)
    expect(page.locator("#about")).to_contain_text("没有登记姓名")
    comes_anew(door, page)


def test_a_scan_that_is_undone_before_the_list_comes_greets_nobody_when_it_does(
    door: Door, device: BrowserContext
) -> None:
    page = device.new_page()
    asked = scanned_before_the_list(door, page)
    page.get_by_role("button", name="撤销：").click()
    expect(page.locator("#verdict")).to_have_text("● 已撤销")
    wait_until(lambda: door.came() == [], door.came)
    list_comes(page, asked)
    expect(page.locator("#verdict")).to_have_text("● 已撤销")
    comes_anew(door, page)


def test_who_has_no_code_is_found_on_the_list(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    page.get_by_label("姓名或手机尾号").fill("登记")
    page.get_by_role("button", name=re.compile("到了")).first.click()
    expect_recorded(page, 1)
    expect_sent(page)
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    assert len(door.came()) == 1


def test_who_came_by_another_door_is_told_when_that_was(
    door: Door, device: BrowserContext
) -> None:
    page = opened_page(door, device)
    earlier = (door.now - timedelta(minutes=2)).isoformat(timespec="seconds")
    path = f"/activities/{door.activity}/checkins"
    mark = {"session": door.session, "person": door.people[0], "at": earlier}
    door.stage.done(path, "worker-1", "worker", **mark)
    scan(page, door.codes[:1])
    expect(page.locator("#verdict")).to_have_text(re.compile(r"◷ 已签到 [89]:\d\d"))


def test_the_door_is_kept_by_keys_alone(door: Door, device: BrowserContext) -> None:
    """Found by name, checked out by the arrows, undone, and a refusal read: with no finger and no mouse."""
    page = opened_page(door, device)
    hand = Hand(page, by_keys=True)
    hand.write("姓名或手机尾号", "登记")
    hand.tap("到了：", "button")
    expect(page.locator("#verdict")).to_have_text("✓ 签到")
    hand.tap("撤销：", "button")
    expect(page.locator("#verdict")).to_have_text("● 已撤销")
    expect(page.locator("#content")).to_be_focused()
    hand.write("座位码", "ABCDEFGHIJKLMNOP")
    page.keyboard.press("Enter")
    expect(page.locator("#refusals li")).to_have_count(1)
    hand.tap("知道了：", "button")
    expect(page.locator("#content")).to_be_focused()
    hand.tick("签退")
    hand.write("座位码", door.codes[0])
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_have_text("✓ 签退")
    expect(page.get_by_label("座位码", exact=True)).to_be_focused()


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
