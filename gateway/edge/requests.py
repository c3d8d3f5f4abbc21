"""Requests off a connection: a head as a whole, and a body when somebody wants it. On gunicorn 27's parser.

gunicorn searches what it has of a head again with each piece, and reads on after an answer until the body is over.
"""

import re
from typing import Any

from gunicorn.config import Config
from gunicorn.http import body, message
from gunicorn.http.errors import LimitRequestHeaders
from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import SocketUnreader

from gateway.edge.connections import Connection
from gateway.edge.reading import MOST_BYTES
from services.kit.clock import give_way

# The second is none, as gunicorn will say at once.
END_OF_HEAD = re.compile(rb"\r\n\r\n|(?<!\r)\n")
MOST_OF_A_HEAD = 65_536
# Chunks of a byte each would take longer to tell apart than to send.
MOST_OF_A_BODY = MOST_BYTES + 65_536
PIECE = 8192
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Incoming(SocketUnreader):  # type: ignore[misc]
    """What comes in on a connection."""

    def __init__(self, connection: Connection):
        super().__init__(connection)
        self.connection, self._is_new = connection, True
        self._left = 0

    def next_head(self) -> bool:
        """Waits until the next head is there. False when none comes. Raises `TimeoutError` for half of one.

        Where more has come than was asked for yet, others are served first.
        """
        head = bytearray(self.take_buffered().lstrip(b"\r\n"))
        if head:
            give_way()
        head = head or self._first_piece()
        if not head:
            return False
        with self.connection.waiting(self.connection.lines.heads):
            return self._read_on(head)

    def _first_piece(self) -> bytearray:
        """From somebody new it must come soon; from others when they have something to ask."""
        lines = self.connection.lines
        line = lines.heads if self._is_new else lines.idle
        self._is_new = False
        try:
            with self.connection.waiting(line):
                piece = bytearray(self.connection.recv(PIECE))
        except TimeoutError:
            return bytearray()
        if len(piece) == PIECE:
            give_way()
        return piece

    def _read_on(self, head: bytearray) -> bool:
        searched = 0
        while not END_OF_HEAD.search(head, max(0, searched - 3)):
            if len(head) > MOST_OF_A_HEAD:
                raise LimitRequestHeaders("more than any head has")
            searched = len(head)
            head += (piece := self.connection.recv(PIECE))
            if not piece:
                return False
        self.unread(bytes(head))
        self._left = MOST_OF_A_BODY
        return True

    def holds(self, size: int) -> bool:
        """True when so many bytes have arrived and were not read yet."""
        return len(self.buf.getbuffer()) >= size

    def chunk(self, size_hint: int | None = None) -> bytes:
        """More of a body. Raises `ValueError` when there is more about it than in it."""
        piece: bytes = super().chunk(size_hint)
        self._left -= len(piece)
        if self._left < 0:
            raise ValueError("chunks too small")
        give_way()
        return piece


class Body(body.Body):  # type: ignore[misc]
    """Read in one go. A client that asks whether to send it is told so only then."""

    def __init__(self, reader: Any, incoming: Incoming, is_waited_for: bool):
        super().__init__(reader)
        self._incoming, self._is_waited_for = incoming, is_waited_for

    def read(self, size: int | None = None) -> bytes:
        """Up to `size` bytes, all without one. Raises `TimeoutError` when it comes too slowly."""
        connection = self._incoming.connection
        if self._is_waited_for:
            self._is_waited_for = False
            connection.sendall(CONTINUE)
            connection.flush()
        with connection.waiting(connection.lines.bodies):
            content: bytes = super().read(size)
        return content

    def is_over(self) -> bool:
        """Whether the next request begins here. What came together with the head is passed over."""
        if self.failed or self._is_waited_for:
            return False
        if isinstance(self.reader, body.ChunkedReader):
            return self.reader.parser is None
        if self._incoming.holds(self.reader.length):
            self.reader.read(self.reader.length)
        return bool(self.reader.length == 0)


class Request(message.Request):  # type: ignore[misc]
    """A request whose body has not been read is the last of its connection."""

    body: Body
    _expected_100_continue: bool

    def set_body_reader(self) -> None:
        """A client that waits is told to send its body by whoever reads it, not before its head is looked at."""
        super().set_body_reader()
        self.body = Body(self.body.reader, self.unreader, self._expected_100_continue)
        self._expected_100_continue = False

    def should_close(self) -> bool:
        """Also when its body was not read to the end: what follows would be taken for a request."""
        return bool(super().should_close()) or not self.body.is_over()


class Requests(RequestParser):  # type: ignore[misc]
    """The requests of one connection, one after the other."""

    mesg_class = Request

    def __init__(self, config: Config, connection: Connection, address: Any):
        super().__init__(config, connection, address)
        self.unreader = Incoming(connection)

    def __next__(self) -> Request:
        if (self.mesg and self.mesg.should_close()) or not self.unreader.next_head():
            raise StopIteration
        request: Request = super().__next__()
        return request

    def finish_body(self, *_: Any, **__: Any) -> bool:
        """Nothing is left of a body when the next head is looked for."""
        return True
