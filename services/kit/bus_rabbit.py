"""The bus on RabbitMQ, as its callers see it: one multiplexed connection for calls, doorbells confirmed in batches.

kombu only and plain `threading`: real threads in the gateway, green ones in the service processes.
"""

import json
import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

from amqp import spec
from kombu import Connection, Exchange, Queue

from services.kit import cloudevents
from services.kit.actor import Actor
from services.kit.clock import Deadline
from services.kit.errors import DeadlinePassed, Unavailable, problem_from
from services.kit.log import Event

HEARTBEAT_S = 10
CONNECT_S = 3.0
DRAIN_S = 1.0
PAUSE_S = 0.5
MOST_UNRUNG = 10_000
MOST_AT_ONCE = 200
CONFIRMED_S = 5.0
LINGER_S = 0.01
IDLE_QUEUE_MS = 60_000
DOORBELLS_KEPT_MS = 60_000
MOST_DOORBELLS = 50_000

log = logging.getLogger(__name__)


def events_exchange(service: str) -> Exchange:
    return Exchange(f"{service}.events", type="topic", durable=True)


def doorbell_queue(follower: str, source: str) -> Queue:
    """One replica of the follower at a time is rung. What overflows or grows old is read from the log anyway."""
    arguments = {
        "x-queue-type": "quorum",
        "x-single-active-consumer": True,
        "x-max-length": MOST_DOORBELLS,
        "x-message-ttl": DOORBELLS_KEPT_MS,
    }
    name = f"{follower}.follows.{source}"
    return Queue(name, events_exchange(source), routing_key="#", durable=True, queue_arguments=arguments)


def request_queue(service: str) -> Queue:
    """Where all replicas of a service take requests from; gone a minute after the last of them."""
    return Queue(f"{service}.rpc", durable=False, expires=IDLE_QUEUE_MS / 1000)


def connection(url: str) -> Connection:
    return Connection(url, heartbeat=HEARTBEAT_S, connect_timeout=CONNECT_S)


def publish(channel: Any, message: Any, exchange: str, routing_key: str, mandatory: bool = False) -> None:
    """Writes a message and does nothing else.

    `basic_publish` of amqp 5.4 also reads from the socket, to learn of `connection.blocked`; here another thread is
    reading, and two readers take each other's frames.
    """
    arguments = (0, exchange, routing_key, mandatory, False)
    channel.send_method(spec.Basic.Publish, "Bssbb", arguments, message)


class RabbitBus:
    """A process's way to the broker. Connects by itself, again and again; a call while it is away fails at once."""

    def __init__(self, url: str):
        self._calls = Calls(url)
        self._doorbells = Doorbells(url)

    def call(
        self,
        service: str,
        method: str,
        payload: dict[str, Any],
        *,
        actor: Actor,
        deadline: Deadline,
        key: str = "",
        trace: str = "",
    ) -> Any:
        request = {"method": method, "payload": payload, "actor": actor.as_dict(), "key": key, "trace": trace}
        answer = self._calls.ask(service, json.dumps(request, ensure_ascii=False).encode(), deadline)
        if "problem" in answer:
            raise problem_from(answer["problem"])
        return answer["answer"]

    def ring(self, service: str, origin: str, events: Sequence[Event]) -> None:
        self._doorbells.ring(service, origin, events)

    def close(self) -> None:
        self._calls.close()
        self._doorbells.close()


