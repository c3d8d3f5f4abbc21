"""Calls to the services: each with a deadline, and no service taking the threads of the others with it."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from gateway.edge.auth import must_be_known
from gateway.edge.looks import Looks
from schemas.documents import Json
from services.kit.actor import SYSTEM, Actor
from services.kit.buses.port import Bus
from services.kit.clock import Deadline
from services.kit.errors import Forbidden, Overloaded, Refused
from services.kit.telemetry import Seldom

PATIENCE = 0.1  # The part of the deadline one may wait for a place.
LONGEST_TURN_S = 30.0
HURRY = 0.8  # Of the pace of serving: better that somebody waits for a place than that a place waits.
QUICK_S = 0.002  # Between two that are served, before anything is known of the pace.
# A room of its own: a file takes up to some seconds of the whole process.
FILES = "files"
FILES_AT_A_TIME = 2
NAMES = {FILES: "表格与交换"}
TAKEN = "phone_taken"  # Who hears it has learnt that a number is somebody's.

log = logging.getLogger(__name__)


class Services:
    """The services as the gateway sees them. At most `places` requests to one of them are under way at a time."""

    def __init__(
        self,
        bus: Bus,
        names: list[str],
        deadline_s: float,
        places: int,
        looks: Looks | None = None,
    ):
        self.names = names
        self._bus, self._deadline_s = bus, deadline_s
        self._rooms = {name: Room(places) for name in names}
        self._rooms[FILES] = Room(FILES_AT_A_TIME)
        self._seldom = Seldom(log)
        self.looks = looks or Looks(bus)

    def ask(
        self,
        service: str,
        method: str,
        payload: dict[str, Any],
        *,
        actor: Actor,
        key: str = "",
        trace: str = "",
        part: float = 1.0,
    ) -> Any:
        """The answer, within that `part` of the time there is.

        Raises a `Problem`; for somebody unknown, what is forbidden is to be asked again with a token.
        """
        deadline = Deadline.after(self._deadline_s * (1 - PATIENCE) * part)
        try:
            answer = self._bus.call(
                service,
                method,
                payload,
                actor=actor,
                deadline=deadline,
                key=key,
                trace=trace,
            )
        except Forbidden:
            must_be_known(actor)
            raise
        except Refused as refused:
            if refused.code == TAKEN:
                self.looks.must_record_guess(actor)
            raise
        self.looks.note(service, method, payload, answer, actor)
        return answer

    def room(self, service: str) -> "Room":
        """Raises `KeyError` for a service that is none."""
        return self._rooms[service]

    def place(self, service: str, part: float = 1.0) -> AbstractContextManager[None]:
        """A place among those who ask `service`, waited for in that `part` of the time. Raises `Overloaded`."""
        patience_s = self._deadline_s * PATIENCE * part
        return self._rooms[service].place(patience_s, service)

    def roles(self, service: str, within_s: float) -> dict[str, list[str]]:
        """The roles by which each command and question of the service may be asked; none means by anybody."""
        roles: dict[str, list[str]] = self._ask_itself(service, "roles", within_s)
        return roles

    def troubles(self, service: str, within_s: float) -> list[Json] | None:
        """What of the service does not run; None when it does not say. Takes no place: what is busy is not dead."""
        try:
            condition = self._ask_itself(service, "condition", within_s)
        except Exception as error:  # In one process even a defect is raised here; in any case it does not say.
            about = {"service": service}
            self._seldom.say("does not say whether it is well", about, error)
            return None
        return list(condition["troubles"])

    def _ask_itself(self, service: str, question: str, within_s: float) -> Any:
        """What only the platform asks."""
        deadline = Deadline.after(within_s)
        return self._bus.call(service, question, {}, actor=SYSTEM, deadline=deadline)

    def own_troubles(self) -> list[Json]:
        """What does not run of this process's way to the services."""
        return self._bus.troubles()


class Room:
    """So many calls at a time. Who finds no place in good time is told when to come again.

    That is when those turned away before will have been served too, at the pace of serving since the crowd came: so it
    comes back in a line, and does not keep the door busy with being turned away.
    """

    def __init__(self, places: int):
        self.places = self.left = places
        self._free = threading.BoundedSemaphore(places)
        self._line_began = self._last_turn = 0.0
        self._served = 0

    @contextmanager
    def place(self, patience_s: float, service: str) -> Iterator[None]:
        """A place for the block, waited for as long as `patience_s`. Raises `Overloaded`, which says when to return."""
        there_is_a_line = self._last_turn > time.monotonic() + patience_s
        if not self._free.acquire(timeout=0 if there_is_a_line else patience_s):
            raise self._busy(service)
        self.left -= 1
        try:
            yield
        finally:
            self.left += 1
            self._free.release()
            self._served += 1

    def _busy(self, service: str) -> Overloaded:
        name = NAMES.get(service, f"服务 {service}")
        refusal = Overloaded(f"{name} 正忙，请稍后用同一个 Idempotency-Key 重试")
        refusal.retry_after_s = self._next_turn_s()
        return refusal

    def _next_turn_s(self) -> float:
        now = time.monotonic()
        if self._last_turn < now:
            self._line_began = self._last_turn = now
            self._served = 0
        in_line_s = self._last_turn - now + self._pace_s(now)
        turn_s = min(in_line_s, LONGEST_TURN_S)
        self._last_turn = now + turn_s
        return turn_s

    def _pace_s(self, now: float) -> float:
        """Between two of the line."""
        if not self._served:
            return QUICK_S
        return HURRY * (now - self._line_began) / self._served
