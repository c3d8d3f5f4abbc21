"""The servers the tests share, each found or started once."""

from collections.abc import Iterator

import pytest

from tests import rabbit


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[str]:
    """An AMQP URL on a virtual host of its own."""
    with rabbit.broker() as url:
        yield url
