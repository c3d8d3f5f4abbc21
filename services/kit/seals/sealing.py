"""Sealing a service's log: daily, part by part, in the log of another service.

Its own log would lose the seals with the events: whoever cuts a log off cuts off what says so. So they are kept by
another service, and that one's by yet another: the two that keep seals keep each other's. Who wants to hide an end
must shorten both logs, and all that others have followed of them, and is still left with what was printed.
"""

from schemas.documents import Json
from services.kit.actor import SYSTEM
from services.kit.buses.port import Bus
from services.kit.clock import Clock, Deadline, give_way
from services.kit.log import Log
from services.kit.seals.roots import root_of
from services.kit.steady import Steady

PART = 1_000  # Events under one seal: what is found changed is one of them.
MOST_PARTS = 20  # At a time; a log of millions is sealed within the hours after.
LOOK_EVERY_S = 60.0
CALL_S = 5.0


class ShorterThanSealed(Exception):
    """The log has fewer events than it had when it was sealed."""


class Sealing:
    """Seals the log of `service` in that of `keeper`; `thread`, once started, does so daily. Nothing without a keeper.

    A day is over at 0:00 UTC, eight in the morning in China.
    """

    def __init__(self, service: str, keeper: str, log: Log, bus: Bus, now: Clock):
        self._service, self._keeper = service, keeper
        self._log, self._bus, self._now = log, bus, now
        self._upto = 0
        about = {"service": service, "part": "seals", "source": keeper}
        self.thread = Steady(about, self.look, LOOK_EVERY_S)

    def start(self) -> None:
        """Does nothing for a service that nobody seals."""
        if self._keeper:
            self.thread.start()

    def stop(self) -> None:
        """What is under way is finished, or begun again at the next start."""
        self.thread.stop()
        self.thread.join(CALL_S)

    def look(self) -> int:
        """Seals what is there when some of it is of a day that is over. Returns how many parts were sealed."""
        return self.seal(MOST_PARTS) if self._is_due() else 0

    def seal(self, most: int) -> int:
        """Seals what is not sealed yet, at most so many parts; returns how many. Reads nothing else.

        Raises `ShorterThanSealed`. May be called again, and beside another replica: each part is sealed once.
        """
        self._upto = self._sealed()
        parts = 0
        while parts < most and self._seal_next():
            parts += 1
            self.thread.ran()
            give_way()
        return parts

    def _is_due(self) -> bool:
        first = self._log.read(self._upto, 1)
        today = self._now().date().isoformat()
        return bool(first) and first[0].time[:10] < today

    def _sealed(self) -> int:
        upto: int = self._call("last_seal", {"service": self._service}, "")["upto"]
        if upto > (head := self._log.head()):
            raise ShorterThanSealed(f"{self._service}: {head} events, {upto} sealed")
        return upto

    def _seal_next(self) -> bool:
        events = self._log.read(self._upto, PART)
        if not events:
            return False
        upto = events[-1].seq
        part = {"service": self._service, "after": self._upto, "upto": upto}
        key = f"seal {self._service} {self._upto} {upto}"
        self._call("seal_log", part | {"root": root_of(events)}, key)
        self._upto = upto
        return True

    def _call(self, method: str, payload: Json, key: str) -> Json:
        deadline = Deadline.after(CALL_S)
        answer: Json = self._bus.call(
            self._keeper, method, payload, actor=SYSTEM, deadline=deadline, key=key
        )
        return answer
