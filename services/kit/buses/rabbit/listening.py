"""Listening without following: for who only has to know in which streams something new is recorded."""

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import orjson
from amqp.exceptions import ChannelError
from kombu import Connection

from schemas.documents import Json
from services.kit.buses.port import Heard
from services.kit.buses.rabbit.queues import listening_queue
from services.kit.buses.rabbit.session import Session
from services.kit.buses.rabbit.wire import CONNECT_S
from services.kit.telemetry import Seldom

AGAIN_S = 30.0

log = logging.getLogger(__name__)


class Listener:
    """A queue of its own for each service. What of its news went missing shows by their sequence."""

    def __init__(
        self,
        url: str,
        owner: str,
        services: Sequence[str],
        heard: Heard,
        deaf: Callable[[], None],
    ):
        self._services, self._heard, self._deaf = services, heard, deaf
        self._unbroken = Unbroken()
        self._seldom = Seldom(log)
        self._listening = Session(url, owner, "listener", self._listen)
        self._listening.start()

    def troubles(self) -> list[Json]:
        """Of the thread that listens: whoever it does not reach finds what is new more slowly."""
        return self._listening.troubles()

    def close(self) -> None:
        """Hears nothing afterwards. Waits as long as connecting may take."""
        self._listening.stop(CONNECT_S)

    def _listen(self, connection: Connection) -> None:
        """What rang before a queue is there is not heard: from then on everything counts as new."""
        try:
            unheard, tried = (
                self._listen_to_all(connection, self._services),
                time.monotonic(),
            )
            for _ in self._listening.arrivals(connection):
                if unheard and time.monotonic() - tried > AGAIN_S:
                    unheard, tried = (
                        self._listen_to_all(connection, unheard),
                        time.monotonic(),
                    )
        finally:
            self._deaf()

    def _listen_to_all(
        self, connection: Connection, services: Sequence[str]
    ) -> list[str]:
        """Those that cannot be heard yet, to be tried again."""
        return [
            service for service in services if not self._listen_to(connection, service)
        ]

    def _listen_to(self, connection: Connection, service: str) -> bool:
        """Each on a channel of its own, which a refusal closes: the others are heard all the same."""
        channel, queue = connection.channel(), listening_queue(service)
        try:
            queue(channel).declare()
            channel.basic_consume(
                queue=queue.name, no_ack=True, callback=partial(self._on_news, service)
            )
        except ChannelError as error:
            words = "cannot hear it: delete this exchange, and it is made anew"
            self._seldom.say(words, {"exchange": queue.exchange.name}, error)
            return False
        self._heard(service, None)
        return True

    def _on_news(self, service: str, message: Any) -> None:
        """Whatever cannot be read may be about anything."""
        try:
            self._heard(
                service, self._unbroken.streams(service, orjson.loads(message.body))
            )
        except (TypeError, ValueError) as error:
            self._seldom.say("heard what is no news", {"service": service}, error)
            self._heard(service, None)


class Unbroken:
    """Whether what is heard of a service follows on what was heard of it before."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def streams(
        self, service: str, news: list[tuple[int, str]]
    ) -> frozenset[str] | None:
        """Those in which something is new; None when there was more before it than was heard."""
        sequences = [sequence for sequence, _ in news]
        last = self._last.get(service)
        self._last[service] = max(last or 0, *sequences)
        if last is None or sequences != _following(last, len(news)):
            return None
        return frozenset(stream for _, stream in news)


def _following(last: int, count: int) -> list[int]:
    """The next numbers after the last."""
    return list(range(last + 1, last + 1 + count))
