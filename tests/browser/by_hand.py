"""Somebody at a page who counts their taps: by finger or by keys alone, at a phone and at a desk in turn."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.stage import DESK, PHONE

MOST_TABS = 200
# A ring around what has the focus, where it is on the screen.
IS_SEEN = """one => {
    const {outlineStyle, outlineWidth} = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return outlineStyle !== "none" && parseFloat(outlineWidth) > 0
        && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""


def begins(words: str) -> re.Pattern[str]:
    """A name that begins so. What is only heard of it stands apart."""
    parts = (re.escape(part) for part in words.split("："))
    return re.compile(r"^\s*" + r"\s*：\s*".join(parts))


class Hand:
    """`taps` are those so far. What is pressed is found at one size, and pressed at the other: the same way at both."""

    def __init__(self, page: Page, by_keys: bool):
        self.page, self.by_keys, self.taps = page, by_keys, 0

    @property
    def address(self) -> str:
        return self.page.url

    def tap(self, words: str, role: Any = "link", on: str = "") -> None:
        """Presses the link or button whose name begins so; of several cards the one `on` which these words stand."""
        where = self._card(on) if on else self.page
        self.press(where.get_by_role(role, name=begins(words)).first, "Enter")

    def follow(self, address: str) -> None:
        """Presses the first link in the page itself that leads there."""
        target = self.page.locator(f"main a[href*='{address}']").first
        self.press(target, "Enter")

    def open(self, words: str) -> None:
        """Unfolds what a summary hides."""
        self.press(self.page.locator("summary", has_text=words).first, "Enter")

    def tick(self, words: str) -> None:
        target = self.page.get_by_label(words, exact=True).first
        if self.by_keys and target.get_attribute("type") == "radio":
            self._choose(target)
        else:
            self.press(target, " ")

    def choose(self, label: str, value: str) -> None:
        self.taps += 1
        self.page.get_by_label(label).first.select_option(value)

    def press(self, target: Locator, key: str) -> None:
        self.taps += 1
        if self.by_keys:
            self._reach(target)
            self._turn()
            expect(target).to_be_focused()
            self.page.keyboard.press(key)
        else:
            target.click(trial=True)
            self._turn()
            target.click()

    def write(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label).first
        if self.by_keys:
            self._reach(field)
            self.page.keyboard.insert_text(text)
        else:
            field.fill(text)

    def again(self) -> None:
        self.page.reload()

    def has(self, words: str) -> bool:
        return self.page.get_by_text(words).count() > 0

    def reads(self, words: str, on: str) -> str:
        """The whole of what is said so on a card."""
        return self._card(on).get_by_text(words).inner_text()

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def sees_heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", name=words).first).to_be_visible()

    def misses(self, words: str, on: str = "") -> None:
        """No card says so any more; or not that `on` which those words stand."""
        where = self._card(on).get_by_text(words) if on else self._card(words)
        expect(where).to_have_count(0)

    def _choose(self, radio: Locator) -> None:
        """Keys lead to the one of a group that is chosen, and arrows from there to the others."""
        self.taps += 1
        name = radio.get_attribute("name")
        group = self.page.locator("fieldset", has=radio).locator(
            f"input[name='{name}']"
        )
        self._reach(group.and_(self.page.locator(":checked")))
        for _ in range(group.count()):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {radio}")

    def _card(self, words: str) -> Locator:
        return self.page.locator("li.task", has_text=words)

    def _turn(self) -> None:
        width, height = PHONE if self._is_at_a_desk() else DESK
        self.page.set_viewport_size({"width": width, "height": height})

    def _is_at_a_desk(self) -> bool:
        size = self.page.viewport_size
        assert size is not None
        return (size["width"], size["height"]) == DESK

    def _reach(self, target: Locator) -> None:
        """By the tabulator, as who has no mouse."""
        for _ in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                assert target.evaluate(IS_SEEN), f"nobody sees the focus on {target}"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {target}")
