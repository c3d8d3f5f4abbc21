"""The bus inside one process: calls are calls, doorbells wake the followers directly."""

import logging
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any, NamedTuple

from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.apart import Apart, at_once
from services.kit.buses.port import Heard
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engines.opening import Beginning
from services.kit.errors import Unavailable
from services.kit.log import Event
from services.kit.service import Service
from services.kit.telemetry import Seldom

log = logging.getLogger(__name__)


class Listening(NamedTuple):
    heard: Heard
    deaf: Callable[[], None]


class LocalBus:
    """Holds the hosts. Payloads and answers are passed by reference: nobody changes what they are given.

    `apart` is how work that blocks is done; by default it holds up all others.
    """

    def __init__(self, apart: Apart = at_once) -> None:
        self._apart = apart
        self.hosts: dict[str, Host] = {}
        self._listeners: list[Listening] = []
        self._openings: list[Beginning] = []
        self._seldom = Seldom(log)
        self._started = False

    def host(self, service: type[Service], settings: Settings) -> Host:
        """Brings the service to life here, in the place of one of that name. It begins to follow once it is started."""
        host = Host(service, settings, self, apart=self._apart)
        for follower in host.followers.values():
            follower.has_bell = True  # Whoever records something here rings it here.
        self.hosts[service.name] = host
        return host

    def bring_up(self, services: Sequence[type[Service]], settings: Settings) -> None:
        """Hosts and starts them all. One whose store cannot be used comes as soon as it can; the others do not wait."""
        self._openings = [
            Beginning(each.name, partial(self._open, each, settings))
            for each in services
        ]
        for opening in self._openings:
            opening.start()
        self._started = True
        for host in list(self.hosts.values()):
            host.start()

    def _open(self, service: type[Service], settings: Settings) -> None:
        host = self.host(service, settings)
        if self._started:
            host.start()

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
        """Answered in the thread that calls. Raises `Unavailable` for a service that is not up."""
        host = self.hosts.get(service)
        if host is None:
            raise Unavailable(f"服务 {service} 暂时不可用，请稍后重试")
        return host.ask(
            method, payload, actor=actor, deadline=deadline, key=key, trace=trace
        )

    def ring(self, service: str, events: Sequence[Event]) -> None:
        """Wakes the followers of one of these types, and tells all who listen."""
        rung = {event.type for event in events}
        for host in self.hosts.values():
            follower = host.followers.get(service)
            if follower is not None and not rung.isdisjoint(follower.types):
                follower.ring()
        streams = {event.stream for event in events}
        for listening in self._listeners:
            self._tell(listening, service, streams)

    def troubles(self) -> list[Json]:
        """None of its own: what is not up yet answers nobody."""
        return []

    def listen(
        self, services: Sequence[str], heard: Heard, deaf: Callable[[], None]
    ) -> None:
        """Every ring is heard here, at once."""
        self._listeners.append(Listening(heard, deaf))
        for service in services:
            heard(service, None)

    def _tell(
        self, listening: Listening, service: str, streams: AbstractSet[str]
    ) -> None:
        """Who rings has just recorded something, and is not to suffer for who listens."""
        try:
            listening.heard(service, streams)
        except Exception as error:
            self._seldom.say(
                "did not hear", {"service": service}, error, traceback_of=error
            )
            listening.deaf()

    def start(self) -> None:
        """Starts every host, each as soon as its store lets it."""
        for host in self.hosts.values():
            host.start()

    def stop(self) -> None:
        """First all rest, then all close: a follower reads the logs of the others."""
        for opening in self._openings:
            opening.thread.stop()
        for host in self.hosts.values():
            host.rest()
        for host in self.hosts.values():
            host.stop()
