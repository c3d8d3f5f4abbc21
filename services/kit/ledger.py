"""The ledger: how a command becomes an event. Refresh, decide, append, fold, answer.

Requests that arrive while one turn is writing are settled together in the next, with one append: under load a
turn costs one flush to disk however many it serves. Nobody is answered before that append is durable.
"""

import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma
import orjson
from ulid import ULID

from schemas import events as event_schemas
from schemas.fields import instant
from services.kit.actor import Actor
from services.kit.clock import Clock, Deadline, give_way
from services.kit.entrypoints import Asked
from services.kit.errors import Contended, DeadlinePassed, KeyReused, Refused
from services.kit.log import Event, Fact
from services.kit.recent import Recent
from services.kit.store import Store
from services.kit.views import Doc, Folds, Key, Overlay, Without, fold_all

BATCH = 500
MOST_IN_A_TURN = 256
ATTEMPTS = 10
LINGER_S = 0.0005


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked of the ledger; `shows` names the answer's document as `Command.shows` does."""

    name: str
    rule: Callable[[Overlay, Asked], Fact | None]
    actor: Actor
    key: str
    digest: str
    trace: str
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The event a request caused (None: there was nothing to record) and the document as that event left it."""

    event: Event | None
    document: Doc | None = None

    def told(self) -> dict[str, Any]:
        """What the caller of a command hears: `{event: {id, type, sequence, time}, document}`."""
        event = self.event
        if event is None:
            return {"event": None, "document": None}
        return {
            "event": {"id": event.id, "type": event.type, "sequence": event.seq, "time": event.time},
            "document": self.document,
        }


@dataclass(slots=True)
class Waiting:
    """A request in the queue and, once settled, what came of it."""

    request: Request
    deadline: Deadline
    outcome: Outcome | Exception | None = None
    settled: threading.Event = field(default_factory=threading.Event)

    def settle(self, outcome: Outcome | Exception) -> None:
        self.outcome = outcome
        self.settled.set()


@dataclass(slots=True)
class Turn:
    """What one turn has decided so far, on documents nobody else sees yet."""

    docs: Overlay
    head: int
    by_key: dict[str, Event]
    events: list[Event] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    notes: dict[str, Doc] = field(default_factory=dict)

    def tried(self) -> "Turn":
        """The turn as it might go on: what is decided in it changes nothing here."""
        docs = Overlay(self.docs)
        return Turn(docs, self.head, {**self.by_key}, [*self.events], {**self.versions}, {**self.notes})


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
    ):
        self._service, self._store, self._folds, self._now = service, store, folds, now
        self._ring, self._catch_up = ring, catch_up
        self._queue: deque[Waiting] = deque()
        self._recent = Recent(store.views)
        self._arrived = threading.Event()
        self._turn = threading.Lock()
        self._starting = threading.Lock()
        self._writer: threading.Thread | None = None

    def execute(self, request: Request, deadline: Deadline) -> Outcome:
        """What came of the request: its outcome, the first outcome again for a key already used, or a `Problem`.

        A refusal that rests on another service's facts is decided once more after catching up with them; it may then
        rest on a third's.
        """
        caught_up: set[str] = set()
        while True:
            try:
                return self._settled(request, deadline)
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

    def each_together(self, groups: Sequence[Sequence[Request]]) -> list[list[Outcome | Exception]]:
        """The same for several groups in one turn: one that is refused keeps no other from being written.

        Refusals that rest on another service's facts are decided once more after catching up with them; they may then
        rest on a third's.
        """
        caught_up: set[str] = set()
        while True:
            outcomes = self._in_one_turn(groups)
            refused = [outcome for group in outcomes for outcome in group if isinstance(outcome, Refused)]
            sources = {refusal.source for refusal in refused if refusal.source} - caught_up
            if not sources:
                return outcomes
            for source in sorted(sources):
                self._catch_up(source)
            caught_up |= sources

    def _in_one_turn(self, groups: Sequence[Sequence[Request]]) -> list[list[Outcome | Exception]]:
        with self._turn:
            for _ in range(ATTEMPTS):
                turn = self._begin([request for group in groups for request in group])
                outcomes = [self._decide_whole(group, turn) for group in groups]
                if self._write(turn) == len(turn.events):
                    return outcomes
        raise _contended()

    def _decide_whole(self, group: Sequence[Request], turn: Turn) -> list[Outcome | Exception]:
        """What came of each; the turn goes on from there unless one of them is refused."""
        trial = turn.tried()
        outcomes = [self._try_to_decide(request, trial) for request in group]
        if not any(isinstance(outcome, Exception) for outcome in outcomes):
            for event in trial.events[len(turn.events) :]:
                turn.docs.try_to_fold(event, self._folds)
            turn.by_key, turn.events, turn.versions, turn.notes = (
                trial.by_key, trial.events, trial.versions, trial.notes,
            )  # fmt: skip
        return outcomes

    def refresh(self) -> int:
        """Folds what the log has and the views have not; returns the `seq` they reflect now."""
        views = self._store.views
        while True:
            cursor = views.cursor(self._service)
            events = self._store.log.read(cursor, BATCH)
            if not events:
                return cursor
            docs = fold_all(views, events, self._folds)
            views.commit(self._service, cursor, events[-1].seq, docs.changed)

    def _settled(self, request: Request, deadline: Deadline) -> Outcome:
        waiting = Waiting(request, deadline)
        self._queue.append(waiting)
        self._arrived.set()
        self._start_writing()
        if not waiting.settled.wait(deadline.remaining_s()):
            raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
        if isinstance(waiting.outcome, Outcome):
            return waiting.outcome
        assert waiting.outcome is not None
        raise waiting.outcome

    def _start_writing(self) -> None:
        with self._starting:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_for_all, name=f"{self._service} writes", daemon=True)
                self._writer.start()

    def _write_for_all(self) -> None:
        while True:
            self._arrived.wait()
            self._arrived.clear()
            self._let_join()
            while self._queue:
                with self._turn:
                    self._take_turn()

    def _let_join(self) -> None:
        """Waits as long as callers keep coming: the more share a turn, the less it costs each.

        On green threads nobody else runs until the turn ends.
        """
        waiting = 0
        while waiting < len(self._queue) < MOST_IN_A_TURN:
            waiting = len(self._queue)
            time.sleep(LINGER_S)

    def _take_turn(self) -> None:
        batch: list[Waiting] = []
        while self._queue and len(batch) < MOST_IN_A_TURN:
            waiting = self._queue.popleft()
            if waiting.deadline.remaining_s():  # What has expired is not executed.
                batch.append(waiting)
        try:
            self._settle(batch)
        except Exception as error:
            for waiting in batch:
                if waiting.outcome is None:
                    waiting.settle(error)

    def _settle(self, batch: list[Waiting]) -> None:
        for _ in range(ATTEMPTS):
            turn = self._begin(waiting.request for waiting in batch)
            outcomes = [self._try_to_decide(waiting.request, turn) for waiting in batch]
            durable = turn.head + self._write(turn)
            complete = durable == turn.head + len(turn.events)
            for waiting, outcome in zip(batch, outcomes, strict=True):
                if complete or (isinstance(outcome, Outcome) and outcome.event and outcome.event.seq <= durable):
                    waiting.settle(outcome)
            batch = [waiting for waiting in batch if waiting.outcome is None]
            if not batch:
                return
        raise _contended()

    def _begin(self, requests: Iterable[Request]) -> Turn:
        head = self.refresh()
        self._recent.begin(head)
        return Turn(Overlay(self._recent), head, by_key=self._store.log.by_keys([r.key for r in requests]))

    def _try_to_decide(self, request: Request, turn: Turn) -> Outcome | Exception:
        """The outcome, or what was raised, kept for the one who asked: others in the turn are not touched by it."""
        try:
            return self._decide(request, turn)
        except Exception as error:
            return error

    def _decide(self, request: Request, turn: Turn) -> Outcome:
        """A duplicate, a refusal or a success."""
        first = turn.by_key.get(request.key)
        if first is not None:
            if first.digest != request.digest:
                raise KeyReused("这个 Idempotency-Key 已用于另一个请求", path="Idempotency-Key")
            return Outcome(first, self._as_it_was(first, request, turn))

        asked = Asked(request.actor, self._now(), str(ULID()))
        fact = request.rule(turn.docs, asked)  # Raises Refused when a rule says no.
        if fact is None:
            return Outcome(None)

        event = self._place(fact, request, asked, turn)
        turn.docs.try_to_fold(event, self._folds)
        turn.events.append(event)
        turn.by_key[event.key] = event
        turn.versions[event.stream] = event.version
        turn.notes |= {id: {"id": id, "by": request.actor.id, "text": text} for id, text in fact.notes.items()}
        return Outcome(event, _shown(turn.docs, event, request))

    def _place(self, fact: Fact, request: Request, asked: Asked, turn: Turn) -> Event:
        try:
            event_schemas.check(fact.type, fact.data)
        except ma.ValidationError as error:
            # A defect of the rule, not the caller's fault: must not be mistaken for a Problem.
            raise TypeError(f"{request.name} made a broken {fact.type}: {error.messages}") from error
        version = turn.versions.get(fact.stream) or self._version(fact.stream)
        return Event(
            seq=turn.head + len(turn.events) + 1,
            id=str(ULID()),
            type=fact.type,
            stream=fact.stream,
            time=instant(asked.now),
            data=fact.data,
            trace=request.trace,
            version=version + 1,
            key=request.key,
            digest=request.digest,
            actor=request.actor.id,
        )

    def _version(self, stream: str) -> int:
        return self._recent.versions.get(stream) or self._store.log.version(stream)

    def _as_it_was(self, event: Event, request: Request, turn: Turn) -> Doc | None:
        """The document as `event` left it, though more may have happened since: one key, one answer.

        The document a command shows is folded from its own stream alone; what else these folds read may have moved on.
        """
        now = _shown(turn.docs, event, request)
        if now is None or now["seq"] == event.seq:
            return now
        stream = self._store.log.read_stream(event.stream, event.version)
        collection, id = _key(event, request)
        return fold_all(Without(turn.docs, collection, id), stream, self._folds).get(collection, id)

    def _write(self, turn: Turn) -> int:
        """Appends what the turn decided, then folds it. The append is the commit point."""
        if not turn.events:
            return 0
        for id, note in turn.notes.items():
            self._store.keep.put("notes", id, note)
            give_way()  # Each is a flush to disk, and an import has a thousand.
        written = self._store.log.append(turn.events)
        if written == len(turn.events):
            position = turn.head + written
            if self._store.views.commit(self._service, turn.head, position, turn.docs.changed):
                self._recent.keep(position, turn.docs.changed, turn.versions)
            else:
                self.refresh()
        self._ring(turn.events[:written])
        return written


def _shown(docs: Overlay, event: Event, request: Request) -> Doc | None:
    if not request.shows:
        return None
    return docs.get(*_key(event, request))


def _key(event: Event, request: Request) -> Key:
    collection, *fields = request.shows
    return collection, ":".join(event.data[name] for name in fields)


def _contended() -> Contended:
    return Contended("同时操作的人太多，请稍后用同一个 Idempotency-Key 重试")


def digest(name: str, payload: dict[str, Any]) -> str:
    """Tells two requests apart. Two of the same name and content have the same."""
    text = orjson.dumps([name, payload], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()[:32]
