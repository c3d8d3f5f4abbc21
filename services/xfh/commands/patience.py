"""Asks a service until it answers: for who carries something and has time."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from ulid import ULID

from schemas.documents import Json
from services.kit.actor import SYSTEM
from services.kit.buses.port import Bus
from services.kit.clock import Deadline
from services.kit.errors import Unavailable

TICK_S = 1.0
SLOWEST_TICK_S = 30.0
ANSWER_S = 10.0

log = logging.getLogger(__name__)


class Stopped(Exception):
    """Asked to stop while waiting for an answer."""


class Patient:
    """What several threads do until they are stopped, or one of them breaks."""

    def __init__(self, bus: Bus, service: str):
        self._bus, self._service = bus, service
        self._stopping = threading.Event()
        self.broken = False

    def stop(self) -> None:
        self._stopping.set()

    def keep(self, doing: Callable[[], bool]) -> None:
        """Does it again and again, with a pause when there is nothing to do."""
        try:
            while not self._stopping.is_set():
                if not doing():
                    self._stopping.wait(TICK_S)
        except Stopped:
            return
        except Exception:
            log.exception("defect")
            self.broken = True
            self.stop()

    def command(self, method: str, payload: Json) -> Json:
        """Asks with one key until there is an answer: the second time it is the first answer again."""
        answer: Json = self.ask(method, payload, str(ULID()))
        return answer

    def ask(self, method: str, payload: Json, key: str = "") -> Any:
        pause_s = TICK_S
        while not self._stopping.is_set():
            deadline = Deadline.after(ANSWER_S)
            try:
                return self._bus.call(
                    self._service,
                    method,
                    payload,
                    actor=SYSTEM,
                    deadline=deadline,
                    key=key,
                )
            except Unavailable as error:
                log.warning("cannot deliver now", extra={"about": {"code": error.code}})
                self._stopping.wait(pause_s)
                pause_s = min(pause_s * 2, SLOWEST_TICK_S)
        raise Stopped
