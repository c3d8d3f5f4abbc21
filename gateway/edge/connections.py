"""A connection as the worker holds it: nobody may take longer over a part of a request than there is time for it.

Connections that wait for their other side stand in a line for each reason to wait. When a line is full, whoever has
stood there longest has to go: so those who hold connections open on purpose make room for each other, and who is quick
is never the oldest.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from gevent import monkey

from services.kit.clock import give_way

PLAIN: type[socket.socket] = monkey.get_original("socket", "socket")

LINGER_S = 2.0
MOST_LINGERING = 16 * 1024 * 1024
PIECE = 65_536


class Line:
    """Connections that wait for the same reason, for `seconds` at most, the first for the longest."""

    def __init__(self, most: int, seconds: float):
        self._most, self.seconds = most, seconds
        self._there: dict[Connection, None] = {}

    def __iter__(self) -> Iterator["Connection"]:
        return iter(tuple(self._there))

    def __len__(self) -> int:
        return len(self._there)

    def join(self, connection: "Connection") -> None:
        """Ends whoever has stood there longest when the line is full."""
        if len(self._there) >= self._most:
            first = next(iter(self._there))
            self.leave(first)
            first.end()
        self._there[connection] = None

    def leave(self, connection: "Connection") -> None:
        """Safe to call for one that is not in it."""
        self._there.pop(connection, None)


class Lines:
    """The lines of one worker; together somewhat fewer than the connections it takes."""

    def __init__(self, connections: int, keepalive_s: float):
        self.idle = Line(connections * 60 // 100, keepalive_s)
        self.heads = Line(connections * 15 // 100, 10.0)
        # A megabyte at 50 kB a second, an answer at 20.
        self.bodies = Line(connections * 10 // 100, 20.0)
        self.answers = Line(connections * 10 // 100, 60.0)


class Connection:
    """A socket with a moment until which its other side may take its time; then `TimeoutError` is raised.

    It has what gunicorn uses of a socket.
    """

    def __init__(self, sock: socket.socket, lines: Lines):
        self._sock, self.lines = sock, lines
        self._until = 0.0
        self._outgoing = b""

    @contextmanager
    def waiting(self, line: Line, until: float | None = None) -> Iterator[None]:
        """Stands in the line for as long as the block takes, `until` then at the latest or for the line's own time."""
        self._until = until or time.monotonic() + line.seconds
        line.join(self)
        try:
            yield
        finally:
            line.leave(self)

    def recv(self, size: int) -> bytes:
        """Raises `TimeoutError` when the moment has come."""
        self._sock.settimeout(self._left_s())
        return self._sock.recv(size)

    def sendall(self, data: bytes) -> None:
        """Kept until it is enough, or `flush`: gunicorn writes a head and then a body, and each system call costs."""
        self._outgoing += data
        if len(self._outgoing) >= PIECE:
            self.flush()

    def flush(self) -> None:
        """Sends what has been kept. Raises `TimeoutError` when the other side takes it too slowly."""
        data, self._outgoing = self._outgoing, b""
        with self.waiting(self.lines.answers):
            self._sock.settimeout(self._left_s())
            self._sock.sendall(data)

    def _left_s(self) -> float:
        """Raises `TimeoutError`: somebody who never stops sending would not be noticed otherwise."""
        left_s = self._until - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        return left_s

    def say_no_more(self) -> None:
        """What has arrived is still read; after that the connection is at its end."""
        self._shut(socket.SHUT_RD)

    def end(self) -> None:
        """Whoever waits for it finds it closed."""
        self._shut(socket.SHUT_RDWR)

    def shutdown(self, how: int) -> None:
        self._sock.shutdown(how)

    def close(self) -> None:
        self._sock.close()

    def linger(self) -> None:
        """Hears the other side out for a moment: what was just answered could be lost otherwise (RFC 9112, 9.6)."""
        self._shut(socket.SHUT_WR)
        until = time.monotonic() + LINGER_S
        with suppress(OSError), self.waiting(self.lines.answers, until):
            self._hear_out()

    def _hear_out(self) -> None:
        heard = 0
        while heard < MOST_LINGERING:
            piece = self.recv(PIECE)
            if not piece:
                return
            heard += len(piece)
            give_way()

    def _shut(self, how: int) -> None:
        """Quietly: gevent's own would raise where the other side is first, or somebody waits."""
        with suppress(OSError), PLAIN(fileno=os.dup(self._sock.fileno())) as plain:
            plain.shutdown(how)
