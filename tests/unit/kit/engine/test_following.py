"""How often a follower looks without being rung."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.kit.clock import system
from services.kit.engine import follow
from services.kit.engine.follow import Follower
from services.kit.engine.log_calls import Read
from services.kit.engine.tables import collections_of
from services.kit.log import Event
from services.kit.store import Store, open_store
from services.kit.views import Overlay
from tests.contract.engines import event
from tests.toy import ECHO, Echo

pytestmark = pytest.mark.usefixtures("at_once")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "LINGER_S", 0.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:{tmp_path}", "echo", collections_of(Echo))
    yield store
    store.close()


def pauses(store: Store, has_bell: bool, *news: list[Event]) -> list[float]:
    """For how long it waits after each look; `news` is what the looks find."""
    found = iter(news)

    def fetch(after: int, limit: int, types: Any) -> Read:
        events = next(found)
        return Read(after + len(events), events)

    follower = Follower("echo", "adder", store, ECHO["adder"], {}, fetch, system)
    follower.has_bell = has_bell
    waited = []
    for _ in news:
        follower._follow()
        waited.append(follower.thread.every_s)
    return waited


def test_with_a_bell_it_looks_less_and_less_often_until_there_is_news(
    store: Store,
) -> None:
    looks: list[list[Event]] = [[], [], [], [], [], [event(1)], []]
    assert pauses(store, True, *looks) == [4, 8, 16, 30, 30, 2, 4]


def test_without_a_bell_it_goes_on_looking_every_two_seconds(store: Store) -> None:
    assert pauses(store, False, [], [], [event(1)], []) == [2, 2, 2, 2]


def test_while_it_stands_at_an_event_it_tries_every_two_seconds(store: Store) -> None:
    def break_down(docs: Overlay, event: Event) -> None:
        raise ArithmeticError("a defect of the fold")

    def fetch(after: int, limit: int, types: Any) -> Read:
        return Read(1, [event(1)])

    folds = dict.fromkeys(ECHO["adder"], break_down)
    follower = Follower("echo", "adder", store, folds, {}, fetch, system)
    follower.has_bell = True
    for _ in range(3):
        follower._follow()
        assert follower.thread.every_s == 2


def test_a_source_of_a_version_that_tells_no_ids_is_followed_and_not_suspected(
    store: Store,
) -> None:
    def told(before: str | None, last: str | None, *news: Event) -> Follower:
        read = Read(5, list(news), before, last)
        return Follower(
            "echo", "adder", store, {}, {}, lambda after, limit, types: read, system
        )

    told(None, None, event(5)).catch_up()
    assert store.views.begin("adder").mark.event == ""
    told(None, None).catch_up()
    told("E5", "E5").catch_up()
    assert store.views.begin("adder").mark.event == "E5"
    suspicious = told("X", "X")
    suspicious.catch_up()
    parked = suspicious.parked()
    assert parked is not None
    assert (parked["kind"], parked["sequence"], parked["event"]) == (
        "AnotherLog",
        5,
        "E5",
    )
    told("E5", "E5").catch_up()
    assert suspicious.parked() is None
