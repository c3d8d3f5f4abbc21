"""One file at a time for each actor: who sends or fetches many takes no turns of the others.

Of those who send no token nobody is told from another. Theirs are bounded by the places there are, and remembered.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from services.kit.actor import ANONYMOUS, Actor
from services.kit.errors import Overloaded


class OneAtATime:
    """Who has a file under way."""

    def __init__(self) -> None:
        self._under_way: set[str] = set()
        self._looking = threading.Lock()

    @contextmanager
    def of(self, actor: Actor) -> Iterator[None]:
        """Raises `Overloaded` at once: to wait here would hold what others need."""
        if actor is ANONYMOUS:
            yield
            return
        with self._looking:
            if actor.id in self._under_way:
                raise Overloaded(
                    "上一个文件还在处理，请等它完成后再试", code="one_file_at_a_time"
                )
            self._under_way.add(actor.id)
        try:
            yield
        finally:
            self._under_way.discard(actor.id)
