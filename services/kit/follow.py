"""A follower: one service reading another's log from its cursor, exactly once in effect, in order.

Doorbells only wake it and spare it a question; the cursor decides what is applied. An event that cannot be
applied parks the follower: nothing after it is applied until it goes through or an operator sets it aside.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence

import schemas.kit  # noqa: F401  # Declares event_set_aside.v1.
from schemas.fields import instant
from services.kit.clock import Clock
from services.kit.errors import Unavailable
from services.kit.log import Event
from services.kit.store import Store
from services.kit.views import Collection, Doc, Fold, Folds, Overlay

BATCH = 500
BUSY_S = 2.0
MOST_RUNG = 2000
TICK_S = 2.0
LINGER_S = 0.02
SLOWEST_TICK_S = 30.0

SET_ASIDE = Collection("set_aside")

log = logging.getLogger(__name__)

Fetch = Callable[[int, int], tuple[str, list[Event]]]
React = Callable[[Event], object]


def fold_set_aside(docs: Overlay, event: Event) -> None:
    docs.put("set_aside", {"id": f"{event.data['source']}:{event.data['sequence']}", "reason": event.data["reason"]})


KIT_FOLDS: dict[str, Fold] = {"event_set_aside.v1": fold_set_aside}


class Follower:
    """Folds one source's events into the service's views and issues the commands they cause."""

    def __init__(
        self,
        source: str,
        store: Store,
        folds: Folds,
        reactions: Mapping[str, React],
        fetch: Fetch,
        now: Clock,
    ):
        self.source = source
        self._store, self._folds, self._reactions = store, folds, reactions
        self._fetch, self._now = fetch, now
        self._rung: dict[int, Event] = {}
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._busy = threading.Lock()
        self._origin = ""
        self._unsure = False
        self._may_be_parked = True  # Until something has gone through: what an earlier process left is not known yet.

    def ring(self, event: Event, origin: str) -> None:
        """Tells of an event. Never blocks; what does not fit is read from the log later.

        The event itself is believed only when it is of the log being followed: a broker may still hold doorbells of
        one that was there before.
        """
        if origin == self._origin and len(self._rung) < MOST_RUNG:
            self._rung[event.seq] = event
        else:
            self._unsure = True
        self._wake.set()

    def run(self) -> None:
        """Follows until `stop`, at each doorbell and every few seconds without one."""
        pause_s = TICK_S
        while not self._stopping.is_set():
            rung = self._wake.wait(pause_s)
            self._wake.clear()
            if rung:
                time.sleep(LINGER_S)  # Events come in bursts; a batch costs little more than one.
            try:
                self.catch_up(ask=not rung)
                pause_s = TICK_S
            except Unavailable as error:
                log.warning("cannot follow now", extra={"about": {"source": self.source, "code": error.code}})
                pause_s = min(pause_s * 2, SLOWEST_TICK_S)

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()

    def catch_up(self, ask: bool = True) -> int:
        """Applies what is new and returns how many events that was. `ask`: even if no doorbell tells of more.

        Raises `Unavailable` when source or store do not answer in time: nobody is to decide on old news.
        """
        if not self._busy.acquire(timeout=BUSY_S):
            raise Unavailable(f"正在等待 {self.source} 的消息，请用同一个 Idempotency-Key 重试")
        try:
            applied = 0
            while events := self._next(ask):
                done = self._apply(events)
                applied += done
                if done < len(events):
                    break
            return applied
        finally:
            self._busy.release()

    def parked(self) -> Doc | None:
        """The event this follower stands at, with the error: `{id, sequence, event, error, attempts, since, tried}`."""
        return self._store.keep.get("parked", self.source)

    def _next(self, ask: bool) -> list[Event]:
        cursor = self._store.views.cursor(self.source)
        events: list[Event] = []
        while (event := self._rung.pop(cursor + len(events) + 1, None)) and len(events) < BATCH:
            events.append(event)
        for seq in list(self._rung):
            if seq <= cursor:
                self._rung.pop(seq, None)
        if events or not (ask or self._unsure or self._rung):
            return events
        self._unsure = False
        self._origin, events = self._fetch(cursor, BATCH)
        return events

    def _apply(self, events: Sequence[Event]) -> int:
        """Applies a gapless run of events; returns how many went through before one that could not."""
        cursor = events[0].seq - 1
        docs = Overlay(self._store.views)
        done, failure = 0, None
        for event in events:
            try:
                # Whatever was parked on is where the next run begins, so only there can anything be set aside.
                if done or not (self._may_be_parked and self._is_set_aside(event)):
                    self._apply_one(docs, event)
            except Unavailable:
                raise
            except Exception as error:
                failure = error
                break
            done += 1
        if done and self._store.views.commit(self.source, cursor, cursor + done, docs.changed):
            self._unpark()
        if failure is not None:
            self._park(events[done], failure)
        return done

    def _apply_one(self, docs: Overlay, event: Event) -> None:
        """The reaction first: it is safe to repeat, and once the cursor has moved it would be lost."""
        if event.type in self._reactions:
            self._reactions[event.type](event)
        docs.fold(event, self._folds)

    def _is_set_aside(self, event: Event) -> bool:
        return self._store.views.get("set_aside", f"{self.source}:{event.seq}") is not None

    def _park(self, event: Event, error: Exception) -> None:
        before = self.parked()
        same = before is not None and before["sequence"] == event.seq
        now = instant(self._now())
        record = {
            "id": self.source,
            "sequence": event.seq,
            "event": event.id,
            "type": event.type,
            "error": "".join(traceback.format_exception(error)),
            "attempts": before["attempts"] + 1 if before and same else 1,
            "since": before["since"] if before and same else now,
            "tried": now,
        }
        self._store.keep.put("parked", self.source, record)
        self._may_be_parked = True
        log.error("parked", extra={"about": {k: record[k] for k in ("id", "sequence", "event", "type", "attempts")}})

    def _unpark(self) -> None:
        if self._may_be_parked and self.parked() is not None:
            self._store.keep.drop("parked", self.source)
        self._may_be_parked = False
