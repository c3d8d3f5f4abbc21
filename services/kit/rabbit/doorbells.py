"""Doorbells: each new event published for the followers, and for any other program that listens."""

import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import orjson
from kombu import Connection, Exchange, Queue, binding

from services.kit import cloudevents
from services.kit.log import Event, Types
from services.kit.rabbit.wire import HEARTBEAT_S, LOST, connected, publish

PAUSE_S = 0.5
MOST_UNRUNG = 10_000
MOST_AT_ONCE = 200
CONFIRMED_S = 5.0
LINGER_S = 0.01
READ_S = 0.01

log = logging.getLogger(__name__)


def events_exchange(service: str) -> Exchange:
    return Exchange(f"{service}.events", type="topic", durable=True)


def doorbell_queue(follower: str, source: str, types: Types) -> Queue:
    """Bound to the types followed. One replica at a time is rung; the last of many doorbells says as much as all."""
    arguments = {"x-queue-type": "quorum", "x-single-active-consumer": True, "x-max-length": 1}
    bindings = [binding(events_exchange(source), routing_key=type) for type in sorted(types)]
    return Queue(f"{follower}.follows.{source}", bindings=bindings, durable=True, queue_arguments=arguments)


class Doorbells:
    """Publishes events for the followers: persistent, in batches; a batch not confirmed is published again."""

    def __init__(self, url: str):
        self._url = url
        self._unrung: deque[tuple[str, Event]] = deque(maxlen=MOST_UNRUNG)
        self._more = threading.Event()
        self._closing = threading.Event()
        self._publisher: threading.Thread | None = None
        self._starting = threading.Lock()

    def ring(self, service: str, events: Sequence[Event]) -> None:
        self._unrung.extend((service, event) for event in events)
        self._more.set()
        with self._starting:
            if self._publisher is None:
                self._publisher = threading.Thread(target=self._publish, name="doorbells", daemon=True)
                self._publisher.start()

    def close(self) -> None:
        self._closing.set()
        self._more.set()
        if self._publisher is not None:
            self._publisher.join(timeout=CONFIRMED_S)

    def _publish(self) -> None:
        while not self._closing.is_set():
            try:
                with connected(self._url) as connection:
                    self._publish_on(connection)
            except LOST as error:
                log.warning("cannot ring", extra={"about": {"error": str(error)}})
                self._closing.wait(PAUSE_S)

    def _publish_on(self, connection: Connection) -> None:
        channel = connection.channel()
        channel.confirm_select()
        unconfirmed = Unconfirmed(channel)
        declared: set[str] = set()
        while not self._closing.is_set():
            if not self._more.wait(HEARTBEAT_S / 4):
                with suppress(TimeoutError):
                    connection.drain_events(timeout=READ_S)  # The broker's heartbeats, which it must be seen to send.
                connection.heartbeat_check()
                continue
            self._more.clear()
            time.sleep(LINGER_S)  # One flush of the broker's disk for all that come within it.
            while self._unrung:
                batch = [self._unrung[at] for at in range(min(len(self._unrung), MOST_AT_ONCE))]
                for service, event in batch:
                    if service not in declared:
                        events_exchange(service)(channel).declare()
                        declared.add(service)
                    unconfirmed.publish(service, event)
                unconfirmed.wait(connection)
                for _ in batch:
                    self._unrung.popleft()


class Unconfirmed:
    """What has been published on a channel and not yet been taken over by the broker."""

    def __init__(self, channel: Any):
        self._channel = channel
        self._published = 0
        self._tags: set[int] = set()
        channel.events["basic_ack"].add(self._on_ack)

    def publish(self, service: str, event: Event) -> None:
        body = orjson.dumps(cloudevents.to_message(service, event))
        message = self._channel.prepare_message(
            body,
            content_type="application/cloudevents+json",
            content_encoding="utf-8",
            properties={"message_id": event.id, "delivery_mode": 2},
        )
        publish(self._channel, message, exchange=f"{service}.events", routing_key=event.type)
        self._published += 1
        self._tags.add(self._published)

    def wait(self, connection: Connection) -> None:
        """Until everything is confirmed. Raises `TimeoutError` when that takes too long."""
        end = time.monotonic() + CONFIRMED_S
        while self._tags:
            connection.drain_events(timeout=max(0.01, end - time.monotonic()))

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        """Confirms come in any order: what goes to no queue is confirmed before what goes to disk."""
        self._tags -= {tag for tag in self._tags if tag <= delivery_tag} if multiple else {delivery_tag}
