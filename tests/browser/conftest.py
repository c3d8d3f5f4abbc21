"""One browser and one platform with an invented week for all browser tests of a run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.browser.stage import Stage, staged
from tests.clocks import HUNG_S

# A state is waited for as long as a busy machine may take to come to it.
expect.set_options(timeout=HUNG_S * 1000)
JUNE = datetime(2026, 6, 8, 1, tzinfo=UTC).timestamp()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium.browser() as launched:
        yield launched


@pytest.fixture(scope="package")
def axe() -> str:
    return chromium.axe()


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with in_june(Path(tmp_path_factory.mktemp("browser"))) as stage:
        yield stage


@contextmanager
def in_june(folder: Path, bus: str = "local:") -> Iterator[Stage]:
    clock = folder / "clock"
    clock.write_text(str(JUNE - time.time()))
    with staged(folder, clock, bus) as stage:
        yield stage
