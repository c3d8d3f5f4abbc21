"""Connecting to a broker that is not there."""

import pytest

from services.kit.buses.rabbit.wire import LOST, connected
from tests.servers import free_address, text


def test_a_broker_that_is_not_there_is_one_that_was_lost() -> None:
    with pytest.raises(LOST), connected(f"amqp://{text(free_address())}", print, print):
        raise AssertionError("nobody listens there")
