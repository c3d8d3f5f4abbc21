"""A store on each engine in turn, and how to open it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.store import Store
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
