"""One browser and one platform with an invented week for all browser tests of a run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium
from tests.browser.at_the_door import OF_A_PARTY, Door, door_for, held
from tests.browser.stage import Stage, staged
from tests.browser.walks import Member, a_member, phone_of
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


@pytest.fixture
def door(stage: Stage) -> Door:
    return door_for(stage, 2 * OF_A_PARTY)


@pytest.fixture
def device(browser: Browser, door: Door) -> Iterator[BrowserContext]:
    with held(browser, door) as context:
        yield context


@pytest.fixture(scope="package")
def member(stage: Stage) -> Member:
    return a_member(stage)


@pytest.fixture
def phone(browser: Browser, member: Member) -> Iterator[Page]:
    with phone_of(browser, member) as page:
        yield page


@contextmanager
def in_june(folder: Path, bus: str = "local:") -> Iterator[Stage]:
    clock = folder / "clock"
    clock.write_text(str(JUNE - time.time()))
    with staged(folder, clock, bus) as stage:
        yield stage
