"""Calls to services over one multiplexed connection.

kombu and plain `threading`: green threads in the gateway and in the service processes, real ones elsewhere.
"""

import logging
import threading
import time
from contextlib import suppress
from typing import Any
from uuid import uuid4

import orjson
from kombu import Connection, Queue

from services.kit.clock import Deadline
from services.kit.errors import DeadlinePassed, Unavailable
from services.kit.rabbit.wire import CONNECT_S, LOST, connected, publish

DRAIN_S = 0.3
PAUSE_S = 0.5

log = logging.getLogger(__name__)


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
        except LOST as error:
            raise Unavailable("消息服务暂时不可用，请用同一个 Idempotency-Key 重试") from error
        finally:
            self._writing.release()

    def _read(self) -> None:
        while not self._closing.is_set():
            try:
                with connected(self._url) as connection:
                    self._open(connection)
                    self._drain(connection)
            except LOST as error:
                log.warning("the broker is away", extra={"about": {"error": str(error)}})
                self._closing.wait(PAUSE_S)
            finally:
                self._connected.clear()
                self._fail_all()

    def _open(self, connection: Connection) -> None:
        self._channel = connection.channel()
        self._channel.events["basic_return"].add(self._on_return)
        queue = Queue(self._queue, exclusive=True, auto_delete=True, durable=False)(self._channel)
        queue.declare()
        self._channel.basic_consume(queue=self._queue, no_ack=True, callback=self._on_answer)
        self._connected.set()

    def _drain(self, connection: Connection) -> None:
        beat_at = time.monotonic()
        while not self._closing.is_set():
            with suppress(TimeoutError):
                connection.drain_events(timeout=DRAIN_S)
            if time.monotonic() - beat_at > DRAIN_S:
                beat_at = time.monotonic()
                with self._writing:
                    connection.heartbeat_check()

    def _on_answer(self, message: Any) -> None:
        waiting = self._waiting.get(message.properties.get("correlation_id"))
        if waiting is not None:
            waiting.settle(orjson.loads(message.body))

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
