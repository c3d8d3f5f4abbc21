"""The door with a camera: a bad picture is read at once, and nothing is compiled on any other page."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from services.activities.rules.seat_codes import seat_code
from tests.browser import chromium
from tests.browser.pictures import film
from tests.browser.stage import Stage
from tests.clocks import pacing

MOST_MS = 500
# In the page itself: how long from a frame until it is read, over many; and until the first is.
MEASURED = """async () => {
  const home = document.querySelector("script[type=module]").src;
  const { Decoder, drawn } = await import(new URL("decoder.js", home));
  const of = document.getElementById("scan").dataset;
  const video = document.getElementById("picture");
  const decoder = new Decoder(of.reader, of.wasm);
  await decoder.ready;
  const began = performance.now();
  let first = 0, read = 0;
  for (let frame = 0; frame < 40; frame++) {
    await new Promise(requestAnimationFrame);
    if (await decoder.read(drawn(video, video.videoWidth, video.videoHeight))) {
      read += 1;
      first ||= performance.now() - began;
    }
  }
  return { first, read };
}"""


def code(stage: Stage, person: str) -> str:
    return seat_code(stage.session, person, stage.platform.settings.door_key())


@pytest.fixture(scope="module")
def seeing(
    browser: Browser, stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser whose camera sees the code of a seat, badly."""
    folder = Path(tmp_path_factory.mktemp("camera"))
    seen = film(code(stage, "resident-2"), folder / "seat.y4m")
    with _with_camera(browser, seen) as seeing:
        yield seeing


def _with_camera(browser: Browser, seen: Path) -> AbstractContextManager[Browser]:
    return chromium.another(
        browser,
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={seen}",
    )


@pytest.fixture
def page(seeing: Browser, stage: Stage) -> Iterator[Page]:
    stage.says.clear()
    with stage.visit(seeing, "worker") as page:
        address = "/desk/activities/{today}/sessions/{session}/scan"
        page.goto(stage.address(address))
        expect(page.locator("#result")).to_be_visible()
        yield page
    assert stage.says == []


def must_be_read_at_once(page: Page) -> None:
    with pacing() as pace:
        took = page.evaluate(MEASURED)
    assert took["read"] > 20, took
    assert took["first"] < MOST_MS * pace.worst, took


def test_a_tilted_dim_blurred_noisy_code_is_read_at_once(page: Page) -> None:
    must_be_read_at_once(page)


def test_it_is_recorded_and_the_camera_goes_on(page: Page) -> None:
    expect(page.locator("#verdict")).to_contain_text("签到")
    expect(page.locator("#camera-says")).to_have_text("把座位码对准画面")


def test_a_long_code_is_read_as_well(
    browser: Browser, stage: Stage, tmp_path: Path
) -> None:
    """Somebody's own, of sixty letters; it is of nobody here, and is recorded all the same."""
    seen = film("W" * 60 + ".x", tmp_path / "own.y4m")
    with (
        _with_camera(browser, seen) as seeing,
        stage.visit(seeing, "worker") as page,
    ):
        page.goto(stage.address("/desk/activities/{today}/sessions/{session}/scan"))
        expect(page.locator("#verdict")).to_contain_text("已记下")
        must_be_read_at_once(page)


def test_no_other_page_may_compile_programs(browser: Browser, stage: Stage) -> None:
    door = "/desk/activities/{today}/sessions/{session}"
    for address in (door, f"{door}/close", "/desk", "/me", "/"):
        with stage.visit(browser, "worker") as page:
            answer = page.goto(stage.address(address))
            assert answer is not None
            assert "wasm" not in answer.headers["content-security-policy"]
