"""A follower: one service reading another's log from its cursor, exactly once in effect, in order.

Doorbells only wake it; the cursor and the source's log decide what is applied. It reads the types it folds or reacts
to, so what does not concern it costs it nothing. An event that cannot be applied parks the follower: nothing after
it is applied until it goes through or an operator sets it aside.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence

import schemas.kit  # noqa: F401  # Declares event_set_aside.v1.
from schemas.fields import instant
from services.kit.clock import Clock, give_way
from services.kit.errors import Unavailable
from services.kit.log import Event, Log, Types
from services.kit.steady import Steady
from services.kit.store import Store
from services.kit.views import Begun, Collection, Doc, Fold, Folds, Overlay, fold_all

BATCH = 200
BUSY_S = 2.0
TICK_S = 2.0
LONGEST_TICK_S = 10.0
LINGER_S = 0.04
ALL_VERSIONS = 2**53

SET_ASIDE = Collection("set_aside")

log = logging.getLogger(__name__)

Fetch = Callable[[int, int, Types], tuple[int, list[Event]]]
React = Callable[[Event], object]


def fold_set_aside(docs: Overlay, event: Event) -> None:
    docs.put("set_aside", {"id": f"{event.data['source']}:{event.data['sequence']}", "reason": event.data["reason"]})


def set_aside(own: Log, source: str) -> set[int]:
    """The `seq`s of `source` that an operator has ruled out, straight from the follower's own log."""
    return {event.data["sequence"] for event in own.read_stream(f"follower/{source}", ALL_VERSIONS)}


KIT_FOLDS: dict[str, Fold] = {"event_set_aside.v1": fold_set_aside}


class Follower:
    """Folds one source's events into the views of `service` and issues the commands they cause.

    `thread`, once started, does so at each doorbell and every few seconds without one; less often while there is a
    bell (`has_bell`) and no news, as looking costs a call.
    """

    def __init__(
        self,
        service: str,
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
        self.types = frozenset(folds) | frozenset(reactions)
        self.thread = Steady({"service": service, "part": "follower", "source": source}, self._follow, TICK_S)
        self.has_bell = False
        self._busy = threading.Lock()
        self._may_be_parked = True  # Until something has gone through: what an earlier process left is not known yet.

    def ring(self) -> None:
        """Tells that there may be something new. Never blocks."""
        self.thread.wake()

    def catch_up(self) -> int:
        """Applies what is new and returns how many events that was.

        Raises `Unavailable` when source or store do not answer in time: nobody is to decide on old news.
        """
        if not self._busy.acquire(timeout=BUSY_S):
            raise Unavailable(f"正在等待 {self.source} 的消息，请用同一个 Idempotency-Key 重试")
        try:
            applied = 0
            while True:
                begun = self._store.views.begin(self.source)
                upto, events = self._fetch(begun.position, BATCH, self.types)
                for part in self._parts(events):
                    until = part[-1].seq if part[-1:] != events[-1:] else upto
                    done = self._apply(begun, until, part)
                    applied += done
                    if done < len(part):
                        return applied
                    begun = begun.at(until)
                    self.thread.ran()
                if len(events) < BATCH:
                    return applied
        finally:
            self._busy.release()

    def parked(self) -> Doc | None:
        """The event this follower stands at, with the error: `{id, sequence, event, error, attempts, since, tried}`."""
        return self._store.keep.get("parked", self.source)

    def _follow(self) -> None:
        time.sleep(LINGER_S)  # Events come in bursts; a batch costs little more than one.
        news = self.catch_up()
        longer_s = min(self.thread.every_s * 2, LONGEST_TICK_S)
        self.thread.every_s = longer_s if self.has_bell and not news else TICK_S

    def _parts(self, events: Sequence[Event]) -> list[list[Event]]:
        """The events in order, a new part at each that is reacted to: it is decided on what those before it made."""
        parts: list[list[Event]] = [[]]
        for event in events:
            if event.type in self._reactions and parts[-1]:
                parts.append([])
            parts[-1].append(event)
        return parts

    def _apply(self, begun: Begun, upto: int, events: Sequence[Event]) -> int:
        """Applies what lies beyond `begun`, up to `upto`; returns how many went through before one that could not."""
        docs = Overlay(self._store.views)
        folded: list[Event] = []
        done, failure = 0, None
        for event in events:
            give_way()
            try:
                # Whatever was parked on is where the next run begins, so only there can anything be set aside.
                if done or not (self._may_be_parked and self._is_set_aside(event)):
                    self._apply_one(docs, event)
                    folded.append(event)
            except Unavailable:
                raise
            except Exception as error:
                failure, upto = error, event.seq - 1
                docs = fold_all(self._store.views, folded, self._folds)  # Without the part of one that did go in.
                break
            done += 1
        if upto > begun.position and self._store.views.commit(begun, upto, docs.changed) and done:
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
            "kind": type(error).__name__,
            "attempts": before["attempts"] + 1 if before and same else 1,
            "since": before["since"] if before and same else now,
            "tried": now,
        }
        self._store.keep.put("parked", self.source, record)
        self._may_be_parked = True
        told = {name: record[name] for name in ("sequence", "event", "type", "attempts")}
        log.error("parked", extra={"about": {**self.thread.about, **told, "error": f"{record['kind']}: {error}"}})

    def _unpark(self) -> None:
        if self._may_be_parked and self.parked() is not None:
            self._store.keep.drop("parked", self.source)
        self._may_be_parked = False
