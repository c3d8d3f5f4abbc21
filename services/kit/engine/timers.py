"""What time causes: finds the documents whose moment has come and has the ledger do what is due, once.

Nothing is scheduled anywhere: what is due is a range of an index, so a restart forgets nothing and a stepped clock
moves everything. Whoever finds it first does it; the key keeps a second replica from doing it again.
"""

import logging
import traceback
from collections.abc import Callable, Sequence

from schemas.documents import Json
from schemas.fields import instant
from services.kit.clock import Clock
from services.kit.entrypoints import Due
from services.kit.errors import Unavailable
from services.kit.lists.paging import every
from services.kit.steady import IDLE_S, Steady
from services.kit.store import Store

TICK_S = 1.0
LONGEST_TICK_S = 4.0
LONGER = 1.25
# The kind, in the keep, of what could not be done though it was due.
OVERDUE = "overdue"

log = logging.getLogger(__name__)

Do = Callable[[Due, Json], object]


class Timers:
    """Looks for what is due; `thread`, once started, every second.

    While nothing is due and nothing is recorded (`stir`) it looks less and less often, down to every four seconds:
    looking is most of what a service at rest does.
    """

    def __init__(
        self, service: str, marks: Sequence[Due], store: Store, do: Do, now: Clock
    ):
        self._marks, self._store = marks, store
        self._do, self._now = do, now
        about = {"service": service, "part": "timers"}
        self.thread = Steady(about, self._look, TICK_S if marks else IDLE_S)
        self._stirred = False
        self._overdue: set[str] = set()
        # As it may be at the start and after something was due: nothing is noted of what is not.
        self._may_be_overdue = True

    def stir(self) -> None:
        """Tells that something was recorded, which may be due soon. Never blocks."""
        if not self._marks:
            return
        self._stirred = True
        if self.thread.every_s > TICK_S:
            self.thread.wake()

    def _look(self) -> None:
        stirred, self._stirred = self._stirred, False
        done = self.fire()
        if not self._marks:
            return
        longer_s = min(self.thread.every_s * LONGER, LONGEST_TICK_S)
        self.thread.every_s = TICK_S if done or stirred else longer_s

    def fire(self) -> int:
        """Does what is due now and returns how much that was. What fails is kept with its error and tried again."""
        ripe = [(mark, doc) for mark in self._marks for doc in self._due(mark)]
        if ripe or self._may_be_overdue:
            self._forget_all_but({_key(mark, doc) for mark, doc in ripe})
        done = 0
        for mark, doc in ripe:
            done += self._attempt(mark, doc)
            self.thread.ran()
        return done

    def _forget_all_but(self, ripe: set[str]) -> None:
        """What failed once and is due no longer, or was done by another replica, is nothing to look into."""
        known = {about["id"] for about in self._store.keep.all(OVERDUE)}
        for id in known - ripe:
            self._store.keep.drop(OVERDUE, id)
        self._overdue = known & ripe
        self._may_be_overdue = bool(ripe)

    def _due(self, mark: Due) -> list[Json]:
        return list(every(self._store.views, mark.ripe(instant(self._now()))))

    def _attempt(self, mark: Due, doc: Json) -> bool:
        """One that cannot be done does not keep the others from being done."""
        id = _key(mark, doc)
        try:
            self._do(mark, doc)
        except Unavailable:
            raise
        except Exception as error:
            if id not in self._overdue:
                self._keep_as_overdue(id, error)
            return False
        if id in self._overdue:
            self._store.keep.drop(OVERDUE, id)
            self._overdue.discard(id)
        return True

    def _keep_as_overdue(self, id: str, error: Exception) -> None:
        overdue = {
            "id": id,
            "since": instant(self._now()),
            "error": "".join(traceback.format_exception(error)),
            "kind": type(error).__name__,
        }
        self._store.keep.put(OVERDUE, id, overdue)
        self._overdue.add(id)
        about = {"id": id}
        log.error("cannot do what is due", extra={"about": about}, exc_info=error)


def _key(mark: Due, doc: Json) -> str:
    return f"{mark.name}:{doc['id']}:{doc[mark.by]}"
