"""Calls to the services: each with a deadline, and no service taking the threads of the others with it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from services.kit.actor import ANONYMOUS, SYSTEM, Actor
from services.kit.bus import Bus
from services.kit.clock import Deadline
from services.kit.errors import Forbidden, Overloaded, Problem, Unauthenticated

PATIENCE = 0.1  # The part of the deadline a call may wait for a place.
BEYOND = 2**53 - 1  # No log is that long: the answer is short.


class Services:
    """The services as the gateway sees them. At most `places` calls to one of them are under way at a time."""

    def __init__(self, bus: Bus, names: list[str], deadline_s: float, places: int):
        self.names = names
        self._bus, self._deadline_s = bus, deadline_s
        self._places = {name: threading.BoundedSemaphore(places) for name in names}

    def ask(
        self, service: str, method: str, payload: dict[str, Any], *, actor: Actor, key: str = "", trace: str = ""
    ) -> Any:
        """The answer. Raises a `Problem`; for somebody unknown, what is forbidden is to be asked again with a token."""
        deadline = Deadline.after(self._deadline_s)
        with self._place(service, deadline):
            try:
                return self._bus.call(service, method, payload, actor=actor, deadline=deadline, key=key, trace=trace)
            except Forbidden as refusal:
                if actor is ANONYMOUS:
                    raise Unauthenticated("请先登录再进行这项操作") from refusal
                raise

    def answers(self, service: str, within_s: float) -> bool:
        """True when the service reads from its store. Takes no place: what is busy is not dead."""
        try:
            deadline = Deadline.after(within_s)
            self._bus.call(service, "read_log", {"after": BEYOND, "limit": 1}, actor=SYSTEM, deadline=deadline)
        except Problem:
            return False
        return True

    @contextmanager
    def _place(self, service: str, deadline: Deadline) -> Iterator[None]:
        places = self._places[service]
        if not places.acquire(timeout=deadline.remaining_s() * PATIENCE):
            raise Overloaded(f"服务 {service} 正忙，请稍后用同一个 Idempotency-Key 重试")
        try:
            yield
        finally:
            places.release()
