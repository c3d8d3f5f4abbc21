"""The same day without signal, of which the phone tells nobody who is not to know."""

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.by_hand import Hand
from tests.browser.district import GRID, door_of
from tests.browser.stage import Stage
from tests.browser.test_every_page import violations
from tests.browser.test_seat_code import EVERYTHING_KEPT
from tests.browser.walks import WALKS, WORKER, Member, found_at
from tests.clocks import wait_until

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


def test_a_day_without_signal_is_walked_by_keys_alone(
    phone: Page, member: Member
) -> None:
    """Nobody is thrown back to the top of the page: the next door is the next key away."""
    stage = member.stage
    first, second = (door_of(stage, next(WALKS)) for _ in range(2))
    phone.goto(stage.address(member.walk))
    expect(phone.locator("#says")).to_contain_text("没有信号也能用")
    phone.context.set_offline(True)
    hand = Hand(phone, by_keys=True)
    hand.tap(f"第 {place_of_known(phone, first)} 户", "button")
    expect(phone.locator("#door-name")).to_be_focused()
    hand.tap("家中无人", "button")
    expect(button_of(phone, first)).to_be_focused()
    phone.keyboard.press("Tab")
    expect(button_of(phone, second)).to_be_focused()
    phone.keyboard.press("Enter")
    hand.tick("否")
    hand.tap("见到了，记下", "button")
    expect(button_of(phone, second)).to_be_focused()
    hand.tap(f"第 {place_of_known(phone, second)} 户", "button")
    hand.open("记一项发现")
    hand.choose("类别", "gas")
    hand.tap("记下发现", "button")
    expect(phone.locator("#waiting")).to_contain_text("3 条待传")
    expect(button_of(phone, second)).to_be_focused()
    phone.keyboard.press("Enter")
    hand.tap("返回今天的门户", "button")
    expect(button_of(phone, second)).to_be_focused()
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator("#queue")).to_be_hidden()
    expect(button_of(phone, second)).to_be_focused()
    assert [one["outcome"] for one in member.visits(first)] == ["not_in"]


def button_of(phone: Page, door: str) -> Locator:
    return phone.locator(f"#doors button[data-door='{door}']")


def place_of_known(phone: Page, door: str) -> int:
    said = button_of(phone, door).inner_text()
    return int(said.split()[1])


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
    phone.get_by_role("button", name="记下发现").click()  # Of no kind: nothing.
    phone.get_by_label("类别").select_option(label="燃气")
    phone.get_by_role("button", name="记下发现").click()
    expect(phone.locator("#waiting")).to_contain_text("3 条待传")
    expect(phone.get_by_label("类别")).to_have_value("")
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
    expect(phone.get_by_role("link", name="登录")).to_be_visible()
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
