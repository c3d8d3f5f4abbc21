"""gunicorn's worker on green threads, which when told to stop does not wait for connections nobody asks on."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from gevent import monkey
from gunicorn.workers.ggevent import GeventWorker

Address = tuple[str, int]

PLAIN: type[socket.socket] = monkey.get_original("socket", "socket")


class Worker(GeventWorker):
    """A connection is handled by a thread of its own, which waits in `timeout_ctx` for the next request."""

    def handle(self, listener: socket.socket, client: socket.socket, address: Address) -> None:
        self._here.connection = client
        super().handle(listener, client, address)

    @contextmanager
    def timeout_ctx(self) -> Iterator[None]:
        connection = self._here.connection
        self._idle.add(connection)
        try:
            if not self.alive:
                _say_no_more(connection)
            with super().timeout_ctx():
                yield
        finally:
            self._idle.discard(connection)

    def handle_exit(self, signum: int, frame: FrameType | None) -> None:
        super().handle_exit(signum, frame)
        for connection in tuple(self._idle):
            _say_no_more(connection)

    def patch(self) -> None:
        super().patch()
        self._here = threading.local()  # Of a green thread from here on.
        self._idle: set[socket.socket] = set()


def _say_no_more(connection: socket.socket) -> None:
    """What has arrived is still read; after that the connection is at its end, quietly: gevent's own would raise."""
    with suppress(OSError), PLAIN(fileno=os.dup(connection.fileno())) as plain:  # The other side may be first.
        plain.shutdown(socket.SHUT_RD)
