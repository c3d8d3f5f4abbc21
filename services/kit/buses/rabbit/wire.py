"""A connection to the broker that costs few system calls, which cost more than the bytes they carry.

amqp reads each part of a frame by itself and writes each message by itself. Here what has arrived is read at once,
and what is written within a moment goes out together.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RD, SHUT_RDWR
from typing import Any

from amqp import spec
from amqp.exceptions import AccessRefused, NotAllowed
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.transport.pyamqp import Transport

from services.kit.clock import give_way

HEARTBEAT_S = 10
CONNECT_S = 3.0
FLUSHED_S = 1.0
READ = 65536
LOST = (
    OperationalError,
    *Transport.connection_errors,
    *Transport.channel_errors,
)  # The first when it never answered.


log = logging.getLogger(__name__)


class NotLetIn(Exception):
    """The broker is there and does not want us: user, password or virtual host are wrong."""


@contextmanager
def connected(
    url: str, blocked: Callable[[str], None], unblocked: Callable[[], None]
) -> Iterator[tuple[Connection, Callable[[], None]]]:
    """A connection and what interrupts who reads from it; closed at the end without waiting for the broker.

    `blocked` and `unblocked` hear when the broker takes no messages for want of memory or disk, and takes them again.
    Raises one of `LOST`, or `NotLetIn`.
    """
    told = {"on_blocked": blocked, "on_unblocked": unblocked}
    connection = Connection(
        url, heartbeat=HEARTBEAT_S, connect_timeout=CONNECT_S, transport_options=told
    )
    try:
        _connect(connection)
        wire = Wire(connection.connection.transport)
        try:
            yield connection, wire.interrupt
        finally:
            wire.close()
    finally:
        connection.collect()


def _connect(connection: Connection) -> None:
    try:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=CONNECT_S)
    except (AccessRefused, NotAllowed) as error:
        who, where = (
            connection.userid,
            f"{connection.hostname}:{connection.port or 5672}",
        )
        what = f"user {who} is not let into virtual host {connection.virtual_host} of RabbitMQ at {where}"
        raise NotLetIn(f"{what}; check XFH_BUS ({error})") from error


def publish(
    channel: Any, message: Any, exchange: str, routing_key: str, mandatory: bool = False
) -> None:
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
        self._writer = threading.Thread(target=self._write, name="wire", daemon=True)
        self._writer.start()

    def interrupt(self) -> None:
        """Whoever waits for something to arrive finds the connection at its end."""
        with suppress(OSError):
            self._socket.shutdown(SHUT_RD)

    def close(self) -> None:
        """Writes what is left, if it goes out at all."""
        self._closed = True
        self._more.set()
        self._writer.join(FLUSHED_S)

    def _keep(self, part: bytes) -> None:
        self._parts.append(
            bytes(part)
        )  # A copy: amqp writes its next frame into the same memory.
        self._more.set()

    def _write(self) -> None:
        """Cuts the connection when it cannot write, for whatever reason; whoever reads from it finds out."""
        try:
            while not self._closed:
                self._more.wait()
                self._more.clear()
                give_way()
                self._send()
        except OSError:  # The connection is lost, and who reads from it says so.
            self._cut()
        except Exception:
            log.exception("cannot write to the broker")
            self._cut()

    def _send(self) -> None:
        self._socket.sendall(
            b"".join(self._parts.popleft() for _ in range(len(self._parts)))
        )

    def _cut(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(SHUT_RDWR)
