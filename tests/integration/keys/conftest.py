"""A host of letters, on either store."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.engine.host import Host
from tests.integration.keys.letters import Letters


@pytest.fixture(params=["sqlite", "mongodb"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "sqlite":
        return Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    url = request.getfixturevalue("mongodb")
    if url is None:
        pytest.skip("no MongoDB")
    return Settings(data=tmp_path, store=f"{url.rstrip('/')}/t{uuid.uuid4().hex[:10]}")


@pytest.fixture
def bus() -> Iterator[LocalBus]:
    bus = LocalBus()
    yield bus
    bus.stop()


@pytest.fixture
def host(bus: LocalBus, settings: Settings) -> Host:
    """It does what is due when told to, not by itself."""
    return bus.host(Letters, settings)
