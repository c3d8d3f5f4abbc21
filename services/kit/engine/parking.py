"""Where a follower stands at an event that cannot be applied: kept with its error, until it goes through."""

import logging
import traceback
from collections.abc import Mapping

from schemas.documents import Json, pick
from schemas.fields import instant
from services.kit.clock import Clock
from services.kit.engine.another_log import is_at_another
from services.kit.log import Event
from services.kit.store import Keep

KIND = "parked"

log = logging.getLogger(__name__)


class Parking:
    """That of one follower. `about` says whose: `{service, part, source}`."""

    def __init__(self, about: Mapping[str, str], keep: Keep, now: Clock):
        self._about, self._source = about, about["source"]
        self._keep, self._now = keep, now
        self._said: tuple[int, str] | None = None
        # Until something has gone through: what an earlier process left is not known yet.
        self.may_be_taken = True

    def standing(self) -> Json | None:
        """The event, with the error: `{id, sequence, event, type, error, kind, attempts, since, tried}`."""
        return self._keep.get(KIND, self._source)

    def park(self, event: Event, error: Exception) -> None:
        """Kept each time it is tried; said when it is another event than before, or another error."""
        record = self.record(event, error)
        self._keep.put(KIND, self._source, record)
        self.may_be_taken = True
        why = f"{record['kind']}: {error}"
        if self._said != (event.seq, why):
            self._said = event.seq, why
            self._say(record, why)

    def record(self, event: Event, error: Exception) -> Json:
        """What is kept of it; of the same event as before, one attempt more."""
        before = self.standing()
        now = instant(self._now())
        if before is None or before["sequence"] != event.seq:
            before = {"attempts": 0, "since": now}
        return {
            "id": self._source,
            "sequence": event.seq,
            "event": event.id,
            "type": event.type,
            "error": "".join(traceback.format_exception(error)),
            "kind": type(error).__name__,
            "attempts": before["attempts"] + 1,
            "since": before["since"],
            "tried": now,
        }

    def leave_another(self) -> None:
        """The log is the one it was again."""
        if self.may_be_taken and is_at_another(self.standing()):
            self._keep.drop(KIND, self._source)

    def leave(self) -> None:
        """It has gone through."""
        if self.may_be_taken and self.standing() is not None:
            self._keep.drop(KIND, self._source)
        self.may_be_taken = False
        self._said = None

    def _say(self, record: Json, why: str) -> None:
        where = pick(record, "sequence", "event", "type", "attempts")
        log.error("parked", extra={"about": {**self._about, **where, "error": why}})


def reason(parked: Json) -> str:
    """The line of the traceback that says what went wrong: the first that is neither indented nor its heading."""
    every = parked["error"].splitlines()
    lines = [line for line in every if line and not line[0].isspace()]
    own = [line for line in lines if not line.startswith("Traceback")]
    return str((own or lines or [""])[-1])
