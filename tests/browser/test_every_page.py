"""Every page, in a browser: accessible by axe, nothing cut off, nothing from elsewhere, nothing refused by policy.

A picture of each is kept in `build/pages`, to be looked at.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from gateway.web.display import COOKIE, Display
from tests.browser.addresses import PAGES
from tests.browser.chromium import ROOT
from tests.browser.stage import DESK, PHONE, Stage

PICTURES = ROOT / "build" / "pages"
# Those of one size stand together: a page laid out anew costs as much as one that is checked.
MODES = (("light.100", PHONE), ("light.125", PHONE), ("dark.100", DESK), ("dark.187", DESK))  # fmt: skip
NARROW = (Display("light", "100"), Display("light", "187"))
WIDTHS = (320, 390, 720)
QUALITY = 70  # For looking at: PNG takes twice as long.
TOO_WIDE = """modes => modes.filter(classes => {
    const root = document.documentElement;
    root.className = classes;
    return root.scrollWidth > root.clientWidth;
})"""
# Words of which a line holds a letter or two, one below the other, as where buttons leave them no room.
SQUEEZED = """() => {
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (words.nextNode()) {
        const said = words.currentNode.data.trim();
        const range = document.createRange();
        range.selectNodeContents(words.currentNode);
        const drawn = [...range.getClientRects()].filter(box => box.width > 1 && box.height > 1);
        const lines = new Set(drawn.map(box => Math.round(box.top))).size;
        if (lines > 3 && said.length < 3 * lines) found.push(said);
    }
    return found;
}"""
# As where more may be done with a seat: what is beside the name leaves it next to nothing.
MORE_TO_PRESS = """() => document.querySelectorAll(".seat button").forEach(button => {
    button.style.width = `${button.closest(".seat").clientWidth - 30}px`;
})"""
PageOf = Callable[[str], Page]
VIOLATIONS = """async rules => {
    const wanted = {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]};
    const found = await axe.run(wanted);
    return found.violations.flatMap(one =>
        one.nodes.map(node => `${one.id}: ${node.html.slice(0, 200)}`));
}"""
COVERED = """() => [...document.querySelectorAll(".card :is(a, button, summary)")].filter(one => {
    const [box] = one.getClientRects();
    if (!box || !box.width || one.closest("details:not([open]) > :not(summary)")) return false;
    one.scrollIntoView({block: "center", behavior: "instant"});
    const [at] = one.getClientRects();
    const top = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
    return !one.contains(top);
}).map(one => one.outerHTML.slice(0, 200))"""
TURN = """([classes, schemes]) => {
    document.documentElement.className = classes;
    document.querySelector("meta[name=color-scheme]").content = schemes;
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def page_of(browser: Browser, stage: Stage) -> Iterator[PageOf]:
    """One page for each kind of visitor, kept for all addresses: to open another takes a second."""
    with ExitStack() as opened:

        @cache
        def page(who: str) -> Page:
            return opened.enter_context(stage.visit(browser, who))

        yield page


def picture(who: str, address: str, shown: str) -> Path:
    words = "".join(letter if letter.isalnum() else "-" for letter in address)
    return PICTURES / f"{who or 'all'}{words}.{shown}.jpg"


def violations(page: Page, axe: str) -> list[str]:
    """Asked by the devtools, which a page's policy does not bind. What is right is not told: it is much."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found: list[str] = page.evaluate(VIOLATIONS, RULES)
    return found


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_is_for_everybody_in_every_mode_and_width(
    page_of: PageOf, stage: Stage, axe: str, who: str, address: str
) -> None:
    """Loaded once and turned from mode to mode: they differ by words at the root alone, as test_display.py says."""
    page = page_of(who)
    stage.says.clear()
    resize(page, MODES[0][1])
    page.goto(stage.address(address))
    for shown, size in MODES:
        turn(page, shown, size)
        kept = picture(who, address, shown)
        page.screenshot(path=kept, full_page=True, type="jpeg", quality=QUALITY)
        assert violations(page, axe) == [], (shown, size)
    assert page.locator("h1").count() >= 1
    assert page.evaluate(COVERED) == [], "a finger presses something else"
    assert cut_off(page) == []
    assert squeezed(page) == []
    load_in_english(page, stage, address)
    assert cut_off(page) == []
    assert squeezed(page) == []
    allowed = [said for said in stage.says if "422 (UNPROCESSABLE" not in said]
    assert allowed == []


def test_no_name_at_the_door_is_squeezed_by_the_buttons_beside_it(
    page_of: PageOf, stage: Stage
) -> None:
    page = page_of("worker")
    address = f"/desk/activities/{stage.today}/sessions/{stage.session}"
    load_in_english(page, stage, address)
    turn(page, "light.100", PHONE)
    page.evaluate(MORE_TO_PRESS)
    assert squeezed(page) == []


def cut_off(page: Page) -> list[tuple[int, str]]:
    """Widths and modes in which one would have to scroll sideways."""
    wide = []
    for width in WIDTHS:
        resize(page, (width, 800))
        modes = page.evaluate(TOO_WIDE, [mode.classes for mode in NARROW])
        wide += [(width, mode) for mode in modes]
    return wide


def squeezed(page: Page) -> list[str]:
    """On a phone, and in large letters on the narrowest."""
    turn(page, "light.100", PHONE)
    found: list[str] = page.evaluate(SQUEEZED)
    turn(page, "light.125", (320, 800))
    found += page.evaluate(SQUEEZED)
    return found


def load_in_english(page: Page, stage: Stage, address: str) -> None:
    """Other words are another page; the next one is Chinese again."""
    english: Any = {"name": COOKIE, "value": "auto.100.en", "url": stage.url}
    page.context.add_cookies([english])
    page.goto(stage.address(address))
    page.context.clear_cookies(name=COOKIE)


def turn(page: Page, shown: str, size: tuple[int, int]) -> None:
    """Shows the page that is there in another mode, as if it had been loaded so."""
    theme, letters = shown.split(".")
    mode = Display(theme, letters)
    page.evaluate(TURN, [mode.classes, mode.schemes])
    resize(page, size)


def resize(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})
