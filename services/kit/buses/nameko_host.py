"""A service as a nameko service on RabbitMQ: entrypoints made of its marks, over one connection it keeps open.

nameko acknowledges a message whose handler raised, and publishes replies confirmed on a new connection; so its
containers, workers and extensions are used here, its messaging is not.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import eventlet
from amqp.exceptions import ChannelError, NotFound
from eventlet.patcher import original
from kombu import Connection
from nameko.extensions import DependencyProvider, Entrypoint, SharedExtension
from nameko.runners import ServiceRunner

from services.kit.apart import Workers
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.buses.rabbit.queues import doorbell_queue, request_queues
from services.kit.buses.rabbit.replies import Replies, acknowledge
from services.kit.buses.rabbit.sealing import Sealing
from services.kit.buses.rabbit.serving import Bundle, answered
from services.kit.buses.rabbit.session import Session
from services.kit.buses.rabbit.wire import CONNECT_S
from services.kit.config import Settings
from services.kit.engine.follow import LINGER_S, Follower
from services.kit.engine.host import Host
from services.kit.engine.operating import ASKED
from services.kit.entrypoints import Command, Query
from services.kit.service import Service, entrypoints
from services.kit.telemetry import Seldom

WORKERS = 64
HANG_AGAIN_S = 30.0

log = logging.getLogger(__name__)


class Server(SharedExtension):
    """Owns the host and the connection by which requests and doorbells come in and answers go out."""

    def setup(self) -> None:
        """Makes what the workers are given. Called by nameko before it starts anything."""
        config = self.container.config
        settings: Settings = config["settings"]
        service: type[Service] = config["service"]
        self._bus = RabbitBus(settings.bus, service.name)
        workers = Workers(original("_thread").start_new_thread)
        self.host = Host(service, settings, self._bus, apart=workers)
        sealed = {service.name} if service.is_sealed else ()
        self.sealing = Sealing(frozenset(sealed), settings.bus_key)
        self._session = Session(settings.bus, service.name, "server", self._take)
        self._seldom = Seldom(log)
        self._writing = threading.Lock()
        self._consuming: list[tuple[Any, str]] = []
        self._replies = Replies(self._writing)
        self._stopping = False

    def start(self) -> None:
        """Looks up what requests name, then follows others and takes requests."""
        ours = self.container.entrypoints
        self._entrypoints = {entrypoint.method_name: entrypoint for entrypoint in ours}
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
        """Answers that are ready go out before the connection is closed."""
        self._replies.send()
        self._session.stop(CONNECT_S)
        self._bus.close()  # First, so that no follower waits for an answer of a service that is stopping too.
        self.host.stop()

    def _take(self, connection: Connection) -> None:
        self._consuming.clear()
        silent = list(self.host.followers.values())
        for follower in silent:
            follower.has_bell = False
        first, stand_in = request_queues(self.host.name)
        taking = self._take_from_first(connection, first)
        if not taking:
            self._take_from(connection, stand_in)
        hang = partial(self._hang_bell, connection)
        hang_at = 0.0
        for _ in self._session.arrivals(connection, self._writing):
            taking = taking or self._take_from_first(connection, first)
            if silent and time.monotonic() > hang_at:
                silent = [follower for follower in silent if not hang(follower)]
                hang_at = time.monotonic() + HANG_AGAIN_S

    def _take_from_first(self, connection: Connection, first: Any) -> bool:
        """False while the node of the cluster that keeps the queue is down."""
        try:
            self._take_from(connection, first)
        except NotFound as error:
            about = {"service": self.host.name, "queue": first.name}
            self._seldom.say("serves from the stand-in", about, error)
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
        channel = connection.channel()
        queue = doorbell_queue(self.host.name, follower.source, follower.types)
        on_doorbell = partial(self._on_doorbell, channel, follower)
        try:
            channel.basic_qos(0, 1, False)
            self._consume(channel, queue, on_doorbell)
        except ChannelError as error:
            words = f"follows without doorbell {queue.name}: delete what the error names, and it is made anew"
            about = {"service": self.host.name, "source": follower.source}
            self._seldom.say(words, about | {"queue": queue.name}, error)
        else:
            follower.has_bell = True
        return follower.has_bell

    def _consume(
        self, channel: Any, queue: Any, on_message: Callable[[Any], None]
    ) -> None:
        queue(channel).declare()
        if not self._stopping:
            tag = channel.basic_consume(queue=queue.name, callback=on_message)
            self._consuming.append((channel, tag))

    def _on_doorbell(self, channel: Any, follower: Follower, message: Any) -> None:
        """The follower reads the log, not the message; until it is acknowledged the broker keeps only the newest."""
        follower.ring()
        eventlet.spawn_after(LINGER_S, self._acknowledge, channel, message.delivery_tag)

    def _acknowledge(self, channel: Any, tag: int) -> None:
        acknowledge(channel, tag, self._writing)

    def _on_request(self, channel: Any, message: Any) -> None:
        try:
            bundle = Bundle(channel, message)
        except (KeyError, TypeError, ValueError) as error:
            # Whoever sent it is not one of us, and nobody waits.
            about = {"service": self.host.name}
            self._seldom.say("dropped what is no request", about, error)
            self._acknowledge(channel, message.delivery_tag)
            return
        done = partial(self._answer, bundle)
        for request in bundle.requests:
            entrypoint = self._entrypoint(request["method"])
            self.container.spawn_worker(entrypoint, (request,), {}, handle_result=done)

    def _entrypoint(self, method: str) -> Any:
        return self._entrypoints.get(method) or self._entrypoints["unknown"]

    def _answer(
        self, bundle: Bundle, worker: Any, result: bytes, failure: Any
    ) -> tuple[Any, Any]:
        """Kept for a moment: a turn of the ledger settles many, and they go back together."""
        if self._replies.add(bundle, result):
            eventlet.spawn_after(0, self._send_or_begin_anew)
        return result, failure

    def _send_or_begin_anew(self) -> None:
        """On a new connection the broker asks again whatever was not answered."""
        try:
            self._replies.send()
        except Exception as error:
            about = {"service": self.host.name}
            self._seldom.say("cannot answer", about, error, traceback_of=error)
            self._session.cut()


class Answering(Entrypoint):
    """A command or query that callers may ask for by its name."""

    server = Server()

    def stop(self) -> None:
        """Called by nameko for each entrypoint, before it waits for what is under way."""
        self.server.stop_taking()


class Hosted(DependencyProvider):
    """Gives the worker the host."""

    server = Server()

    def get_dependency(self, worker: Any) -> Host:
        """The one host of the process, whichever worker asks."""
        return self.server.host


class Sealed(DependencyProvider):
    """Gives the worker what opens requests and seals answers."""

    server = Server()

    def get_dependency(self, worker: Any) -> Sealing:
        """The one of the process, whichever worker asks."""
        return self.server.sealing


answering = Answering.decorator


def nameko_service(service: type[Service]) -> type:
    """A nameko service class that answers to every command and query of `service`."""
    names = [
        mark.name for mark in entrypoints(service) if isinstance(mark, Command | Query)
    ]
    own = ("condition", "held", "read_log", "roles", "together", "unknown", *ASKED)
    methods = {name: answering(_asking(name)) for name in (*names, *own)}
    return type(
        service.__name__,
        (),
        {"name": service.name, "host": Hosted(), "sealing": Sealed(), **methods},
    )


def _asking(name: str) -> Callable[[Any, dict[str, Any]], bytes]:
    def ask(self: Any, request: dict[str, Any]) -> bytes:
        """The answer, or the problem instead of it, ready to be sent."""
        return answered(self.host, request, self.sealing)

    ask.__name__ = name
    return ask


def runner(service: type[Service], settings: Settings) -> ServiceRunner:
    """A runner for one service, not yet started."""
    config = {"settings": settings, "service": service, "max_workers": WORKERS}
    made = ServiceRunner(config)
    made.add_service(nameko_service(service))
    return made
