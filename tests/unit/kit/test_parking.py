"""What is said of an event a follower stands at: once, however often it is tried."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.clock import system
from services.kit.engine.parking import Parking
from services.kit.engine.tables import collections_of
from services.kit.store import Store, open_store
from tests.contract.engines import event
from tests.toy import Echo

ABOUT = {"service": "echo", "part": "follower", "source": "adder"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:{tmp_path}", "echo", collections_of(Echo))
    yield store
    store.close()


@pytest.fixture
def parking(store: Store) -> Parking:
    return Parking(ABOUT, store.keep, system)


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [vars(record)["about"]["error"] for record in caplog.records]


def test_it_is_said_once_and_every_try_is_counted(
    parking: Parking, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        parking.park(event(1), KeyError("grid"))
    assert said(caplog) == ["KeyError: 'grid'"]
    standing = parking.standing()
    assert standing is not None
    assert standing["attempts"] == 3


def test_another_error_or_another_event_is_said_again(
    parking: Parking, caplog: pytest.LogCaptureFixture
) -> None:
    parking.park(event(1), KeyError("grid"))
    parking.park(event(1), KeyError("host"))
    parking.park(event(2), KeyError("host"))
    assert said(caplog) == ["KeyError: 'grid'", "KeyError: 'host'", "KeyError: 'host'"]


def test_what_went_through_and_is_parked_again_is_said_again(
    parking: Parking, caplog: pytest.LogCaptureFixture
) -> None:
    parking.park(event(1), KeyError("grid"))
    parking.leave()
    parking.park(event(1), KeyError("grid"))
    assert len(said(caplog)) == 2
