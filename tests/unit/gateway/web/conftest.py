"""What words of pages are told by: the application says what time it is."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask


@pytest.fixture
def this_year() -> Iterator[None]:
    app = Flask(__name__)
    app.now = lambda: datetime(2026, 6, 13, tzinfo=UTC)  # type: ignore[attr-defined]
    with app.app_context():
        yield
