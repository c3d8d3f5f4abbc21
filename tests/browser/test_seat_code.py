"""The code of one's seat: opens without signal, prints, and is on nobody's phone after signing out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accounts import Account, invited, sign_in
from tests.browser.stage import Stage
from tests.browser.test_every_page import violations

EVERYTHING_KEPT = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      texts.push(request.url, await (await cache.match(request)).text());
    }
  }
  return texts.join("\\n");
}"""


@pytest.fixture(scope="module")
def resident(stage: Stage) -> Account:
    return invited(stage, "林梅", "13700137001")


@pytest.fixture(scope="module")
def signup(stage: Stage, resident: Account) -> str:
    party = [
        {"person": resident.person},
        {"person": "child-1", "relation": "child"},
    ]
    path = f"/activities/{stage.today}/signups"
    document = stage.done(path, resident.person, "resident", party=party)
    return str(document["id"])


@pytest.fixture
def page(browser: Browser, stage: Stage, resident: Account) -> Iterator[Page]:
    """Of the resident's own phone, signed in."""
    stage.says.clear()
    with stage.visit(browser) as page:
        sign_in(stage, page, resident)
        yield page
    assert stage.says == []


def opened(stage: Stage, page: Page, signup: str) -> None:
    """From the sign-up, which has the code kept; and it says that it is."""
    page.goto(stage.address(f"/signups/{signup}"))
    page.get_by_role("link", name="出示座位码").click()
    expect(page.get_by_text("已存到手机")).to_be_visible()


def test_the_code_opens_without_signal(stage: Stage, page: Page, signup: str) -> None:
    opened(stage, page, signup)
    spoken = page.locator(".spoken").all_text_contents()
    assert len(spoken) == 2
    page.context.set_offline(True)
    page.reload()
    assert page.locator(".spoken").all_text_contents() == spoken
    expect(page.locator(".qr svg").first).to_be_visible()
    ground = "getComputedStyle(document.querySelector('.qr')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)", "its style is at hand as well"


def test_other_pages_say_that_there_is_no_network_and_what_opens_all_the_same(
    stage: Stage, page: Page, signup: str
) -> None:
    opened(stage, page, signup)
    page.context.set_offline(True)
    page.goto(stage.address("/me"))
    expect(page.get_by_role("heading", name="没有网络", exact=True)).to_be_visible()
    page.get_by_role("link", name="座位码：社区义诊").click()
    expect(page.locator(".spoken").first).to_be_visible()


def test_nothing_of_anybody_is_left_after_signing_out(
    stage: Stage, page: Page, signup: str
) -> None:
    opened(stage, page, signup)
    assert signup in page.evaluate(EVERYTHING_KEPT)
    page.goto(stage.address("/me"))
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(stage.address("/"))
    kept = page.evaluate(EVERYTHING_KEPT)
    assert "app.css" in kept
    for personal in (signup, "社区义诊", "座位码：", 'name="csrf"'):
        assert personal not in kept
    page.context.set_offline(True)
    page.goto(stage.address(f"/signups/{signup}/code"))
    expect(page.get_by_role("heading", name="没有网络", exact=True)).to_be_visible()


def test_nothing_of_anybody_is_left_when_somebody_else_signs_in(
    browser: Browser, stage: Stage, page: Page, signup: str
) -> None:
    """Whose session had ended without signing out."""
    opened(stage, page, signup)
    page.context.clear_cookies(name="xfh")
    other = invited(stage, "周强", "13700137002")
    sign_in(stage, page, other)
    assert signup not in page.evaluate(EVERYTHING_KEPT)


def test_the_code_is_for_everybody_and_prints(
    stage: Stage, page: Page, signup: str, axe: str
) -> None:
    opened(stage, page, signup)
    assert violations(page, axe) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="打印")).not_to_be_visible()
    expect(page.locator(".spoken").first).to_be_visible()


def test_without_scripts_the_code_is_there(
    browser: Browser, stage: Stage, resident: Account, signup: str
) -> None:
    with stage.visit(browser, scripts=False) as page:
        sign_in(stage, page, resident)
        page.goto(stage.address(f"/signups/{signup}/code"))
        expect(page.locator(".qr svg").first).to_be_visible()
        expect(page.get_by_text("已存到手机")).not_to_be_visible()
