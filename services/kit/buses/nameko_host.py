"""A service as a nameko service on RabbitMQ: entrypoints made of its marks, over one connection it keeps open.

nameko acknowledges a message whose handler raised, and publishes replies confirmed on a new connection; so its
containers, workers and extensions are used here, its messaging is not.
"""

import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from functools import partial
from typing import Any

import eventlet
import orjson
from amqp.exceptions import ChannelError, NotFound
from eventlet.patcher import original
from kombu import Connection
from nameko.extensions import DependencyProvider, Entrypoint, SharedExtension
from nameko.runners import ServiceRunner

from services.kit.actor import actor_from
from services.kit.apart import Workers
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.buses.rabbit.queues import doorbell_queue, request_queues
from services.kit.buses.rabbit.session import Session
from services.kit.buses.rabbit.wire import CONNECT_S, publish
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.follow import LINGER_S, Follower
from services.kit.engine.host import Host
from services.kit.entrypoints import Command, Query, Service, entrypoints
from services.kit.errors import Problem
from services.kit.telemetry import Seldom

WORKERS = 64
HANG_AGAIN_S = 30.0

log = logging.getLogger(__name__)


NEEDED = ("id", "method", "payload", "actor", "key", "trace", "until")


class Bundle:
    """The requests of one message, of which there is one at least; `left` are still to be answered.

    Raises `KeyError`, `TypeError` or `ValueError` for a message that holds none.
    """

    def __init__(self, channel: Any, message: Any):
        self.channel, self.tag = channel, message.delivery_tag
        self.reply_to: str = message.properties["reply_to"]
        self.requests = [_request(said) for said in orjson.loads(message.body)]
        self.left = len(self.requests)
        if not self.left:
            raise ValueError("nothing is asked")


def _request(said: dict[str, Any]) -> dict[str, Any]:
    """With its deadline by the clock, not by `expiration`: what reached a process that stood still has waited since."""
    request = {name: said[name] for name in NEEDED}
    if not isinstance(request["method"], str):
        raise TypeError("a method has a name")
    return {**request, "deadline": Deadline.after(request["until"] - time.time())}


class Server(SharedExtension):
    """Owns the host and the connection by which requests and doorbells come in and answers go out."""

    def setup(self) -> None:
        settings: Settings = self.container.config["settings"]
        self._bus = RabbitBus(settings.bus, self.container.config["service"].name)
        self.host = Host(
            self.container.config["service"],
            settings,
            self._bus,
            apart=Workers(original("_thread").start_new_thread),
        )
        self._session = Session(settings.bus, self.host.name, "server", self._take)
        self._seldom = Seldom(log)
        self._writing = threading.Lock()
        self._consuming: list[tuple[Any, str]] = []
        self._answered: deque[tuple[Bundle, bytes]] = deque()
        self._stopping = False

    def start(self) -> None:
        self._entrypoints = {
            entrypoint.method_name: entrypoint
            for entrypoint in self.container.entrypoints
        }
        self.host.start()
        self._session.start()

    def stop_taking(self) -> None:
        """Takes no more requests; those under way are answered. May be called more than once."""
        self._stopping = True
        with self._writing:
            while self._consuming:
                channel, tag = self._consuming.pop()
                if channel.is_open:
                    channel.basic_cancel(tag, nowait=True)

    def stop(self) -> None:
        self._send_answers()
        self._session.stop(CONNECT_S)
        self._bus.close()  # First, so that no follower waits for an answer of a service that is stopping too.
        self.host.stop()

    def _take(self, connection: Connection) -> None:
        self._consuming.clear()
        for follower in self.host.followers.values():
            follower.has_bell = False
        first, stand_in = request_queues(self.host.name)
        taking = self._take_from_first(connection, first)
        if not taking:
            self._take_from(connection, stand_in)
        silent, hang_at = list(self.host.followers.values()), 0.0
        for _ in self._session.arrivals(connection, self._writing):
            taking = taking or self._take_from_first(connection, first)
            if silent and time.monotonic() > hang_at:
                silent = [
                    follower
                    for follower in silent
                    if not self._hang_bell(connection, follower)
                ]
                hang_at = time.monotonic() + HANG_AGAIN_S

    def _take_from_first(self, connection: Connection, first: Any) -> bool:
        """False while the node of the cluster that keeps the queue is down."""
        try:
            self._take_from(connection, first)
        except NotFound as error:
            self._seldom.say(
                "serves from the stand-in",
                {"service": self.host.name, "queue": first.name},
                error,
            )
            return False
        return True

    def _take_from(self, connection: Connection, queue: Any) -> None:
        channel = connection.channel()
        channel.basic_qos(0, WORKERS, False)
        self._consume(channel, queue, partial(self._on_request, channel))

    def _hang_bell(self, connection: Connection, follower: Follower) -> bool:
        """A bell is only a bell: where it cannot be hung, the follower looks every few seconds.

        Each has a channel of its own, which the broker closes when it refuses.
        """
        channel, queue = (
            connection.channel(),
            doorbell_queue(self.host.name, follower.source, follower.types),
        )
        try:
            channel.basic_qos(0, 1, False)
            self._consume(channel, queue, partial(self._on_doorbell, channel, follower))
        except ChannelError as error:
            words = f"follows without doorbell {queue.name}: delete what the error names, and it is made anew"
            self._seldom.say(
                words,
                {
                    "service": self.host.name,
                    "source": follower.source,
                    "queue": queue.name,
                },
                error,
            )
        else:
            follower.has_bell = True
        return follower.has_bell

    def _consume(
        self, channel: Any, queue: Any, on_message: Callable[[Any], None]
    ) -> None:
        queue(channel).declare()
        if not self._stopping:
            self._consuming.append(
                (channel, channel.basic_consume(queue=queue.name, callback=on_message))
            )

    def _on_doorbell(self, channel: Any, follower: Follower, message: Any) -> None:
        """The follower reads the log, not the message; until it is acknowledged the broker keeps only the newest."""
        follower.ring()
        eventlet.spawn_after(LINGER_S, self._acknowledge, channel, message.delivery_tag)

    def _acknowledge(self, channel: Any, tag: int) -> None:
        if channel.is_open:
            with self._writing:
                channel.basic_ack(tag)

    def _on_request(self, channel: Any, message: Any) -> None:
        try:
            bundle = Bundle(channel, message)
        except (
            KeyError,
            TypeError,
            ValueError,
        ) as error:  # Whoever sent it is not one of us, and nobody waits.
            self._seldom.say(
                "dropped what is no request", {"service": self.host.name}, error
            )
            self._acknowledge(channel, message.delivery_tag)
            return
        for request in bundle.requests:
            entrypoint = (
                self._entrypoints.get(request["method"]) or self._entrypoints["unknown"]
            )
            done = partial(self._answer, bundle)
            self.container.spawn_worker(entrypoint, (request,), {}, handle_result=done)

    def _answer(
        self, bundle: Bundle, worker: Any, result: bytes, failure: Any
    ) -> tuple[Any, Any]:
        """Kept for a moment: a turn of the ledger settles many, and they go back together."""
        bundle.left -= 1
        if not self._answered:
            eventlet.spawn_after(0, self._send_or_begin_anew)
        self._answered.append((bundle, result))
        return result, failure

    def _send_or_begin_anew(self) -> None:
        """On a new connection the broker asks again whatever was not answered."""
        try:
            self._send_answers()
        except Exception as error:
            self._seldom.say(
                "cannot answer", {"service": self.host.name}, error, traceback_of=error
            )
            self._session.cut()

    def _send_answers(self) -> None:
        answers: defaultdict[tuple[Any, str], list[orjson.Fragment]] = defaultdict(list)
        done = {bundle for bundle, _ in self._answered if not bundle.left}
        while self._answered:
            bundle, answer = self._answered.popleft()
            answers[bundle.channel, bundle.reply_to].append(orjson.Fragment(answer))
        for (channel, reply_to), together in answers.items():
            if (
                channel.is_open
            ):  # A caller whose connection is gone asks again with its key.
                with self._writing:
                    reply = channel.prepare_message(
                        orjson.dumps(together), content_type="application/json", content_encoding="utf-8",
                        properties={"delivery_mode": 1},
                    )  # fmt: skip
                    publish(channel, reply, exchange="", routing_key=reply_to)
        for bundle in done:
            self._acknowledge(bundle.channel, bundle.tag)


