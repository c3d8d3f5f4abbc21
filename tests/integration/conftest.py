"""Where services are tried that run in the process of the test."""

import uuid
from pathlib import Path

import pytest

from services.kit.config import Settings
from tests.mongo import NOTICE


@pytest.fixture(params=["sqlite", "mongodb"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """On either engine, where a file has none of its own."""
    if request.param == "sqlite":
        return Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    url = request.getfixturevalue("mongodb")
    if url is None:
        pytest.skip(NOTICE)
    return Settings(data=tmp_path, store=f"{url.rstrip('/')}/t{uuid.uuid4().hex[:10]}")
