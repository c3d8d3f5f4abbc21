"""From a door and back to it; and the same day without signal, of which the phone tells nobody who is not to know."""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.documents import Json
from tests.browser.accounts import Account, invited, sign_in
from tests.browser.by_hand import Hand
from tests.browser.district import COMMUNITY, GRID, door_of
from tests.browser.stage import Stage
from tests.browser.test_every_page import violations
from tests.browser.test_seat_code import EVERYTHING_KEPT
from tests.clocks import wait_until

WORKER = ("worker-1", "worker")
LIAISON = ("liaison-1", "liaison")
WALKS = itertools.count(50)
EVERY_ROW = """() => new Promise((resolve) => {
  const asked = indexedDB.open("xfh-doorstep", 1);
  asked.onsuccess = () => {
    const all = asked.result.transaction("rows").objectStore("rows").getAll();
    all.onsuccess = () => resolve(JSON.stringify(all.result));
  };
})"""

ROW_OF_ANOTHER = """(door) => new Promise((resolve) => {
  const row = { nonce: "n1", order: 1, by: "P9", door, walk: 1, outcome: "met" };
  const asked = indexedDB.open("xfh-doorstep", 1);
  asked.onsuccess = () => {
    const held = asked.result.transaction("rows", "readwrite");
    held.objectStore("rows").put({ ...row, answers: [], told: [], device: "d1", at: new Date().toISOString() });
    held.oncomplete = resolve;
  };
})"""
SHIFT_IS_OVER = """() => {
  const shift = JSON.parse(sessionStorage.getItem("xfh-shift"));
  sessionStorage.setItem("xfh-shift", JSON.stringify({ ...shift, until: 0 }));
}"""


@dataclass
class Member:
    """A member of the grid with an account, and the doors they are about to call at."""

    stage: Stage
    account: Account
    doors: list[str]

    @property
    def walk(self) -> str:
        return f"/desk/doorstep/{COMMUNITY}/{GRID}/walk"

    def visits(self, door: str) -> list[Json]:
        listed = self.stage.told(f"/doors/{door}/visits", *WORKER)["items"]
        return list(listed)


@pytest.fixture(scope="module")
def member(stage: Stage) -> Member:
    role = {"role": "grid_member", "scope": COMMUNITY}
    account = invited(stage, "万家访", "13800138420", **role)
    term = {"community": COMMUNITY, "grid": GRID, "person": account.person}
    stage.done("/grid-members", *WORKER, **term)
    doors = [door_of(stage, next(WALKS)) for _ in range(3)]
    return Member(stage, account, doors)


@pytest.fixture
def phone(browser: Browser, member: Member) -> Iterator[Page]:
    member.stage.says.clear()
    with member.stage.visit(browser) as page:
        sign_in(member.stage, page, member.account, "/desk")
        yield page
    said = [one for one in member.stage.says if "ERR_INTERNET" not in one]
    assert said == []


def test_nobody_in_takes_three_taps_and_a_visit_no_more_than_twelve_without_scripts(
    browser: Browser, stage: Stage
) -> None:
    doors = [(walk, door_of(stage, walk)) for walk in (next(WALKS), next(WALKS))]
    (away, _), (home, at_home) = doors
    with stage.visit(browser, "member", scripts=False) as page:
        page.goto(stage.address("/desk"))
        hand = Hand(page, by_keys=False)
        hand.tap("走访")
        hand.tap(f"第 {away} 户")
        hand.tap("家中无人", "button")
        assert hand.taps == 3
        expect(page.get_by_text("入户查燃气：上次没人").last).to_be_visible()

        hand.taps = 0
        hand.tap(f"第 {home} 户")
        hand.tick("是")
        hand.tick("老化")
        hand.write("报警器有几个", "2")
        hand.tap("见到了，记下", "button")
        hand.tap(f"第 {home} 户")
        hand.tap("记一项发现")
        page.get_by_label("紧急程度").select_option(label="紧急")
        hand.taps += 2
        hand.tap("记下", "button")
        assert hand.taps <= 12
        expect(page.get_by_text("上次发现的")).to_be_visible()
    path = f"/doors/{at_home}/visits"
    (visit,) = stage.told(path, *WORKER)["items"]
    said = {answer["item"]: answer["value"] for answer in visit["answers"]}
    assert said == {"gas": "yes", "hose": "老化", "alarms": "2"}


def called_on(page: Page, stage: Stage, door: str) -> None:
    page.goto(stage.address(f"/desk/doorstep/doors/{door}"))


def test_what_is_found_at_a_door_is_repaired_and_told_at_the_same_door(
    phone: Page, member: Member
) -> None:
    stage, door = member.stage, member.doors[0]
    called_on(phone, stage, door)
    phone.get_by_role("link", name="记一项发现").click()
    phone.get_by_label("类别").select_option(label="水电线路")
    phone.get_by_label("看到了什么").fill("楼道的开关打火")
    phone.get_by_role("button", name="记下").click()
    expect(phone.get_by_text("楼道的开关打火")).to_be_visible()

    finding = found_at(stage, door)
    need = wait_until(lambda: found_at(stage, door).get("need"))
    repaired(stage, str(need))
    wait_until(lambda: shown(stage, finding["id"])["state"] == "resolved")

    phone.goto(stage.address(f"/desk/doorstep/{COMMUNITY}/{GRID}"))
    expect(phone.locator(f"[id='{door}']")).to_contain_text("办好了，请告诉这家")
    called_on(phone, stage, door)
    phone.get_by_label(re.compile("当面说了：水电线路")).check()
    phone.get_by_role("button", name="见到了，记下").click()
    expect(phone.locator(f"[id='{door}']")).not_to_contain_text("请告诉这家")
    assert shown(stage, finding["id"])["told_at"]
    told = [visit for visit in member.visits(door) if visit["outcome"] == "met"]
    assert len(told) == 1


