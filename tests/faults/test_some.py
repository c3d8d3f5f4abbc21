"""Some of the scenarios, with every run of the tests; `make faults` plays all of them."""

import pytest

from tests.faults.play import played

SOME = (
    "kill-all",
    "broker-killed",
    "poison",
    "store-locked",
    "source-unreadable",
    "queues-poisoned",
    "backup",
)


@pytest.mark.parametrize("name", SOME)
def test_nothing_acknowledged_is_lost_or_doubled(name: str, rabbitmq: str) -> None:
    row = played(name, rabbitmq)
    assert row["verdict"] == "held", row
    assert row["acknowledged"] > 100
