"""The requests that wait for a turn of the ledger, in the order they came."""

import time
from collections import deque

from services.kit.engine.requests import Waiting

MOST_IN_A_TURN = 256
LINGER_S = 0.0005


class Queue:
    """Joined by any thread, taken from by the one that writes."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._was_one = True  # In the last turn.

    def __len__(self) -> int:
        return len(self._waiting)

    def join(self, waiting: Waiting) -> None:
        """Never blocks. The writer is to be woken afterwards."""
        self._waiting.append(waiting)

    def let_join(self) -> None:
        """Waits as long as callers keep coming: the more share a turn, the less it costs each.

        On green threads nobody else runs until the turn ends. Whoever comes alone, as the one before did, is not kept.
        """
        if self._was_one and len(self._waiting) == 1:
            return
        before = 0
        while before < len(self._waiting) < MOST_IN_A_TURN:
            before = len(self._waiting)
            time.sleep(LINGER_S)

    def next_batch(self) -> list[Waiting]:
        """Those who have waited longest. What has expired is not executed."""
        batch: list[Waiting] = []
        while self._waiting and len(batch) < MOST_IN_A_TURN:
            waiting = self._waiting.popleft()
            if waiting.deadline.remaining_s():
                batch.append(waiting)
        self._was_one = len(batch) == 1
        return batch