def found_at(stage: Stage, door: str) -> Json:
    told = stage.told(f"/findings?division={COMMUNITY}&limit=100", *WORKER)
    (found,) = [one for one in told["items"] if one["door"] == door]
    return dict(found)


def shown(stage: Stage, finding: str) -> Json:
    return stage.told(f"/findings/{finding}", *WORKER)


def repaired(stage: Stage, need: str) -> None:
    """Verified, claimed and done as any need; the worker has seen that it is."""
    about = {"title": "楼道开关", "urgency": "urgent"}
    stage.done(f"/needs/{need}/verify", *WORKER, **about)
    taken = {"unit": stage.unit, "due": "2026-06-20"}
    one = stage.done(f"/needs/{need}/claim", *LIAISON, **taken)["id"]
    stage.done(f"/commitments/{one}/begin", *LIAISON)
    stage.done(f"/commitments/{one}/fulfil", *LIAISON, words="换了开关", served=1)
    stage.done(f"/needs/{need}/confirm", *WORKER, score=5)


def test_a_day_without_signal_is_kept_from_others_and_sent_once(
    phone: Page, member: Member, axe: str
) -> None:
    stage, (_, first, second) = member.stage, member.doors
    phone.goto(stage.address(member.walk))
    expect(phone.locator("#says")).to_contain_text("没有信号也能用")

    phone.context.set_offline(True)
    phone.reload()
    numbers = {door: place_of(stage, door) for door in (first, second)}
    phone.get_by_role("button", name=f"第 {numbers[first]} 户").click()  # One tap,
    phone.get_by_role("button", name="家中无人").click()  # and another.
    expect(phone.locator("#waiting")).to_contain_text("1 条待传")
    phone.get_by_role("button", name=f"第 {numbers[second]} 户").click()
    assert violations(phone, axe) == []
    phone.locator("#met").get_by_label("否", exact=True).check()
    phone.get_by_role("button", name="见到了，记下").click()
    phone.get_by_role("button", name=f"第 {numbers[second]} 户").click()
    phone.get_by_text("记一项发现").click()
    phone.get_by_role("button", name="记下发现").click()
    expect(phone.locator("#waiting")).to_contain_text("3 条待传")
    assert is_list_kept(phone)
    kept = phone.evaluate(EVERYTHING_KEPT) + phone.evaluate(EVERY_ROW)
    assert "3栋2单元" not in kept  # Neither a label nor a word is to be read.
    assert member.visits(first) == []
    exported = exported_from(phone)
    assert "3栋2单元" not in exported
    said = [line.split(",")[1:4] for line in exported.splitlines()]
    assert said == [
        ["第几户", "结果", "回答"],
        [str(numbers[first]), "家中无人", ""],
        [str(numbers[second]), "见到了", "gas=no"],
        [str(numbers[second]), "发现", "kind=gas urgency=routine route=need"],
    ]

    phone.context.set_offline(False)
    phone.reload()  # As good as coming to where there is signal.
    wait_until(lambda: json.loads(phone.evaluate(EVERY_ROW)) == [])
    expect(phone.locator("#queue")).to_be_hidden()
    (missed,), (met,) = member.visits(first), member.visits(second)
    assert (missed["outcome"], missed["way"]) == ("not_in", "late")
    assert met["answers"] == [{"item": "gas", "value": "no"}]
    assert {missed["member"], met["member"]} == {member.account.person}
    assert found_at(stage, second)["route"] == "need"

    phone.evaluate(ROW_OF_ANOTHER, first)
    phone.reload()
    expect(phone.locator("#why")).to_contain_text("1 条是另一位网格员记的")
    assert len(member.visits(first)) == 1  # It waits for whose it is.
    expect(phone.locator("#says")).to_contain_text("没有信号也能用")
    phone.evaluate(SHIFT_IS_OVER)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#says")).to_contain_text("名单还没有取到")
    assert not is_list_kept(phone)
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.locator("#says")).to_contain_text("没有信号也能用")

    phone.goto(stage.address("/me"))
    phone.get_by_role("button", name="退出登录").click()
    expect(phone.get_by_text("还有 1 条走访记录没有上传")).to_be_visible()
    phone.get_by_role("button", name="退出登录").click()
    expect(phone.get_by_role("link", name="我的 · 登录")).to_be_visible()
    assert not is_list_kept(phone)
    assert phone.evaluate("sessionStorage.length") == 0


def exported_from(phone: Page) -> str:
    """What has not been sent, as a table, which needs no signal."""
    phone.get_by_text("更多", exact=True).click()
    with phone.expect_download() as download:
        phone.get_by_role("button", name="导出未上传的记录").click()
    assert download.value.suggested_filename == "未上传的走访.csv"
    return Path(download.value.path()).read_text(encoding="utf-8-sig")


def is_list_kept(phone: Page) -> bool:
    """As cipher, under its address."""
    lines = phone.evaluate(EVERYTHING_KEPT).split("\n")
    return any(line.endswith(f"{GRID}/list") for line in lines)


def place_of(stage: Stage, door: str) -> int:
    return int(stage.told(f"/doors/{door}", *WORKER)["walk"])
