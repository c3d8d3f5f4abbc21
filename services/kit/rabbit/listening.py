"""Listening to doorbells without following: for who only has to know that something new is there."""

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from amqp.exceptions import ChannelError
from kombu import Connection

from services.kit.rabbit.queues import listening_queue
from services.kit.rabbit.session import Session
from services.kit.rabbit.wire import CONNECT_S
from services.kit.steady import Trouble
from services.kit.telemetry import Seldom

LINGER_S = 0.02
AGAIN_S = 30.0

log = logging.getLogger(__name__)


class Listener:
    """A queue of its own for each service, which holds one doorbell: the next is let in a moment after the last."""

    def __init__(
        self, url: str, owner: str, services: Sequence[str], heard: Callable[[str], None], deaf: Callable[[], None]
    ):
        self._services, self._heard, self._deaf = services, heard, deaf
        self._taken: list[tuple[Any, int]] = []
        self._seldom = Seldom(log)
        self._listening = Session(url, owner, "listener", self._listen)
        self._listening.start()

    def troubles(self) -> list[Trouble]:
        return self._listening.troubles()

    def close(self) -> None:
        self._listening.stop(CONNECT_S)

    def _listen(self, connection: Connection) -> None:
        """What rang before a queue is there is not heard: from then on everything counts as new."""
        self._taken.clear()
        try:
            unheard, tried = self._listen_to_all(connection, self._services), time.monotonic()
            for _ in self._listening.arrivals(connection):
                self._let_in_the_next()
                if unheard and time.monotonic() - tried > AGAIN_S:
                    unheard, tried = self._listen_to_all(connection, unheard), time.monotonic()
        finally:
            self._deaf()

    def _listen_to_all(self, connection: Connection, services: Sequence[str]) -> list[str]:
        """Those that cannot be heard yet, to be tried again."""
        return [service for service in services if not self._listen_to(connection, service)]

    def _listen_to(self, connection: Connection, service: str) -> bool:
        """Each on a channel of its own, which a refusal closes: the others are heard all the same."""
        channel, queue = connection.channel(), listening_queue(service)
        try:
            channel.basic_qos(0, 1, False)
            queue(channel).declare()
            channel.basic_consume(queue=queue.name, callback=partial(self._on_doorbell, service, channel))
        except ChannelError as error:
            words = "cannot hear it: delete this exchange, and it is made anew"
            self._seldom.say(words, {"exchange": queue.exchange.name}, error)
            return False
        self._heard(service)
        return True

    def _let_in_the_next(self) -> None:
        if self._taken:
            time.sleep(LINGER_S)
            for channel, tag in self._taken:
                channel.basic_ack(tag)
            self._taken.clear()

    def _on_doorbell(self, service: str, channel: Any, message: Any) -> None:
        self._taken.append((channel, message.delivery_tag))
        self._heard(service)