class Answering(Entrypoint):
    """A command or query that callers may ask for by its name."""

    server = Server()

    def stop(self) -> None:
        self.server.stop_taking()


class Hosted(DependencyProvider):
    """Gives the worker the host."""

    server = Server()

    def get_dependency(self, worker: Any) -> Host:
        return self.server.host


answering = Answering.decorator


def nameko_service(service: type[Service]) -> type:
    """A nameko service class that answers to every command and query of `service`."""
    names = [
        mark.name for mark in entrypoints(service) if isinstance(mark, Command | Query)
    ]
    own = ("condition", "read_log", "roles", "together", "unknown")
    methods = {name: answering(_asking(name)) for name in (*names, *own)}
    return type(
        service.__name__, (), {"name": service.name, "host": Hosted(), **methods}
    )


def _asking(name: str) -> Callable[[Any, dict[str, Any]], bytes]:
    def ask(self: Any, request: dict[str, Any]) -> bytes:
        return _answered(self.host, request)

    ask.__name__ = name
    return ask


def _answered(host: Host, request: dict[str, Any]) -> bytes:
    """The answer, the problem, or a bare problem for a defect, whose trace stays in the log; ready to be sent."""
    id = request["id"]
    try:
        answer = host.ask(
            request["method"],
            request["payload"],
            actor=actor_from(request["actor"]),
            deadline=request["deadline"],
            key=request["key"],
            trace=request["trace"],
        )
        return orjson.dumps({"id": id, "answer": answer})
    except Problem as problem:
        return orjson.dumps({"id": id, "problem": problem.as_dict()})
    except Exception:
        about = {
            "service": host.name,
            "method": request["method"],
            "trace": request["trace"],
        }
        log.exception("defect", extra={"about": about})
        defect = Problem("系统出错了，已经记录；请稍后重试")
        return orjson.dumps({"id": id, "problem": defect.as_dict()})


def runner(service: type[Service], settings: Settings) -> ServiceRunner:
    """A runner for one service, not yet started."""
    config = {"settings": settings, "service": service, "max_workers": WORKERS}
    made = ServiceRunner(config)
    made.add_service(nameko_service(service))
    return made
