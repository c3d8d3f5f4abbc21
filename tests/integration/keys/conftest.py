"""A host of letters, on either store."""

from collections.abc import Iterator

import pytest

from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.engine.host import Host
from tests.integration.keys.letters import Letters


@pytest.fixture
def bus() -> Iterator[LocalBus]:
    bus = LocalBus()
    yield bus
    bus.stop()


@pytest.fixture
def host(bus: LocalBus, settings: Settings) -> Host:
    """It does what is due when told to, not by itself."""
    return bus.host(Letters, settings)
