"""Who is waited for before a turn of the ledger: nobody while people come one by one."""

import time

import pytest

from services.kit.clock import Deadline
from services.kit.engine.queue import Queue
from services.kit.engine.requests import Waiting


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, each time."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


def come(queue: Queue, many: int) -> None:
    for _ in range(many):
        queue.join(Waiting(None, Deadline(time.monotonic() + 60)))  # type: ignore[arg-type]
    queue.let_join()
    assert len(queue.next_batch()) == many


def test_who_comes_alone_is_not_kept_waiting(waits: list[float]) -> None:
    line = Queue()
    come(line, 1)
    come(line, 1)
    assert waits == []


def test_where_several_come_more_are_waited_for_also_after_the_next_turn(
    waits: list[float],
) -> None:
    line = Queue()
    come(line, 3)
    come(line, 1)
    assert len(waits) == 2
    come(line, 1)
    assert len(waits) == 2
