"""The pictures of the README: `python -m tests.browser.readme` takes them anew, of an invented district.

Each weighs so little that whoever clones the repository does not notice: `MOST` bytes at most.
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.conftest import JUNE
from tests.browser.district import opened
from tests.browser.stage import PHONE, Stage, staged

PICTURES = chromium.ROOT / "docs" / "pictures"
MOST = 60_000
CAME = 17
SCREEN, LOW = (1200, 750), (1200, 600)
TAKEN: tuple[tuple[str, str, str, tuple[int, int]], ...] = (
    ("near-me", "", "/", PHONE),
    ("sign-up", "resident", "/activities/{activity}/sign-up", PHONE),
    ("door", "worker", "/desk/activities/{today}/sessions/{session}", PHONE),
    ("matches", "liaison", "/unit/matches", PHONE),
    ("district", "district", "/district?period=2026-06", SCREEN),
    ("operating", "district", "/ops", LOW),
)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        clock = Path(name) / "clock"
        clock.write_text(str(JUNE - time.time()))
        with chromium.browser() as browser, staged(Path(name), clock) as stage:
            lived_in(stage)
            for picture, who, address, size in TAKEN:
                take(browser, stage, picture, who, address, size)


def lived_in(stage: Stage) -> None:
    """People came, so that there are figures."""
    times = {"starts_at": "2026-06-08T01:20:00Z", "ends_at": "2026-06-08T02:20:00Z"}
    one = opened(stage, 0, title="银发手机课堂", capacity=CAME, **times)
    for number in range(CAME):
        came = {"person": f"neighbour-{number}"}
        stage.done(f"/activities/{one}/walk-ins", "worker-1", "worker", **came)


def take(
    browser: Browser,
    stage: Stage,
    name: str,
    who: str,
    address: str,
    size: tuple[int, int],
) -> None:
    with stage.visit(browser, who, size=size) as page:
        page.goto(stage.address(address))
        path = PICTURES / f"{name}.png"
        page.screenshot(path=path)
    weight = path.stat().st_size
    assert weight <= MOST, f"{path} weighs {weight} bytes"
    print(path.relative_to(chromium.ROOT), f"{weight:,}")


if __name__ == "__main__":
    main()
