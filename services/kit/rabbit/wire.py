"""A connection to the broker that costs few system calls, which cost more than the bytes they carry.

amqp reads each part of a frame by itself and writes each message by itself. Here what has arrived is read at once,
and what is written within a moment goes out together.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR
from typing import Any

from amqp import spec
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.transport.pyamqp import Transport

from services.kit.clock import give_way

HEARTBEAT_S = 10
CONNECT_S = 3.0
READ = 65536
LOST = (OperationalError, *Transport.connection_errors, *Transport.channel_errors)  # The first when it never answered.


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection, closed at the end without waiting for the broker. Raises one of `LOST`."""
    connection = Connection(url, heartbeat=HEARTBEAT_S, connect_timeout=CONNECT_S)
    try:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=CONNECT_S)
        wire = Wire(connection.connection.transport)
        try:
            yield connection
        finally:
            wire.close()
    finally:
        connection.collect()


def publish(channel: Any, message: Any, exchange: str, routing_key: str, mandatory: bool = False) -> None:
    """Writes a message and does nothing else.

    `basic_publish` of amqp 5.4 also reads from the socket, to learn of `connection.blocked`; here another thread is
    reading, and two readers take each other's frames.
    """
    arguments = (0, exchange, routing_key, mandatory, False)
    channel.send_method(spec.Basic.Publish, "Bssbb", arguments, message)


class Wire:
    """Makes a transport read and write in few pieces until it is closed."""

    def __init__(self, transport: Any):
        self._socket = transport.sock
        self._parts: deque[bytes] = deque()
        self._more = threading.Event()
        self._closed = False
        read = transport._quick_recv
        transport._quick_recv = lambda size: read(READ)
        transport._write = self._keep
        threading.Thread(target=self._write, name="wire", daemon=True).start()

    def close(self) -> None:
        self._closed = True
        self._more.set()

    def _keep(self, part: bytes) -> None:
        self._parts.append(bytes(part))  # A copy: amqp writes its next frame into the same memory.
        self._more.set()

    def _write(self) -> None:
        """Cuts the connection when it cannot write; whoever reads from it finds out."""
        while not self._closed:
            self._more.wait()
            self._more.clear()
            give_way()
            parts = [self._parts.popleft() for _ in range(len(self._parts))]
            try:
                self._socket.sendall(b"".join(parts))
            except OSError:
                with suppress(OSError):
                    self._socket.shutdown(SHUT_RDWR)
                return
