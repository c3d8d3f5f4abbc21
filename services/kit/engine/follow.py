"""A follower: one service reading another's log from its cursor, exactly once in effect, in order.

Doorbells only wake it; the cursor and the source's log decide what is applied. It reads the types it folds or reacts
to, so what does not concern it costs it nothing. An event that cannot be applied parks the follower: nothing after
it is applied until it goes through or an operator sets it aside.
"""

import threading
import time
from collections.abc import Mapping, Sequence

from schemas.documents import Json
from schemas.fields import instant
from services.kit.clock import Clock, give_way
from services.kit.cursors import Begun, Mark
from services.kit.engine.another_log import (
    is_another,
    is_at_another,
    place_in_another,
)
from services.kit.engine.aside import is_set_aside
from services.kit.engine.log_calls import BATCH, Fetch, Read
from services.kit.engine.looking_back import LookingBack, React
from services.kit.engine.parking import Parking
from services.kit.engine.passed import Custody
from services.kit.errors import Unavailable
from services.kit.log import Event
from services.kit.steady import Steady
from services.kit.store import Store
from services.kit.views import Folds, Overlay, fold_all

BUSY_S = 2.0
TICK_S = 2.0
LONGEST_TICK_S = 30.0
LINGER_S = 0.04


class Follower:
    """Folds one source's events into the views of `service` and issues the commands they cause.

    `thread`, once started, does so at each doorbell and every few seconds without one. With a bell (`has_bell`) it does
    so less and less often while there is no news and nothing is parked: looking costs a call, and followers that
    look are most of what a platform at rest does.
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
        self._custody = Custody(
            service, source, store, self.types, lambda: instant(now())
        )
        self.thread = Steady(
            {"service": service, "part": "follower", "source": source},
            self._follow,
            TICK_S,
        )
        self._parking = Parking(self.thread.about, store.keep, now)
        self._looking_back = LookingBack(
            source, store, folds, reactions, fetch,
            self._custody, self._parking, self.thread.ran,
        )  # fmt: skip
        self.has_bell = False
        self._busy = threading.Lock()

    def ring(self) -> None:
        """Tells that there may be something new. Never blocks."""
        self.thread.wake()

    def catch_up(self) -> int:
        """Applies what is new and returns how many events that was.

        Raises `Unavailable` when source or store do not answer in time: nobody is to decide on old news.
        """
        if not self._busy.acquire(timeout=BUSY_S):
            raise Unavailable(
                f"正在等待 {self.source} 的消息，请用同一个 Idempotency-Key 重试"
            )
        try:
            return self._catch_up()
        finally:
            self._busy.release()

    def _catch_up(self) -> int:
        applied = 0
        while True:
            begun = self._store.views.begin(self.source)
            read = self._fetch(begun.position, BATCH, self.types)
            if not self._may_go_on(begun, read):
                return applied
            done = self._apply_all(begun, read)
            applied += done
            if done < len(read.events) or done < BATCH:
                return applied

    def _apply_all(self, begun: Begun, read: Read) -> int:
        """Applies what was read, part by part; returns how many events went through before one that could not."""
        applied = 0
        for part in self._parts(read.events):
            upto, event = _end_of(part, read)
            done = self._apply(begun, upto, part, self._custody.mark(event))
            applied += done
            if done < len(part):
                break
            begun = begun.at(upto)
            self.thread.ran()
        return applied

    def hear(self) -> None:
        """Lets the source tell what it has seen of this service's own log. Applies nothing. Raises `Unavailable`."""
        self._fetch(self.position(), 1, self.types)

    def position(self) -> int:
        """How far it has come with the log it follows."""
        return self._store.views.begin(self.source).position

    def parked(self) -> Json | None:
        """The event this follower stands at, with the error: `{id, sequence, event, error, attempts, since, tried}`."""
        return self._parking.standing()

    def _follow(self) -> None:
        # Events come in bursts; a batch costs little more than one.
        time.sleep(LINGER_S)
        news = self.catch_up()
        longer_s = min(self.thread.every_s * 2, LONGEST_TICK_S)
        may_rest = self.has_bell and not news and self.parked() is None
        self.thread.every_s = longer_s if may_rest else TICK_S

    def _may_go_on(self, begun: Begun, read: Read) -> bool:
        """Whether the log is the one that was followed, and all is done that an older version has passed by."""
        if is_another(begun, read.before):
            place = place_in_another(begun, read.before or "", self.thread.about)
            self._parking.park(*place)
            return False
        self._parking.leave_another()
        if begun.position and not begun.mark.event and read.before:
            self._store.views.commit(
                begun, begun.position, {}, Mark(read.before, begun.mark.types)
            )
        return self._looking_back.is_done(begun)

    def parked_at(self, begun: Begun, there: str) -> Json | None:
        """The same as `parked`, or what will be said of another log, whose event at the cursor is `there`, once it is
        looked at.
        """
        kept = self.parked()
        stands = is_at_another(kept)
        if not is_another(begun, there):
            return None if stands else kept
        if stands:
            return kept
        place = place_in_another(begun, there, self.thread.about)
        return self._parking.record(*place)

    def _parts(self, events: Sequence[Event]) -> list[list[Event]]:
        """The events in order, a new part at each that is reacted to: it is decided on what those before it made."""
        parts: list[list[Event]] = [[]]
        for event in events:
            if event.type in self._reactions and parts[-1]:
                parts.append([])
            parts[-1].append(event)
        return parts

    def _apply(
        self, begun: Begun, upto: int, events: Sequence[Event], mark: Mark
    ) -> int:
        """Applies what lies beyond `begun`, up to `upto`; returns how many went through before one that could not."""
        docs = Overlay(self._store.views)
        folded: list[Event] = []
        for done, event in enumerate(events):
            give_way()
            try:
                if not self._is_to_be_passed(event, done):
                    self._apply_one(docs, event)
                    folded.append(event)
            except Unavailable:
                raise
            except Exception as error:
                self._stop_before(event, error, begun, folded, done)
                return done
        self._move(begun, upto, docs, mark, len(events))
        return len(events)

    def _is_to_be_passed(self, event: Event, done: int) -> bool:
        """Whatever was parked on is where the next run begins, so only there can anything be set aside."""
        return (
            not done
            and self._parking.may_be_taken
            and is_set_aside(self._store.views, self.source, event)
        )

    def _stop_before(
        self,
        event: Event,
        error: Exception,
        begun: Begun,
        folded: Sequence[Event],
        done: int,
    ) -> None:
        """Commits those before it, without the part of this one that did go in, and parks."""
        upto = event.seq - 1
        read = self._fetch(upto, 1, self.types)
        mark = self._custody.mark(read.before or "")
        docs = fold_all(self._store.views, folded, self._folds)
        self._move(begun, upto, docs, mark, done)
        self._parking.park(event, error)

    def _move(
        self, begun: Begun, upto: int, docs: Overlay, mark: Mark, done: int
    ) -> None:
        if upto <= begun.position:
            return
        if self._store.views.commit(begun, upto, docs.changed, mark) and done:
            self._parking.leave()

    def _apply_one(self, docs: Overlay, event: Event) -> None:
        """The reaction first: it is safe to repeat, and once the cursor has moved it would be lost."""
        if event.type in self._reactions:
            self._reactions[event.type](event)
        docs.fold(event, self._folds)


def _end_of(part: Sequence[Event], read: Read) -> tuple[int, str]:
    """How far the log is applied with this part of what was read, and the id of the event there."""
    if part[-1:] == read.events[-1:]:
        return read.upto, read.last or ""
    return part[-1].seq, part[-1].id
