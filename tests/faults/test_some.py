"""Some of the scenarios, with every run of the tests: six in turn on one platform. `make faults` plays each alone."""

import json

import pytest

from tests.faults.in_turn import SIX
from tests.faults.play import played


@pytest.mark.parametrize(
    ("name", "injuries"), [("six-in-turn", len(SIX)), ("backup", 1)]
)
def test_nothing_acknowledged_is_lost_or_doubled(
    name: str, injuries: int, rabbitmq: str
) -> None:
    row = played(name, rabbitmq)
    assert row["verdict"] == "held", json.dumps(row, ensure_ascii=False, indent=1)
    assert row["acknowledged"] > 100 * injuries