class Waiting:
    """A call under way."""

    def __init__(self) -> None:
        self.answered = threading.Event()
        self.answer: dict[str, Any] = {}

    def settle(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.answered.set()


class Calls:
    """Requests out and answers in, on one connection: a thread reads, callers write one at a time.

    A large frame is written in pieces, and pieces of two frames must not mix: hence the lock.
    """

    def __init__(self, url: str):
        self._url = url
        self._queue = f"answers.{uuid4().hex}"
        self._waiting: dict[str, Waiting] = {}
        self._writing = threading.Lock()
        self._connection: Connection | None = None
        self._connected = threading.Event()
        self._closing = threading.Event()
        self._reader = threading.Thread(target=self._read, name="answers", daemon=True)
        self._reader.start()

    def ask(self, service: str, body: bytes, deadline: Deadline) -> dict[str, Any]:
        """The answer. Raises `Unavailable` when the broker is away or nobody serves, `DeadlinePassed` in time."""
        if not self._connected.wait(min(deadline.remaining_s(), CONNECT_S / 3)):
            raise Unavailable("消息服务暂时不可用，请用同一个 Idempotency-Key 重试")
        id, waiting = uuid4().hex, Waiting()
        self._waiting[id] = waiting
        try:
            self._send(service, id, body, deadline)
            if not waiting.answered.wait(deadline.remaining_s()):
                raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
        finally:
            del self._waiting[id]
        return waiting.answer

    def close(self) -> None:
        self._closing.set()
        self._reader.join(timeout=CONNECT_S)

    def _send(self, service: str, id: str, body: bytes, deadline: Deadline) -> None:
        left_ms = max(1, int(deadline.remaining_s() * 1000))
        if not self._writing.acquire(timeout=deadline.remaining_s()):
            raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
        try:
            message = self._channel.prepare_message(
                body, content_type="application/json", content_encoding="utf-8",
                properties={
                    "correlation_id": id, "reply_to": self._queue, "expiration": str(left_ms), "delivery_mode": 1,
                },
            )  # fmt: skip
            publish(self._channel, message, exchange="", routing_key=f"{service}.rpc", mandatory=True)
        except self._connection.recoverable_connection_errors as error:  # type: ignore[union-attr]
            raise Unavailable("消息服务暂时不可用，请用同一个 Idempotency-Key 重试") from error
        finally:
            self._writing.release()

    def _read(self) -> None:
        while not self._closing.is_set():
            connected = connection(self._url)
            try:
                self._open(connected)
                self._drain(connected)
            except (*connected.recoverable_connection_errors, *connected.recoverable_channel_errors) as error:
                log.warning("the broker is away", extra={"about": {"error": str(error)}})
                self._closing.wait(PAUSE_S)
            finally:
                self._connected.clear()
                self._fail_all()
                connected.collect()

    def _open(self, connected: Connection) -> None:
        connected.ensure_connection(max_retries=1, interval_start=0, timeout=CONNECT_S)
        self._connection = connected
        self._channel = connected.channel()
        self._channel.events["basic_return"].add(self._on_return)
        queue = Queue(self._queue, exclusive=True, auto_delete=True, durable=False)(self._channel)
        queue.declare()
        self._channel.basic_consume(queue=self._queue, no_ack=True, callback=self._on_answer)
        self._connected.set()

    def _drain(self, connected: Connection) -> None:
        beat_at = time.monotonic()
        while not self._closing.is_set():
            with suppress(TimeoutError):
                connected.drain_events(timeout=DRAIN_S)
            if time.monotonic() - beat_at > DRAIN_S:
                beat_at = time.monotonic()
                with self._writing:
                    connected.heartbeat_check()

    def _on_answer(self, message: Any) -> None:
        waiting = self._waiting.get(message.properties.get("correlation_id"))
        if waiting is not None:
            body = message.body
            waiting.settle(json.loads(body))

    def _on_return(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        """Nobody has declared the service's queue: it is not running anywhere."""
        waiting = self._waiting.get(message.properties.get("correlation_id"))
        if waiting is not None:
            service = routing_key.removesuffix(".rpc")
            waiting.settle({"problem": Unavailable(f"服务 {service} 暂时不可用，请稍后重试").as_dict()})

    def _fail_all(self) -> None:
        problem = Unavailable("消息服务中断，请用同一个 Idempotency-Key 重试").as_dict()
        for waiting in list(self._waiting.values()):
            waiting.settle({"problem": problem})


class Doorbells:
    """Publishes events for the followers: persistent, in batches; a batch not confirmed is published again."""

    def __init__(self, url: str):
        self._url = url
        self._unrung: deque[tuple[str, str, Event]] = deque(maxlen=MOST_UNRUNG)
        self._more = threading.Event()
        self._closing = threading.Event()
        self._publisher: threading.Thread | None = None
        self._starting = threading.Lock()

    def ring(self, service: str, origin: str, events: Sequence[Event]) -> None:
        self._unrung.extend((service, origin, event) for event in events)
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
            connected = connection(self._url)
            try:
                connected.ensure_connection(max_retries=1, interval_start=0, timeout=CONNECT_S)
                self._publish_on(connected)
            except (*connected.recoverable_connection_errors, *connected.recoverable_channel_errors) as error:
                log.warning("cannot ring", extra={"about": {"error": str(error)}})
                self._closing.wait(PAUSE_S)
            finally:
                connected.collect()

    def _publish_on(self, connected: Connection) -> None:
        channel = connected.channel()
        channel.confirm_select()
        unconfirmed = Unconfirmed(channel)
        declared: set[str] = set()
        while not self._closing.is_set():
            if not self._more.wait(HEARTBEAT_S / 4):
                connected.heartbeat_check()
                continue
            self._more.clear()
            time.sleep(LINGER_S)  # One flush of the broker's disk for all that come within it.
            while self._unrung:
                batch = [self._unrung[at] for at in range(min(len(self._unrung), MOST_AT_ONCE))]
                for service, origin, event in batch:
                    if service not in declared:
                        events_exchange(service)(channel).declare()
                        declared.add(service)
                    unconfirmed.publish(service, origin, event)
                unconfirmed.wait(connected)
                for _ in batch:
                    self._unrung.popleft()


class Unconfirmed:
    """Counts what has been published on a channel and what of it the broker has taken over."""

    def __init__(self, channel: Any):
        self._channel = channel
        self._published = self._confirmed = 0
        channel.events["basic_ack"].add(self._on_ack)

    def publish(self, service: str, origin: str, event: Event) -> None:
        body = json.dumps(cloudevents.to_message(service, origin, event), ensure_ascii=False).encode()
        message = self._channel.prepare_message(
            body,
            content_type="application/cloudevents+json",
            content_encoding="utf-8",
            properties={"message_id": event.id, "delivery_mode": 2},
        )
        publish(self._channel, message, exchange=f"{service}.events", routing_key=event.type)
        self._published += 1

    def wait(self, connected: Connection) -> None:
        """Until everything is confirmed. Raises `TimeoutError` when that takes too long."""
        end = time.monotonic() + CONFIRMED_S
        while self._confirmed < self._published:
            connected.drain_events(timeout=max(0.01, end - time.monotonic()))

    def _on_ack(self, delivery_tag: int, multiple: bool) -> None:
        self._confirmed = delivery_tag if multiple else self._confirmed + 1
