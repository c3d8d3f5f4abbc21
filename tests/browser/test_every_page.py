"""Every page, in a browser: accessible by axe, nothing cut off, nothing from elsewhere, nothing refused by policy.

A picture of each is kept in `build/pages`, to be looked at.
"""

from itertools import product
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
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
    browser: Browser, stage: Stage, axe: str, who: str, address: str
) -> None:
    stage.says.clear()
    for shown, size in MODES:
        with stage.visit(browser, who, size=size, shown=shown) as page:
            page.goto(stage.address(address))
            page.screenshot(path=picture(who, address, shown), full_page=True)
            assert violations(page, axe) == [], (shown, size)
            assert page.locator("h1").count() >= 1
    allowed = [said for said in stage.says if "422 (UNPROCESSABLE" not in said]
    assert allowed == []


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_nothing_is_cut_off_on_a_narrow_screen_or_at_double_size(
    browser: Browser, stage: Stage, who: str, address: str
) -> None:
    for width, shown in product((320, 390, 720), ("light.100", "light.187")):
        with stage.visit(browser, who, size=(width, 800), shown=shown) as page:
            page.goto(stage.address(address))
            too_wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert too_wide <= 0, (width, shown)
