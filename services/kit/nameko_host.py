"""A service as a nameko service on RabbitMQ: entrypoints made of its marks, over one connection it keeps open.

nameko acknowledges a message whose handler raised, and publishes replies confirmed on a new connection; so its
containers, workers and extensions are used here, its messaging is not.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import eventlet
import orjson
from kombu import Connection
from nameko.extensions import DependencyProvider, Entrypoint, SharedExtension
from nameko.runners import ServiceRunner

from services.kit.actor import actor_from
from services.kit.bus_rabbit import RabbitBus, request_queue
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.entrypoints import Command, Query, Service, entrypoints
from services.kit.errors import Problem
from services.kit.follow import LINGER_S, Follower
from services.kit.host import Host
from services.kit.rabbit.doorbells import doorbell_queue, events_exchange
from services.kit.rabbit.wire import LOST, connected, publish

WORKERS = 64
DRAIN_S = 0.5
PAUSE_S = 0.5

log = logging.getLogger(__name__)


class Server(SharedExtension):
    """Owns the host and the connection by which requests and doorbells come in and answers go out."""

    def setup(self) -> None:
        settings: Settings = self.container.config["settings"]
        self._url = settings.bus
        self._bus = RabbitBus(settings.bus)
        self.host = Host(self.container.config["service"], settings, self._bus)
        self._writing = threading.Lock()
        self._consuming: list[tuple[Any, str]] = []
        self._stopping = self._closing = False

    def start(self) -> None:
        self._entrypoints = {entrypoint.method_name: entrypoint for entrypoint in self.container.entrypoints}
        self.host.start()
        self._serving = self.container.spawn_managed_thread(self._serve, identifier="serve")

    def stop_taking(self) -> None:
        """Takes no more requests; those under way are answered. May be called more than once."""
        self._stopping = True
        with self._writing:
            while self._consuming:
                channel, tag = self._consuming.pop()
                if channel.is_open:
                    channel.basic_cancel(tag, nowait=True)

    def stop(self) -> None:
        self._closing = True
        self._serving.wait()
        self._bus.close()  # First, so that no follower waits for an answer of a service that is stopping too.
        self.host.stop()

    def _serve(self) -> None:
        while not self._closing:
            try:
                with connected(self._url) as connection:
                    self._take(connection)
            except LOST as error:
                log.warning("the broker is away", extra={"about": {"service": self.host.name, "error": str(error)}})
                eventlet.sleep(PAUSE_S)

    def _take(self, connection: Connection) -> None:
        self._consuming.clear()
        channel, doorbells = connection.channel(), connection.channel()
        channel.basic_qos(0, WORKERS, False)
        doorbells.basic_qos(0, 1, False)
        events_exchange(self.host.name)(channel).declare()
        self._consume(channel, request_queue(self.host.name), partial(self._on_request, channel))
        for source, follower in self.host.followers.items():
            queue = doorbell_queue(self.host.name, source, follower.types)
            self._consume(doorbells, queue, partial(self._on_doorbell, doorbells, follower))
        beat_at = time.monotonic()
        while not self._closing:
            with suppress(TimeoutError):
                connection.drain_events(timeout=DRAIN_S)
            if time.monotonic() - beat_at > DRAIN_S:
                beat_at = time.monotonic()
                with self._writing:
                    connection.heartbeat_check()

    def _consume(self, channel: Any, queue: Any, on_message: Callable[[Any], None]) -> None:
        queue(channel).declare()
        if not self._stopping:
            self._consuming.append((channel, channel.basic_consume(queue=queue.name, callback=on_message)))

    def _on_doorbell(self, channel: Any, follower: Follower, message: Any) -> None:
        """The follower reads the log, not the message; until it is acknowledged the broker keeps only the newest."""
        follower.ring()
        eventlet.spawn_after(LINGER_S, self._acknowledge, channel, message.delivery_tag)

    def _acknowledge(self, channel: Any, tag: int) -> None:
        if channel.is_open:
            with self._writing:
                channel.basic_ack(tag)

    def _on_request(self, channel: Any, message: Any) -> None:
        request = orjson.loads(message.body)
        # By the clock, not by `expiration`: what reached a process that stood still has waited since.
        request["deadline"] = Deadline.after(request["until"] - time.time())
        entrypoint = self._entrypoints.get(request["method"]) or self._entrypoints["unknown"]
        done = partial(self._answer, channel, message)
        self.container.spawn_worker(entrypoint, (request,), {}, handle_result=done)

    def _answer(self, channel: Any, message: Any, worker: Any, result: Any, failure: Any) -> tuple[Any, Any]:
        body = orjson.dumps(result)
        properties = {"correlation_id": message.properties["correlation_id"], "delivery_mode": 1}
        reply = channel.prepare_message(
            body, content_type="application/json", content_encoding="utf-8", properties=properties
        )
        if channel.is_open:  # A caller whose connection is gone asks again with its key.
            with self._writing:
                publish(channel, reply, exchange="", routing_key=message.properties["reply_to"])
                channel.basic_ack(message.delivery_tag)
        return result, failure


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
    names = [mark.name for mark in entrypoints(service) if isinstance(mark, Command | Query)]
    methods = {name: answering(_asking(name)) for name in (*names, "read_log", "together", "unknown")}
    return type(service.__name__, (), {"name": service.name, "host": Hosted(), **methods})


def _asking(name: str) -> Callable[[Any, dict[str, Any]], dict[str, Any]]:
    def ask(self: Any, request: dict[str, Any]) -> dict[str, Any]:
        return _answered(self.host, request)

    ask.__name__ = name
    return ask


def _answered(host: Host, request: dict[str, Any]) -> dict[str, Any]:
    """The answer, the problem, or a bare problem for a defect, whose trace stays in the log."""
    try:
        answer = host.ask(
            request["method"],
            request["payload"],
            actor=actor_from(request["actor"]),
            deadline=request["deadline"],
            key=request["key"],
            trace=request["trace"],
        )
        return {"answer": answer}
    except Problem as problem:
        return {"problem": problem.as_dict()}
    except Exception:
        about = {"service": host.name, "method": request["method"], "trace": request["trace"]}
        log.exception("defect", extra={"about": about})
        return {"problem": Problem("系统出错了，已经记录；请稍后重试").as_dict()}


def runner(service: type[Service], settings: Settings) -> ServiceRunner:
    """A runner for one service, not yet started."""
    config = {"settings": settings, "service": service, "max_workers": WORKERS}
    made = ServiceRunner(config)
    made.add_service(nameko_service(service))
    return made
