"""The bus inside one process."""

from pathlib import Path

from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from tests.toy import Adder, Echo


def test_a_follower_has_a_bell_whichever_of_the_two_comes_first(tmp_path: Path) -> None:
    bus = LocalBus()
    settings = Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    try:
        follower = bus.host(Echo, settings).followers["adder"]
        bus.host(Adder, settings)
        assert follower.has_bell
    finally:
        bus.stop()
