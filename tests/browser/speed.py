"""How soon pages are there: `python -m tests.browser.speed`. Never part of a test run.

The largest paint, on a phone four times slower than this machine, at 1.6 Mbit/s and 150 ms; then the list as HTML for
sixteen who ask at once: how long they wait, and what a page costs the platform's processes.
"""

import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.conftest import JUNE
from tests.browser.stage import Stage, staged

SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,  # Bytes a second.
    "uploadThroughput": 200_000,
}
PAINTED = """() => new Promise(told => new PerformanceObserver(list =>
  told(list.getEntries().at(-1).startTime)).observe({type: 'largest-contentful-paint', buffered: true}))"""
PAINTS = (
    ("", "/"),
    ("", "/activities/{activity}"),
    ("resident", "/me"),
    ("worker", "/desk"),
    ("district", "/district?period=2026-06"),
)
TIMES = 5
CONNECTIONS, ASKED = 16, 1_000


def main() -> None:
    with TemporaryDirectory() as name:
        clock = Path(name) / "clock"
        clock.write_text(str(JUNE - time.time()))
        with chromium.browser() as browser, staged(Path(name), clock) as stage:
            for who, address in PAINTS:
                middle = sorted(painted_ms(browser, stage, who, address))[TIMES // 2]
                print(f"{address:32} {middle:6.0f} ms")
            for title, cookie in (
                ("nobody in particular", ""),
                ("who chose a display", "xfh-display=dark.100"),
            ):
                print(title, *listed(stage, cookie))


def painted_ms(browser: Browser, stage: Stage, who: str, address: str) -> list[float]:
    """Of a browser that has never been here, each time."""
    found = []
    for _ in range(TIMES):
        with stage.visit(browser, who) as page:
            _slow_down(page)
            page.goto(stage.address(address), wait_until="load")
            found.append(float(page.evaluate(PAINTED)))
    return found


def _slow_down(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def listed(stage: Stage, cookie: str) -> tuple[str, ...]:
    """The middle and the 95th of a hundred, and the processor's time for one page."""
    before = stage.platform.cpu_ms()
    ask = _asking(stage.address("/"), cookie)
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        took = sorted(threads.map(ask, range(ASKED)))
    cost = (stage.platform.cpu_ms() - before) / ASKED
    middle, late = took[ASKED // 2], took[ASKED * 95 // 100]
    return f"p50 {middle:.1f} ms", f"p95 {late:.1f} ms", f"CPU {cost:.2f} ms a page"


def _asking(url: str, cookie: str) -> Callable[[int], float]:
    request = urllib.request.Request(url, headers={"Cookie": cookie} if cookie else {})

    def ask(number: int) -> float:
        began = time.perf_counter()
        with urllib.request.urlopen(request) as answer:
            answer.read()
        return 1000 * (time.perf_counter() - began)

    return ask


if __name__ == "__main__":
    main()
