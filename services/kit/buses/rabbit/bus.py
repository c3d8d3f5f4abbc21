"""The bus on RabbitMQ, as its callers see it. kombu only: what serves on it is `nameko_host`."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.buses.port import Heard
from services.kit.buses.rabbit.calls import Calls
from services.kit.buses.rabbit.doorbells import Doorbells
from services.kit.buses.rabbit.listening import Listener
from services.kit.buses.rabbit.sealing import NOTHING_SEALED, Sealing
from services.kit.clock import Deadline
from services.kit.errors import problem_from
from services.kit.log import Event


class RabbitBus:
    """A process's way to the broker. Connects by itself, again and again; a call while it is away fails at once.

    `owner` is whose process it is, for the log and for who asks whether all is well. `sealing` is for the services
    whose requests nobody on the broker may read.
    """

    def __init__(self, url: str, owner: str = "xfh", sealing: Sealing = NOTHING_SEALED):
        self._url, self._owner = url, owner
        self._sealing = sealing
        self._calls = Calls(url, owner)
        self._doorbells = Doorbells(url, owner)
        self._listeners: list[Listener] = []

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
        """Waits in the thread that calls, no longer than the deadline. Sealed where the service is."""
        deadline.check()
        request = {
            "method": method,
            "payload": payload,
            "actor": actor.as_dict(),
            "key": key,
            "trace": trace,
            "until": time.time() + deadline.remaining_s(),
        }
        sent = self._sealing.request(service, request)
        answer = self._calls.ask(service, sent, deadline)
        if "problem" in answer:
            raise problem_from(answer["problem"])
        return self._sealing.heard(service, sent, answer["answer"])

    def ring(self, service: str, events: Sequence[Event]) -> None:
        """Published by a thread of its own. While the broker is away the oldest are lost once there are too many."""
        self._doorbells.ring(service, events)

    def listen(
        self, services: Sequence[str], heard: Heard, deaf: Callable[[], None]
    ) -> None:
        """On a connection of its own for each call."""
        self._listeners.append(Listener(self._url, self._owner, services, heard, deaf))

    def troubles(self) -> list[Json]:
        """Of its calls, its doorbells and each who listens."""
        parts: list[Calls | Doorbells | Listener] = [
            self._calls,
            self._doorbells,
            *self._listeners,
        ]
        return [trouble for part in parts for trouble in part.troubles()]

    def close(self) -> None:
        """Gives each connection a moment to finish. What has not been published by then is lost."""
        for listener in self._listeners:
            listener.close()
        self._calls.close()
        self._doorbells.close()
