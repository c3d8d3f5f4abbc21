"""A session at whose door somebody stands with a phone whose clock is off."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from schemas.documents import Json
from services.activities.rules.seat_codes import seat_code
from tests.browser.accounts import Account, invited, sign_in
from tests.browser.district import COMMUNITY, opened
from tests.browser.stage import Stage

FAST_S = 4 * 60  # By which the device's clock is ahead.
OF_A_PARTY = 5
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


@contextmanager
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


def go_online(page: Page) -> None:
    """The network is there again, and the page hears of it."""
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def expect_recorded(page: Page, scans: int) -> None:
    """On the device, since the page was opened."""
    expect(page.locator("#latest li")).to_have_count(scans)


def expect_waiting(page: Page, rows: int) -> None:
    expect(page.locator("#waiting")).to_contain_text(f"未上传 {rows} 条")


def expect_sent(page: Page) -> None:
    """Of a page that is ready: before that it shows nothing of what waits."""
    expect(page.locator("#list-says")).not_to_be_empty()
    expect(page.locator("#queue")).to_be_hidden()
