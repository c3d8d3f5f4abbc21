"""Services remember for one another how far each had come: who has lost its log, or has it back from earlier, is told.

Whoever reads a log says with it where its own log stands. The service that is read keeps that, now and then, and
answers with what it has kept. So a log that nobody follows has witnesses too. While a service's own log is another
than was seen, it takes nothing: what it would write now is lost once the right log is back, and what it does unasked it
may have done before.
"""

import time
from collections.abc import Iterable

from schemas.documents import Json, pick
from schemas.fields import instant
from services.kit.clock import system
from services.kit.errors import Unavailable
from services.kit.log import Log
from services.kit.store import Keep, Store

SEEN = "seen"  # The kind, in the keep, of where others' logs stood: {id: service, position, event}.
KEPT_EVERY_S = 30.0


class Witness:
    """What one service has seen of the logs of those who read its own.

    Nothing is kept for the first `waits_s`, as long as a question is good for: what is asked then may have been asked
    before, by somebody whose log has been lost or put back since.
    """

    def __init__(self, keep: Keep, waits_s: float):
        self._keep = keep
        self._keeps_from = time.monotonic() + waits_s
        self._kept_at: dict[str, float] = {}

    def hear(self, told: Json) -> Json | None:
        """What was known of the one who tells; None when nothing was. What is told now is kept when it is more.

        What was known stays when less is told, and when more is by one who has not said that it has what is known: one
        that has lost its log does not make it forgotten, however long its new one grows.
        """
        known = self._keep.get(SEEN, told["id"])
        if _is_more(told, known) and self._is_time(told["id"]):
            self._keep.put(SEEN, told["id"], pick(told, "id", "position", "event"))
        return known

    def _is_time(self, who: str) -> bool:
        now = time.monotonic()
        too_soon = now - self._kept_at.get(who, float("-inf")) < KEPT_EVERY_S
        if too_soon or now < self._keeps_from:
            return False
        self._kept_at[who] = now
        return True


def _is_more(told: Json, known: Json | None) -> bool:
    if known is None:
        return bool(told["position"])
    has_it = not known["event"] or told.get("has") == known["event"]
    return has_it and bool(told["position"] > known["position"])


class Memory:
    """What others know of one service's own log, by who knows it, and whether that is so."""

    def __init__(self, service: str, store: Store):
        self._service, self._store = service, store
        self._right: dict[str, Json] = {}
        self._wrong: dict[str, Json] = {}

    def standing(self, witness: str) -> Json:
        """What is told to another: where the log stands, and that it `has` what the other was known to know."""
        begun = self._store.views.begin(self._service)
        return {
            "id": self._service,
            "position": begun.position,
            "event": begun.mark.event,
            "has": self._right.get(witness, {}).get("event", ""),
        }

    def must_be_right(self) -> None:
        """Raises `Unavailable` while the log is not the one that others have seen."""
        if self._wrong:
            raise Unavailable(
                f"{self._service} 的日志换过了（丢失或放回过），处理好以前不接受任何操作，请联系系统管理员"
            )

    def recall(self, witness: str, known: Json | None) -> None:
        """Looks up what a witness knows, unless that has been looked up before."""
        if known is None or not known["event"]:
            self._wrong.pop(witness, None)
        elif known != self._right.get(witness):
            self._look_up(witness, known)

    def troubles(self) -> list[Json]:
        """That the log is not the one that others have seen."""
        return list(self._wrong.values())

    def _look_up(self, witness: str, known: Json) -> None:
        if is_so(self._store.log, known):
            self._right[witness] = known
            self._wrong.pop(witness, None)
        elif witness not in self._wrong:
            self._wrong[witness] = self._trouble(witness, known)

    def _trouble(self, witness: str, known: Json) -> Json:
        return {
            "service": self._service,
            "part": "log",
            "source": witness,
            "sequence": known["position"],
            "state": "another_log",
            "since": instant(system()),
            "failed": 1,
            "error": "AnotherLog",
        }


def is_so(log: Log, known: Json) -> bool:
    """Whether the log still has the event that is `known` of it, at the same position."""
    return bool(log.ids([known["position"]]).get(known["position"]) == known["event"])


def missed(service: str, log: Log, keeps: Iterable[Keep]) -> int:
    """The last place at which others have seen another event than the log has there now, 0 where all is as seen."""
    seen = [keep.get(SEEN, service) for keep in keeps]
    wrong = [
        known for known in seen if known and known["event"] and not is_so(log, known)
    ]
    return max((known["position"] for known in wrong), default=0)


def forget(keep: Keep, service: str) -> None:
    """Its log is as it is now: what was seen of it before counts no more."""
    if keep.get(SEEN, service) is not None:
        keep.drop(SEEN, service)
