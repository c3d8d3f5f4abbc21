"""Which generation of views is served, as one process knows it. Both engines use it."""

import threading
import time
from collections.abc import Callable

AGE_S = 0.2


class Generations:
    """The number being served, at most `AGE_S` old; it only grows. `look_up` asks the store.

    What is folded must be written to the generation it was read from: a commit has to find the one its fold began
    in still being served.
    """

    def __init__(self, look_up: Callable[[], int]):
        self._look_up = look_up
        self._lock = threading.Lock()
        self._known = 0
        self._looked_at = float("-inf")

    def serving(self) -> int:
        """The number as it was known not longer than `AGE_S` ago: it may ask the store."""
        if time.monotonic() - self._looked_at > AGE_S:
            return self.look()
        return self._known

    def look(self) -> int:
        """The number being served at this moment."""
        now, number = time.monotonic(), self._look_up()
        with self._lock:
            self._known = max(self._known, number)
            self._looked_at = now
        return self._known
