"""Doorbells: each new event published for the followers, and for any other program that listens."""

import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import orjson
from amqp.exceptions import ChannelError
from kombu import Connection

from schemas.documents import Json
from services.kit.buses import cloudevents
from services.kit.buses.rabbit.queues import (
    events_exchange,
    events_of,
    news_exchange,
    news_of,
)
from services.kit.buses.rabbit.session import DRAIN_S, Session
from services.kit.buses.rabbit.wire import publish
from services.kit.log import Event
from services.kit.telemetry import Seldom

MOST_UNRUNG = 10_000
MOST_AT_ONCE = 200
CONFIRMED_S = 5.0
LINGER_S = 0.01
READ_S = 0.01

log = logging.getLogger(__name__)


class Doorbells:
    """Publishes events for the followers: persistent, in batches; a batch not confirmed is published again.

    Whoever only listens is told of a batch in one message, which nobody keeps: `[[sequence, stream], …]`.
    """

    def __init__(self, url: str, owner: str):
        self._unrung: deque[tuple[str, Event]] = deque(maxlen=MOST_UNRUNG)
        self._more = threading.Event()
        self._seldom = Seldom(log)
        self._publishing = Session(url, owner, "doorbells", self._publish)

    def ring(self, service: str, events: Sequence[Event]) -> None:
        """Never blocks: it is published by the thread that is started here."""
        self._unrung.extend((service, event) for event in events)
        self._more.set()
        self._publishing.start()

    def troubles(self) -> list[Json]:
        """Of the thread that publishes; none before something rings."""
        return self._publishing.troubles()

    def close(self) -> None:
        """Waits a moment for what is being confirmed."""
        self._more.set()
        self._publishing.stop(CONFIRMED_S)

    def _publish(self, connection: Connection) -> None:
        channel = connection.channel()
        channel.confirm_select()
        unconfirmed = Unconfirmed(channel)
        declared: set[str] = set()
        while not self._publishing.thread.stopping:
            if self._more.wait(DRAIN_S):
                self._more.clear()
                # One flush of the broker's disk for all that come within it.
                time.sleep(LINGER_S)
                self._ring_all(connection, unconfirmed, declared)
            else:
                # The broker's heartbeats, which it must be seen to send.
                with suppress(TimeoutError):
                    connection.drain_events(timeout=READ_S)
                connection.heartbeat_check()
            self._publishing.thread.ran()

    def _ring_all(
        self, connection: Connection, unconfirmed: "Unconfirmed", declared: set[str]
    ) -> None:
        while self._unrung:
            batch = [
                self._unrung[at] for at in range(min(len(self._unrung), MOST_AT_ONCE))
            ]
            for service in {service for service, _ in batch} - declared:
                self._declare(connection, service)
                declared.add(service)
            for service, news in _news(batch).items():
                unconfirmed.publish_news(service, news)
            for service, event in batch:
                self._ring_one(unconfirmed, service, event)
            unconfirmed.wait(connection)
            for _ in batch:
                self._unrung.popleft()

    def _declare(self, connection: Connection, service: str) -> None:
        """Each on a channel of its own, which a refusal closes: an exchange of another kind takes doorbells as well."""
        for exchange in (events_exchange(service), news_exchange(service)):
            try:
                with connection.channel() as channel:
                    exchange(channel).declare()
            except ChannelError as error:
                words = "this exchange is not ours: delete it, and it is made anew"
                self._seldom.say(words, {"exchange": exchange.name}, error)

    def _ring_one(self, unconfirmed: "Unconfirmed", service: str, event: Event) -> None:
        """A doorbell that cannot be written is let go: followers look without it."""
        try:
            unconfirmed.publish(service, event)
        except (TypeError, ValueError) as error:
            self._seldom.say(
                "dropped a doorbell", {"service": service, "event": event.id}, error
            )


def _news(batch: Sequence[tuple[str, Event]]) -> dict[str, list[tuple[int, str]]]:
    news: dict[str, list[tuple[int, str]]] = {}
    for service, event in batch:
        news.setdefault(service, []).append((event.seq, event.stream))
    return news


class Unconfirmed:
    """What has been published on a channel and not yet been taken over by the broker."""

    def __init__(self, channel: Any):
        self._channel = channel
        self._published = 0
        self._tags: set[int] = set()
        channel.events["basic_ack"].add(self._on_ack)

    def publish(self, service: str, event: Event) -> None:
        """To the followers of its type; the broker keeps it for those who are away."""
        body = orjson.dumps(cloudevents.to_message(service, event))
        message = self._channel.prepare_message(
            body,
            content_type="application/cloudevents+json",
            content_encoding="utf-8",
            properties={"message_id": event.id, "delivery_mode": 2},
        )
        self._send(message, events_of(service), event.type)

    def publish_news(self, service: str, news: list[tuple[int, str]]) -> None:
        """`[[sequence, stream], …]` to whoever listens now; nobody keeps it."""
        properties = {"delivery_mode": 1}
        message = self._channel.prepare_message(
            orjson.dumps(news),
            content_type="application/json",
            content_encoding="utf-8",
            properties=properties,
        )
        self._send(message, news_of(service), "")

    def _send(self, message: Any, exchange: str, routing_key: str) -> None:
        publish(self._channel, message, exchange=exchange, routing_key=routing_key)
        self._published += 1
        self._tags.add(self._published)

    def wait(self, connection: Connection) -> None:
        """Until everything is confirmed. Raises `TimeoutError` when that takes too long."""
        end = time.monotonic() + CONFIRMED_S
        while self._tags:
            connection.drain_events(timeout=max(0.01, end - time.monotonic()))

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        """Confirms come in any order: what goes to no queue is confirmed before what goes to disk."""
        self._tags -= (
            {tag for tag in self._tags if tag <= delivery_tag}
            if multiple
            else {delivery_tag}
        )
