"""Calls to services over one multiplexed connection; what is asked of a service at the same moment is one message.

A message is a list of requests, and so is that of the answers: to Python and the broker a message costs more than what
is in it. kombu and plain `threading`: green threads in the gateway and in the service processes, real ones elsewhere.
"""

import logging
import threading
import time
from collections import defaultdict, deque
from typing import Any
from uuid import uuid4

import orjson
from kombu import Connection

from schemas.documents import Json
from services.kit.buses.rabbit.queues import (
    answer_queue,
    asked_of,
    asked_service,
    request_queues,
)
from services.kit.buses.rabbit.session import Session
from services.kit.buses.rabbit.wire import CONNECT_S, LOST, publish
from services.kit.clock import Deadline
from services.kit.errors import DeadlinePassed, Unavailable, problem_from
from services.kit.steady import Steady, troubles
from services.kit.telemetry import Seldom

MOST_TOGETHER = 16
LINGER_S = 0.0005

log = logging.getLogger(__name__)


class Waiting:
    """A call under way, and until it is sent what it asks of whom. Raises `TypeError` for what no message can carry."""

    def __init__(
        self, service: str, request: dict[str, Any], deadline: Deadline
    ) -> None:
        self.id = uuid4().hex
        self.service, self.deadline = service, deadline
        whole = orjson.dumps({"id": self.id, **request})
        self.request = orjson.Fragment(whole)
        self.answered = threading.Event()
        self.answer: dict[str, Any] = {}

    def settle(self, answer: dict[str, Any]) -> None:
        """Wakes who waits."""
        self.answer = answer
        self.answered.set()


class Calls:
    """Requests out and answers in, on one connection: one thread writes, another reads.

    A large frame is written in pieces, and pieces of two frames must not mix: hence the lock.
    """

    def __init__(self, url: str, owner: str):
        self._queue = answer_queue()
        self._waiting: dict[str, Waiting] = {}
        self._unsent: deque[Waiting] = deque()
        self._was_one = True  # In the last message.
        self._writing = threading.Lock()
        self._connected = threading.Event()
        self._seldom = Seldom(log)
        self._answers = Session(url, owner, "answers", self._read)
        self._requests = Steady({"service": owner, "part": "requests"}, self._write)
        self._answers.start()
        self._requests.start()

    def ask(
        self, service: str, request: dict[str, Any], deadline: Deadline
    ) -> dict[str, Any]:
        """The answer. Raises `Unavailable` when the broker is away or nobody serves, `DeadlinePassed` in time."""
        if not self._connected.wait(min(deadline.remaining_s(), CONNECT_S / 3)):
            raise Unavailable("消息服务暂时不可用，请用同一个 Idempotency-Key 重试")
        waiting = Waiting(service, request, deadline)
        self._waiting[waiting.id] = waiting
        self._unsent.append(waiting)
        self._requests.wake()
        try:
            if not waiting.answered.wait(deadline.remaining_s()):
                raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
        finally:
            del self._waiting[waiting.id]
        return waiting.answer

    def troubles(self) -> list[Json]:
        """Of the thread that reads answers, and of the one that sends what is asked."""
        return [*self._answers.troubles(), *troubles(self._requests)]

    def close(self) -> None:
        """Nothing is asked or heard afterwards."""
        self._requests.stop()
        self._requests.join(CONNECT_S)
        self._answers.stop(CONNECT_S)

    def _write(self) -> None:
        self._let_join()
        self._was_one = len(self._unsent) == 1
        for service, together in self._bundles():
            try:
                self._send(service, together)
            except Exception as error:  # Who asked is told at once; the others go on.
                _fail(together, "消息服务暂时不可用，请用同一个 Idempotency-Key 重试")
                if not isinstance(error, LOST):
                    self._seldom.say(
                        "cannot ask", {"service": service}, error, traceback_of=error
                    )

    def _let_join(self) -> None:
        """Waits as long as more keep asking, as the ledger does before a turn.

        Not while people ask one by one: who asks alone, as the one before did, is not kept.
        """
        if self._was_one and len(self._waiting) == 1:
            return
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
        left_ms = max(
            1, *(int(waiting.deadline.remaining_s() * 1000) for waiting in together)
        )
        with self._writing:
            message = self._channel.prepare_message(
                orjson.dumps([waiting.request for waiting in together]),
                content_type="application/json", content_encoding="utf-8",
                properties={"reply_to": self._queue.name, "expiration": str(left_ms), "delivery_mode": 1},
            )  # fmt: skip
            self._put(message, asked_of(service))

    def _put(self, message: Any, queue: str) -> None:
        publish(self._channel, message, exchange="", routing_key=queue, mandatory=True)

    def _read(self, connection: Connection) -> None:
        try:
            self._open(connection)
            for _ in self._answers.arrivals(connection, self._writing):
                pass
        finally:
            self._connected.clear()
            _fail(
                list(self._waiting.values()),
                "消息服务中断，请用同一个 Idempotency-Key 重试",
            )

    def _open(self, connection: Connection) -> None:
        self._channel, self._queue = connection.channel(), answer_queue()
        self._channel.events["basic_return"].add(self._on_return)
        self._queue(self._channel).declare()
        self._channel.basic_consume(
            queue=self._queue.name, no_ack=True, callback=self._on_answer
        )
        self._connected.set()

    def _on_answer(self, message: Any) -> None:
        """What is no answer is dropped and said: whoever else waits has done nothing wrong."""
        try:
            answers = list(orjson.loads(message.body))
        except (TypeError, ValueError) as error:
            self._seldom.say(
                "dropped what is no answer", {"queue": self._queue.name}, error
            )
            return
        for answer in answers:
            self._take(answer)

    def _take(self, answer: Any) -> None:
        try:
            self._settle(answer["id"], _checked(answer))
        except (KeyError, TypeError, ValueError) as error:
            self._seldom.say(
                "dropped what is no answer", {"queue": self._queue.name}, error
            )

    def _on_return(
        self, error: Exception, exchange: str, routing_key: str, message: Any
    ) -> None:
        """Nobody has declared the service's queue, nor what stands in for it: it is not running anywhere."""
        service = asked_service(routing_key)
        first, stand_in = request_queues(service)
        if routing_key == first.name:
            with self._writing:
                self._put(message, stand_in.name)
            return
        problem = Unavailable(f"服务 {service} 暂时不可用，请稍后重试").as_dict()
        for request in orjson.loads(message.body):
            self._settle(request["id"], {"problem": problem})

    def _settle(self, id: str, answer: dict[str, Any]) -> None:
        waiting = self._waiting.get(id)
        if waiting is not None:
            waiting.settle(answer)


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    """Has an answer or a problem a caller can be told. Raises `KeyError`, `TypeError` or `ValueError`."""
    if "problem" in answer:
        problem_from(answer["problem"])
    elif "answer" not in answer:
        raise KeyError("answer")
    return answer


def _fail(those: list[Waiting], title: str) -> None:
    problem = Unavailable(title).as_dict()
    for waiting in those:
        waiting.settle({"problem": problem})
