"""Gateways to exchange tables with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.gateway_stage import Gateway, gateway


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Gateway]:
    """One in which nothing has happened yet."""
    with gateway(tmp_path) as made:
        yield made
