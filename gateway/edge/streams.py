"""Streams: answers that go on, so that a browser hears of news as they happen. So many in a worker, and none longer
than it takes to stop."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from gevent.event import Event

from services.kit.errors import Overloaded

PART = 5  # Of the connections a worker takes, every fifth.
MOST = 500


class Streams:
    """Those of one process."""

    def __init__(self, most: int = MOST):
        self.most, self.open = most, 0
        self._ending = Event()

    @contextmanager
    def one(self) -> Iterator[None]:
        """A stream for as long as the block takes. Raises `Overloaded` when there are enough."""
        self.must_have_room()
        self.open += 1
        try:
            yield
        finally:
            self.open -= 1

    def must_have_room(self) -> None:
        """Raises `Overloaded` when there are enough: whoever finds none asks now and then."""
        if self.open >= self.most:
            raise Overloaded("实时更新的人太多，本页改为每隔一会儿更新一次")

    def end(self) -> None:
        """Of all of them, at once."""
        self._ending.set()

    def is_over(self, within_s: float) -> bool:
        """Whether they end now, or so soon. Waits for no longer."""
        return bool(self._ending.wait(within_s))


STREAMS = Streams()


def flushed(parts: Iterable[bytes], environ: Mapping[str, Any]) -> Iterator[bytes]:
    """Each at once: a connection keeps what it is given until it is enough for a packet."""
    flush: Callable[[], None] = getattr(
        environ.get("gunicorn.socket"), "flush", lambda: None
    )
    for part in parts:
        yield part
        flush()
