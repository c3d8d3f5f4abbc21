"""Which doorbells the broker has taken over, whatever order it says so in."""

from collections import defaultdict
from typing import Any

import pytest

from services.kit.buses.rabbit.doorbells import Unconfirmed
from tests.contract.engines import event


class Channel:
    """Takes what is published and says nothing about it."""

    def __init__(self) -> None:
        self.events: dict[str, set[Any]] = defaultdict(set)

    def prepare_message(self, *args: Any, **options: Any) -> None: ...

    def send_method(self, *args: Any) -> None: ...


class Silent:
    """A connection on which nothing more arrives."""

    def drain_events(self, timeout: float) -> None:
        raise TimeoutError


@pytest.mark.parametrize(
    ("acknowledged", "complete"),
    [
        ([(1, False), (2, False), (3, False)], True),
        ([(3, True)], True),
        ([(3, False), (2, True)], True),
        ([(2, True), (3, False)], True),
        ([(2, True)], False),
        ([(3, False), (1, False)], False),
    ],
)
def test_all_is_confirmed_when_each_is(
    acknowledged: list[tuple[int, bool]], complete: bool
) -> None:
    channel = Channel()
    unconfirmed = Unconfirmed(channel)
    for _ in range(3):
        unconfirmed.publish("adder", event(1))
    [on_ack] = channel.events["basic_ack"]
    for tag, multiple in acknowledged:
        on_ack(tag, multiple)
    if complete:
        unconfirmed.wait(Silent())
    else:
        with pytest.raises(TimeoutError):
            unconfirmed.wait(Silent())
