"""What of a service needs somebody to look at it: an event it is parked on, what is overdue, a store that is full.

Each is a `Trouble` that may be told to anybody: names, counts and kinds of errors, never their words.
"""

import threading
import time
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from schemas.documents import Json
from schemas.fields import instant
from services.kit.clock import Clock
from services.kit.engine.another_log import ANOTHER
from services.kit.engine.timers import OVERDUE
from services.kit.errors import StoreFull
from services.kit.store import Keep

LOOK_AGAIN_S = 1.0
ROOM = {
    "id": "room",
    "filled": "x" * 16_384,
}  # More than one event and what is folded from it.


class Condition:
    """That of one service's store, as it is kept there."""

    def __init__(self, service: str, keep: Keep, now: Clock):
        self._service, self._keep = service, keep
        self._room = Room(service, keep, now)

    def troubles(self) -> list[Json]:
        """Raises `Unavailable` when the store cannot be used."""
        return [
            *_all_parked(self._service, self._keep),
            *_overdue(self._service, self._keep),
            *self._room.troubles(),
        ]


class Room:
    """Whether the store takes more: tried by writing, at most once a second."""

    def __init__(self, service: str, keep: Keep, now: Clock):
        self._about = {"service": service, "part": "store", "state": "full"}
        self._keep, self._now = keep, now
        self._looking = threading.Lock()
        self._again = 0.0
        self._since = ""

    def troubles(self) -> list[Json]:
        """One while the store is full. Raises `Unavailable` when it cannot be used."""
        with self._looking:
            if time.monotonic() >= self._again:
                self._look()
        if not self._since:
            return []
        why = {"since": self._since, "error": StoreFull.__name__}
        return [self._about | why]

    def _look(self) -> None:
        try:
            self._keep.put("room", "room", ROOM)
            self._since = ""
        except StoreFull:
            self._since = self._since or instant(self._now())
        self._again = time.monotonic() + LOOK_AGAIN_S


def _all_parked(service: str, keep: Keep) -> list[Json]:
    return [_parked(service, event) for event in keep.all("parked")]


def _parked(service: str, event: Json) -> Json:
    error = event.get("kind", "")
    return {
        "service": service,
        "part": "follower",
        "source": event["id"],
        "sequence": event["sequence"],
        "state": "another_log" if error == ANOTHER else "parked",
        "since": event["since"],
        "failed": event["attempts"],
        "error": error,
    }


def _overdue(service: str, keep: Keep) -> Iterator[Json]:
    """One for each kind of what is due: how many of it there are, the oldest's moment and its error."""
    oldest_first = sorted(keep.all(OVERDUE), key=itemgetter("since"))
    by_kind = sorted(oldest_first, key=_kind)
    for kind, ones in groupby(by_kind, key=_kind):
        oldest, *others = ones
        yield {
            "service": service,
            "part": "timers",
            "due": kind,
            "count": 1 + len(others),
            "state": "overdue",
            "since": oldest["since"],
            "error": oldest.get("kind", ""),
        }


def _kind(one: Json) -> str:
    """The command that could not be done: an id is `command:document:moment`."""
    return str(one["id"]).partition(":")[0]
