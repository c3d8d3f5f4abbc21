"""Every page, in a browser: accessible by axe, nothing cut off, nothing from elsewhere, nothing refused by policy.

A picture of each is kept in `build/pages`, to be looked at.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import ROOT
from tests.browser.stage import DESK, PHONE, Stage

PICTURES = ROOT / "build" / "pages"
PAGES = (
    ("", "/"),
    ("", "/?category=调解"),
    ("", "/?division=nowhere"),
    ("", "/calendar/2026-06"),
    ("", "/display"),
    ("", "/help"),
    ("", "/sign-in"),
    ("", "/sign-in/sent"),
    ("", "/sign-in/sent/code"),
    ("", "/sign-in/linking"),
    ("", "/privacy"),
    ("", "/offline"),
    ("", "/activities/{activity}"),
    ("", "/search?q=粽子"),
    ("", "/search?q=没有这样的"),
    ("resident", "/search?q=锦江"),
    ("worker", "/role"),
    ("resident", "/activities/{activity}/sign-up"),
    ("resident", "/me"),
    ("resident", "/me/record"),
    ("resident", "/me/looks"),
    ("resident", "/me/calendar"),
    ("resident", "/me/notices"),
    ("resident", "/signups/{signup}"),
    ("resident", "/signups/{signup}/pass-on"),
    ("resident", "/signups/{signup}/rate"),
    ("resident", "/signups/{signup}/code"),
    ("resident", "/units"),
    ("resident", "/units?text=没有这样的"),
    ("resident", "/units/{unit}"),
    ("resident", "/partners/{partner}"),
    ("resident", "/branches/{branch}"),
    ("resident", "/needs/new"),
    ("resident", "/needs/{need}"),
    ("resident", "/inbox"),
    ("worker", "/desk"),
    ("worker", "/desk/people/new"),
    ("worker", "/desk/people/{person}"),
    ("worker", "/desk/activities/{today}/sessions/{session}"),
    ("worker", "/desk/activities/{today}/sessions/{session}/scan"),
    ("worker", "/desk/activities/{today}/sessions/{session}/door"),
    ("resident", "/activities/{today}/here?session={session}&code=x"),
    ("worker", "/desk/activities/{today}/sessions/{session}/paper"),
    ("worker", "/desk/activities/{today}/sessions/{session}/walk-in"),
    ("worker", "/desk/activities/{today}/sessions/{session}/close"),
    ("worker", "/desk/imports"),
    ("worker", "/desk/activities"),
    ("worker", "/desk/activities/new"),
    ("worker", "/desk/activities/{today}"),
    ("worker", "/desk/activities/{today}/again"),
    ("member", "/desk/doorstep"),
    ("member", "/desk/doorstep/{community}/{grid}"),
    ("member", "/desk/doorstep/doors/{door}"),
    ("member", "/desk/doorstep/doors/{door}/finding"),
    ("member", "/desk/doorstep/cares/{care}"),
    ("member", "/desk/doorstep/visits/{called}/slip"),
    ("", "/called/{called}/{slip}"),
    ("member", "/desk/doorstep/{community}/{grid}/walk"),
    ("worker", "/desk/grids"),
    ("worker", "/desk/grids/doors/new"),
    ("worker", "/desk/grids/doors/{door}/care"),
    ("worker", "/desk/grids/members"),
    ("worker", "/desk/grids/members/new"),
    ("worker", "/desk/grids/teams/new"),
    ("worker", "/desk/grids/cares"),
    ("worker", "/desk/grids/findings"),
    ("worker", "/desk/grids/mediations"),
    ("worker", "/desk/grids/doors/{door}?community={community}&grid={grid}"),
    ("worker", "/desk/grids/doors/{door}/move"),
    ("member", "/desk/doorstep/{community}/{grid}/mediation"),
    ("worker", "/desk/grids/paper"),
    ("street", "/desk/grids/rounds"),
    ("street", "/desk/grids/rounds/new"),
    ("street", "/desk/grids/rounds/{round}"),
    ("worker", "/desk/findings/{finding}/route"),
    ("resident", "/me/team"),
    ("street", "/desk"),
    ("street", "/approve"),
    ("district", "/approve"),
    ("district", "/ops"),
    ("district", "/ops/log/activities"),
    ("district", "/ops/audit"),
    ("", "/seals"),
    ("liaison", "/unit"),
    ("liaison", "/unit/matches"),
    ("liaison", "/unit/commitments"),
    ("liaison", "/unit/year/2026"),
    ("liaison", "/desk/units/{unit}/offerings"),
    ("liaison", "/desk/units/{unit}/profile"),
    ("manager", "/partner"),
    ("manager", "/desk/partners/{partner}/profile"),
    ("secretary", "/branch"),
    ("district", "/district?period=2026-06"),
    ("district", "/district/compare?period=2026-06&with=2026-05"),
    ("district", "/district/wall?period=2026-06"),
    ("district", "/district/facts?figure=sessions_held&period=2026-06"),
)
MODES = (("light.100", PHONE), ("dark.100", DESK), ("light.125", PHONE), ("dark.187", DESK))  # fmt: skip
WIDTHS = (320, 390, 720)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PageOf = Callable[[str], Page]
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
    return PICTURES / f"{who or 'all'}{words}.{shown}.png"


def violations(page: Page, axe: str) -> list[str]:
    """Asked by the devtools, which a page's policy does not bind."""
    page.evaluate(axe)
    found = page.evaluate(
        "rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_is_for_everybody_in_every_mode(
    page_of: PageOf, stage: Stage, axe: str, who: str, address: str
) -> None:
    page = page_of(who)
    stage.says.clear()
    for shown, size in MODES:
        stage.show(page, shown, size)
        page.goto(stage.address(address))
        page.screenshot(path=picture(who, address, shown), full_page=True)
        assert violations(page, axe) == [], (shown, size)
        assert page.locator("h1").count() >= 1
    allowed = [said for said in stage.says if "422 (UNPROCESSABLE" not in said]
    assert allowed == []


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_nothing_is_cut_off_on_a_narrow_screen_or_at_double_size(
    page_of: PageOf, stage: Stage, who: str, address: str
) -> None:
    page = page_of(who)
    for shown in ("light.100", "light.187"):
        stage.show(page, shown, (WIDTHS[0], 800))
        page.goto(stage.address(address))
        for width in WIDTHS:  # Turned in the hand, not loaded anew.
            page.set_viewport_size({"width": width, "height": 800})
            too_wide = page.evaluate(TOO_WIDE)
            assert too_wide <= 0, (width, shown)
