"""The ledger: how a command becomes an event. Refresh, decide, append, fold, answer.

Requests that arrive while one turn is writing are settled together in the next, with one append: under load a
turn costs one flush to disk however many it serves. Nobody is answered before that append is durable.
"""

import threading
from collections.abc import Callable, Iterable, Sequence

from schemas import events
from services.kit.clock import Clock, Deadline
from services.kit.cursors import Begun
from services.kit.engine.answers import Answers
from services.kit.engine.catching_up import OwnDocuments
from services.kit.engine.deciding import Deciding
from services.kit.engine.keys import Keys
from services.kit.engine.queue import Queue
from services.kit.engine.recent import Recent
from services.kit.engine.requests import (
    Outcome,
    Outcomes,
    Request,
    Waiting,
    caused,
    rest_on,
    rested_on,
)
from services.kit.engine.turn import Turn
from services.kit.errors import Contended, DeadlinePassed, Refused
from services.kit.log import Event
from services.kit.sealed.notes import Notes
from services.kit.steady import Steady
from services.kit.store import Store
from services.kit.views import Folds, Overlay, Seen

ATTEMPTS = 10


class Ledger:
    """The only writer of a service's log in this process; safe beside the ledgers of other processes."""

    def __init__(
        self,
        service: str,
        store: Store,
        folds: Folds,
        now: Clock,
        ring: Callable[[Sequence[Event]], None],
        catch_up: Callable[[str], None],
        notes: Notes,
        may_write: Callable[[], None] = lambda: None,
    ):
        """`may_write` raises `Unavailable` while nothing is to be written."""
        events.load(service)
        self._service, self._store = service, store
        self._folds, self._now = folds, now
        self._notes, self._may_write = notes, may_write
        self._ring, self._catch_up = ring, catch_up
        self._queue = Queue()
        self.keys = Keys(store.keep)
        self._answers = Answers(store, folds)
        self._recent = Recent(store.views)
        self._deciding = Deciding(folds, now, self.keys, notes, self._version)
        self._own = OwnDocuments(service, store, folds, now)
        self._turn = threading.Lock()
        self.writer = Steady(
            {"service": service, "part": "writer"}, self._write_for_all
        )

    def execute(self, request: Request, deadline: Deadline) -> Outcome:
        """What came of the request: its outcome, the first outcome again for a key already used, or a `Problem`.

        A refusal that rests on another service's facts is decided once more after catching up with them; it may then
        rest on a third's.
        """
        for source in request.rests_on:
            self._catch_up(source)
        caught_up: set[str] = set()
        while True:
            try:
                return self._answers.add(request, self._settled(request, deadline))
            except Refused as refusal:
                if refusal.source is None or refusal.source in caught_up:
                    raise
                self._catch_up(refusal.source)
                caught_up.add(refusal.source)

    def together(self, requests: Sequence[Request]) -> list[Outcome | Exception]:
        """All of `requests` in one turn, or none: when any is refused nothing is written and the refusals are told.

        On a store without transactions a crash may leave a prefix; the same keys complete it.
        """
        return self.each_together([requests])[0]

    def each_together(self, groups: Sequence[Sequence[Request]]) -> Outcomes:
        """The same for several groups in one turn: one that is refused keeps no other from being written.

        Refusals that rest on another service's facts are decided once more after catching up with them; they may then
        rest on a third's.
        """
        for source in rested_on(groups):
            self._catch_up(source)
        caught_up: set[str] = set()
        while True:
            outcomes = self._in_one_turn(groups)
            sources = rest_on(outcomes) - caught_up
            if not sources:
                return self._answers.added(groups, outcomes)
            for source in sorted(sources):
                self._catch_up(source)
            caught_up |= sources

    def _in_one_turn(self, groups: Sequence[Sequence[Request]]) -> Outcomes:
        with self._turn:
            for _ in range(ATTEMPTS):
                turn = self._begin([request for group in groups for request in group])
                outcomes = [self._decide_whole(group, turn) for group in groups]
                if self._write(turn) == len(turn.events):
                    return outcomes
        raise _contended()

    def _decide_whole(
        self, group: Sequence[Request], turn: Turn
    ) -> list[Outcome | Exception]:
        """What came of each; the turn goes on from there unless one of them is refused."""
        trial = turn.tried()
        outcomes = [self._deciding.try_to_decide(request, trial) for request in group]
        if not any(isinstance(outcome, Exception) for outcome in outcomes):
            for event in trial.events[len(turn.events) :]:
                turn.docs.try_to_fold(event, self._folds)
            turn.go_on_as(trial)
        return outcomes

    def refresh(self) -> int:
        """Folds what the log has and the views have not; returns the `seq` they reflect now."""
        return self._own.brought_up().position

    def must_be_whole(self) -> None:
        """Raises `Unavailable` while the store is not what this process has seen of it."""
        self._own.must_be_whole()

    def is_of_another_log(self, begun: Begun) -> bool:
        """Whether the documents were folded from another log than there is: of the two, one was put back alone."""
        return self._own.are_of_another_log(begun)

    def _settled(self, request: Request, deadline: Deadline) -> Outcome:
        waiting = Waiting(request, deadline)
        self._queue.join(waiting)
        self.writer.wake()
        self.writer.start()
        if not waiting.settled.wait(deadline.remaining_s()):
            raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
        if isinstance(waiting.outcome, Outcome):
            return waiting.outcome
        assert waiting.outcome is not None
        raise waiting.outcome

    def _write_for_all(self) -> None:
        self._queue.let_join()
        while self._queue:
            with self._turn:
                self._take_turn()
            self.writer.ran()

    def _take_turn(self) -> None:
        batch = self._queue.next_batch()
        try:
            self._settle(batch)
        except Exception as error:
            for waiting in batch:
                if waiting.outcome is None:
                    waiting.settle(error)

    def _settle(self, batch: list[Waiting]) -> None:
        for _ in range(ATTEMPTS):
            turn = self._begin(waiting.request for waiting in batch)
            outcomes = [
                self._deciding.try_to_decide(waiting.request, turn) for waiting in batch
            ]
            durable = self._write(turn)
            complete = durable == len(turn.events)
            for waiting, outcome in zip(batch, outcomes, strict=True):
                if complete or _is_within(outcome, turn.head + durable):
                    waiting.settle(outcome)
            batch = [waiting for waiting in batch if waiting.outcome is None]
            if not batch:
                return
        raise _contended()

    def _begin(self, requests: Iterable[Request]) -> Turn:
        self._may_write()
        begun = self._own.brought_up()
        self._recent.begin(begun)
        return Turn(
            Overlay(Seen(self._recent)), begun, by_key=self.caused(list(requests))
        )

    def caused(self, requests: Sequence[Request]) -> dict[str, Event]:
        """The events these requests have caused already, by their keys."""
        return caused(self._store.log, requests)

    def _version(self, stream: str) -> int:
        return self._recent.versions.get(stream) or self._store.log.version(stream)

    def _write(self, turn: Turn) -> int:
        """Appends what the turn decided, then folds it. The append is the commit point.

        Notes go before it, both ways: what was acknowledged as said is kept, as forgotten is gone.
        """
        if not turn.events:
            return 0
        self._keep_notes(turn)
        written = self._store.log.append(turn.events, turn.answers)
        if written == len(turn.events):
            self._commit(turn)
        self._ring(turn.events[:written])
        return written

    def _commit(self, turn: Turn) -> None:
        """Writes the documents of a turn that is in the log, unless another replica has."""
        last = turn.events[-1]
        changed = turn.docs.changed
        after = turn.begun.at(last.seq, self._own.mark(last))
        views = self._store.views
        if views.commit(turn.begun, last.seq, changed, after.mark):
            self._own.came_to(after)
            self._recent.keep(after, changed, turn.versions)
        else:
            self.refresh()

    def _keep_notes(self, turn: Turn) -> None:
        for subject in turn.erased:
            self._notes.erase(subject)
        gone = [id for id, note in turn.notes.items() if note is None]
        if gone:
            self._notes.drop(*gone)
        kept = [note for note in turn.notes.values() if note is not None]
        if kept:
            self._notes.put_each(kept)


def _contended() -> Contended:
    return Contended("同时操作的人太多，请稍后用同一个 Idempotency-Key 重试")


def _is_within(outcome: Outcome | Exception, durable: int) -> bool:
    """Whether it is of an event the log has, which ends with `durable`."""
    event = outcome.event if isinstance(outcome, Outcome) else None
    return event is not None and event.seq <= durable
