"""Listening to doorbells without following: for who only has to know that something new is there."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import uuid4

from kombu import Connection, Queue

from services.kit.rabbit.doorbells import events_exchange
from services.kit.rabbit.wire import CONNECT_S, LOST, connected

DRAIN_S = 0.3
LINGER_S = 0.02
PAUSE_S = 0.5

log = logging.getLogger(__name__)


class Listener:
    """A queue of its own for each service, which holds one doorbell: the next is let in a moment after the last."""

    def __init__(self, url: str, services: Sequence[str], heard: Callable[[str], None], deaf: Callable[[], None]):
        self._url, self._services = url, services
        self._heard, self._deaf = heard, deaf
        self._taken: list[tuple[Any, int]] = []
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="listens", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._thread.join(timeout=CONNECT_S)

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                with connected(self._url) as connection:
                    self._open(connection)
                    self._drain(connection)
            except LOST as error:
                log.warning("the broker is away", extra={"about": {"error": str(error)}})
                self._closing.wait(PAUSE_S)
            finally:
                self._deaf()

    def _open(self, connection: Connection) -> None:
        """What rang before a queue is there is not heard: from then on everything counts as new."""
        self._taken.clear()
        for service in self._services:
            channel = connection.channel()
            channel.basic_qos(0, 1, False)
            queue = Queue(
                f"{service}.heard.{uuid4().hex}",
                events_exchange(service),
                routing_key="#",
                exclusive=True,
                auto_delete=True,
                durable=False,
                queue_arguments={"x-max-length": 1},
            )
            queue(channel).declare()
            channel.basic_consume(queue=queue.name, callback=partial(self._on_doorbell, service, channel))
            self._heard(service)

    def _drain(self, connection: Connection) -> None:
        beat_at = time.monotonic()
        while not self._closing.is_set():
            with suppress(TimeoutError):
                connection.drain_events(timeout=DRAIN_S)
            if self._taken:
                time.sleep(LINGER_S)
                for channel, tag in self._taken:
                    channel.basic_ack(tag)
                self._taken.clear()
            if time.monotonic() - beat_at > DRAIN_S:
                beat_at = time.monotonic()
                connection.heartbeat_check()

    def _on_doorbell(self, service: str, channel: Any, message: Any) -> None:
        self._taken.append((channel, message.delivery_tag))
        self._heard(service)
