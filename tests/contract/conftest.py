"""A store on each engine and services on each bus, in turn."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.kit.engine import follow
from services.kit.store import Store
from tests.clocks import HUNG_S
from tests.contract import buses
from tests.contract.buses import Processes, Toys
from tests.contract.engines import Open, mongo, sqlite


@pytest.fixture(params=["sqlite", "mongodb"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    return (
        sqlite(tmp_path)
        if request.param == "sqlite"
        else mongo(request.getfixturevalue("mongodb"))
    )


@pytest.fixture
def store(opens: Open) -> Iterator[Store]:
    store = opens()
    yield store
    store.close()


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, rabbitmq: str
) -> Iterator[Processes]:
    with buses.rabbit(tmp_path_factory.mktemp("toys"), rabbitmq) as toys:
        yield toys


@pytest.fixture
def processes(shared: Processes) -> Processes:
    """The same processes for every test, with a sum of its own to add to."""
    return replace(shared, to=f"S{uuid.uuid4().hex[:8]}")


@pytest.fixture(params=["local", "rabbitmq"])
def toys(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Toys]:
    """Whose followers look when they are rung, and not by themselves."""
    monkeypatch.setattr(follow, "TICK_S", 10 * HUNG_S)
    monkeypatch.setattr(follow, "LONGEST_TICK_S", 10 * HUNG_S)
    if request.param == "rabbitmq":
        yield request.getfixturevalue("processes")
    else:
        with buses.local(tmp_path) as toys:
            yield toys
