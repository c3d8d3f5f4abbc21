"""Calls to services over one multiplexed connection; what is asked of a service at the same moment is one message.

A message is a list of requests, and so is that of the answers: to Python and the broker a message costs more than what
is in it. kombu and plain `threading`: green threads in the gateway and in the service processes, real ones elsewhere.
"""

import logging
import threading
import time
from collections import defaultdict, deque
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
MOST_TOGETHER = 16
LINGER_S = 0.0005

log = logging.getLogger(__name__)


class Waiting:
    """A call under way, and until it is sent what it asks of whom. Raises `TypeError` for what no message can carry."""

    def __init__(self, service: str, request: dict[str, Any], deadline: Deadline) -> None:
        self.id, self.service, self.deadline = uuid4().hex, service, deadline
        self.request = orjson.Fragment(orjson.dumps({"id": self.id, **request}))
        self.answered = threading.Event()
        self.answer: dict[str, Any] = {}

    def settle(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.answered.set()


class Calls:
    """Requests out and answers in, on one connection: one thread writes, another reads.

    A large frame is written in pieces, and pieces of two frames must not mix: hence the lock.
    """

    def __init__(self, url: str):
        self._url = url
        self._queue = f"answers.{uuid4().hex}"
        self._waiting: dict[str, Waiting] = {}
        self._unsent: deque[Waiting] = deque()
        self._more = threading.Event()
        self._writing = threading.Lock()
        self._connected = threading.Event()
        self._closing = threading.Event()
        self._threads = [
            threading.Thread(target=self._read, name="answers", daemon=True),
            threading.Thread(target=self._write, name="requests", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def ask(self, service: str, request: dict[str, Any], deadline: Deadline) -> dict[str, Any]:
        """The answer. Raises `Unavailable` when the broker is away or nobody serves, `DeadlinePassed` in time."""
        if not self._connected.wait(min(deadline.remaining_s(), CONNECT_S / 3)):
            raise Unavailable("消息服务暂时不可用，请用同一个 Idempotency-Key 重试")
        waiting = Waiting(service, request, deadline)
        self._waiting[waiting.id] = waiting
        self._unsent.append(waiting)
        self._more.set()
        try:
            if not waiting.answered.wait(deadline.remaining_s()):
                raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
        finally:
            del self._waiting[waiting.id]
        return waiting.answer

    def close(self) -> None:
        self._closing.set()
        self._more.set()
        for thread in self._threads:
            thread.join(timeout=CONNECT_S)

    def _write(self) -> None:
        while not self._closing.is_set():
            self._more.wait()
            self._more.clear()
            self._let_join()
            for service, together in self._bundles():
                try:
                    self._send(service, together)
                except LOST:
                    problem = Unavailable("消息服务暂时不可用，请用同一个 Idempotency-Key 重试").as_dict()
                    for waiting in together:
                        waiting.settle({"problem": problem})

    def _let_join(self) -> None:
        """Waits as long as more keep asking, as the ledger does before a turn."""
        waiting = 0
        while waiting < len(self._unsent) < MOST_TOGETHER:
            waiting = len(self._unsent)
            time.sleep(LINGER_S)

    def _bundles(self) -> list[tuple[str, list[Waiting]]]:
        """What is to be sent, by service; who has given up waiting asks for nothing any more."""
        asked: defaultdict[str, list[Waiting]] = defaultdict(list)
        while self._unsent:
            waiting = self._unsent.popleft()
            if waiting.id in self._waiting:
                asked[waiting.service].append(waiting)
        return [
            (service, waiting[at : at + MOST_TOGETHER])
            for service, waiting in asked.items()
            for at in range(0, len(waiting), MOST_TOGETHER)
        ]

    def _send(self, service: str, together: list[Waiting]) -> None:
        left_ms = max(1, *(int(waiting.deadline.remaining_s() * 1000) for waiting in together))
        with self._writing:
            message = self._channel.prepare_message(
                orjson.dumps([waiting.request for waiting in together]),
                content_type="application/json", content_encoding="utf-8",
                properties={"reply_to": self._queue, "expiration": str(left_ms), "delivery_mode": 1},
            )  # fmt: skip
            publish(self._channel, message, exchange="", routing_key=f"{service}.rpc", mandatory=True)

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
        for answer in orjson.loads(message.body):
            self._settle(answer)

    def _on_return(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        """Nobody has declared the service's queue: it is not running anywhere."""
        service = routing_key.removesuffix(".rpc")
        problem = Unavailable(f"服务 {service} 暂时不可用，请稍后重试").as_dict()
        for request in orjson.loads(message.body):
            self._settle({"id": request["id"], "problem": problem})

    def _settle(self, answer: dict[str, Any]) -> None:
        waiting = self._waiting.get(answer["id"])
        if waiting is not None:
            waiting.settle(answer)

    def _fail_all(self) -> None:
        problem = Unavailable("消息服务中断，请用同一个 Idempotency-Key 重试").as_dict()
        for waiting in list(self._waiting.values()):
            waiting.settle({"problem": problem})
