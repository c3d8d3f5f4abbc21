"""The ledger: how a command becomes an event. Refresh, decide, append, fold, answer.

Requests that arrive while one turn is writing are settled together in the next, with one append: under load a
turn costs one flush to disk however many it serves. Nobody is answered before that append is durable.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import marshmallow as ma
from ulid import ULID

from schemas import events as event_schemas
from schemas.documents import Json
from schemas.fields import instant
from services.kit.actor import Actor
from services.kit.clock import Clock, Deadline, give_way
from services.kit.engine.answers import Answers
from services.kit.engine.follow import is_another
from services.kit.engine.keys import Keys, new_salt, plain_digest, without
from services.kit.engine.passed import Custody
from services.kit.engine.recent import Recent, Seen
from services.kit.entrypoints import Asked
from services.kit.errors import (
    Contended,
    DeadlinePassed,
    KeyReused,
    Refused,
    Unavailable,
)
from services.kit.log import Event, Fact
from services.kit.notes import Note, Notes
from services.kit.steady import Steady
from services.kit.store import Store
from services.kit.views import Begun, Folds, Key, Overlay, fold_all

BATCH = 500
MOST_IN_A_TURN = 256
ATTEMPTS = 10
LINGER_S = 0.0005

Decide = Callable[[Overlay, Asked], Fact | None]


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked of the ledger; `shows` names the answer's document as `Command.shows` does.

    `key` is as it stands in the log, `formerly` as versions before would have recorded it, and `own` as they did what
    several may ask as one now. `asked` is what tells it from another with the same key, but for the fields named in
    `personal`.
    """

    name: str
    rule: Decide
    actor: Actor
    key: str
    asked: Any
    trace: str
    shows: tuple[str, ...] = ()
    formerly: str = ""
    personal: frozenset[str] = frozenset()
    own: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The event a request caused (None: there was nothing to record) and the document as that event left it.

    `again` when the key had caused it before.
    """

    event: Event | None
    document: Json | None = None
    again: bool = False

    def told(self) -> dict[str, Any]:
        """What the caller of a command hears: `{event: {id, type, sequence, time}, document}`."""
        event = self.event
        if event is None:
            return {"event": None, "document": None}
        return {
            "event": {
                "id": event.id,
                "type": event.type,
                "sequence": event.seq,
                "time": event.time,
            },
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
    """What one turn has decided so far, on documents nobody else sees yet.

    Of `notes`, None is one that is erased. `erased` are those whose notes of before this turn are all to go.
    """

    docs: Overlay
    begun: Begun
    by_key: dict[str, Event]
    events: list[Event] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    notes: dict[str, Note | None] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    answers: dict[int, Json] = field(default_factory=dict)

    @property
    def head(self) -> int:
        return self.begun.position

    def tried(self) -> "Turn":
        """The turn as it might go on: what is decided in it changes nothing here."""
        return Turn(
            Overlay(self.docs), self.begun, {**self.by_key}, [*self.events],
            {**self.versions}, {**self.notes}, {*self.erased}, {**self.answers},
        )  # fmt: skip

    def go_on_as(self, trial: "Turn") -> None:
        """Takes over what was tried, but for the documents."""
        self.by_key, self.events, self.versions = (
            trial.by_key,
            trial.events,
            trial.versions,
        )
        self.notes, self.erased, self.answers = (
            trial.notes,
            trial.erased,
            trial.answers,
        )

    def note(self, fact: Fact, event: Event, salts: Mapping[str, str]) -> None:
        """Remembers what the fact writes and erases. What it erases of a person is what was there before it."""
        self.erased.update(fact.erases_of)
        for id, note in self.notes.items():
            if note is not None and note.of in fact.erases_of:
                self.notes[id] = None
        self.notes |= dict.fromkeys(fact.erases)
        whose = fact.of or event.actor
        for id, text in fact.notes.items():
            note = Note(id, event.actor, whose, text, event.id, salts[id])
            self.notes[id] = note if text else None

    def decided(self, event: Event) -> bool:
        """Whether it is one of this turn, not in the log yet."""
        at = event.seq - self.head - 1
        return 0 <= at < len(self.events) and self.events[at] is event


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
    ):
        self._service, self._store, self._folds, self._now = service, store, folds, now
        self._notes = notes
        self._ring, self._catch_up = ring, catch_up
        self._queue: deque[Waiting] = deque()
        self.keys = Keys(store.keep)
        self._answers = Answers(store, folds)
        self._recent = Recent(store.views)
        self._custody = Custody(service, service, store, folds, lambda: instant(now()))
        self._of_this_log = 0  # The generation that is known to be.
        self._turn = threading.Lock()
        self.writer = Steady(
            {"service": service, "part": "writer"}, self._write_for_all
        )

    def execute(self, request: Request, deadline: Deadline) -> Outcome:
        """What came of the request: its outcome, the first outcome again for a key already used, or a `Problem`.

        A refusal that rests on another service's facts is decided once more after catching up with them; it may then
        rest on a third's.
        """
        caught_up: set[str] = set()
        while True:
            try:
                return self._with_answer(request, self._settled(request, deadline))
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

    def each_together(
        self, groups: Sequence[Sequence[Request]]
    ) -> list[list[Outcome | Exception]]:
        """The same for several groups in one turn: one that is refused keeps no other from being written.

        Refusals that rest on another service's facts are decided once more after catching up with them; they may then
        rest on a third's.
        """
        caught_up: set[str] = set()
        while True:
            outcomes = self._in_one_turn(groups)
            refused = [
                outcome
                for group in outcomes
                for outcome in group
                if isinstance(outcome, Refused)
            ]
            sources = {
                refusal.source for refusal in refused if refusal.source
            } - caught_up
            if not sources:
                return self._with_answers(groups, outcomes)
            for source in sorted(sources):
                self._catch_up(source)
            caught_up |= sources

    def _in_one_turn(
        self, groups: Sequence[Sequence[Request]]
    ) -> list[list[Outcome | Exception]]:
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
        outcomes = [self._try_to_decide(request, trial) for request in group]
        if not any(isinstance(outcome, Exception) for outcome in outcomes):
            for event in trial.events[len(turn.events) :]:
                turn.docs.try_to_fold(event, self._folds)
            turn.go_on_as(trial)
        return outcomes

    def refresh(self) -> int:
        """Folds what the log has and the views have not; returns the `seq` they reflect now."""
        return self._refreshed().position

    def _refreshed(self) -> Begun:
        views = self._store.views
        while True:
            begun = views.begin(self._service)
            self._must_be_of_this_log(begun)
            self._custody.look_back(begun, self._first)
            events = self._store.log.read(begun.position, BATCH)
            if not events:
                return begun
            docs = fold_all(views, events, self._folds)
            views.commit(
                begun, events[-1].seq, docs.changed, self._custody.mark(events[-1].id)
            )

    def is_of_another_log(self, begun: Begun) -> bool:
        """Whether the documents were folded from another log than there is: of the two, one was put back alone."""
        return is_another(
            begun, self._store.log.ids([begun.position]).get(begun.position, "")
        )

    def _must_be_of_this_log(self, begun: Begun) -> None:
        """What is appended next would leave a gap. Looked at once by a process; a rebuild makes another generation."""
        if begun.generation == self._of_this_log:
            return
        if self.is_of_another_log(begun):
            name = self._service
            raise Unavailable(
                f"{name} 的数据与它的日志不符（日志被放回过？），请执行 xfh rebuild {name}"
            )
        self._of_this_log = begun.generation

    def _first(self, type: str) -> Event | None:
        return next(iter(self._store.log.read(0, 1, [type])), None)

    def _settled(self, request: Request, deadline: Deadline) -> Outcome:
        waiting = Waiting(request, deadline)
        self._queue.append(waiting)
        self.writer.wake()
        self.writer.start()
        if not waiting.settled.wait(deadline.remaining_s()):
            raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
        if isinstance(waiting.outcome, Outcome):
            return waiting.outcome
        assert waiting.outcome is not None
        raise waiting.outcome

    def _write_for_all(self) -> None:
        self._let_join()
        while self._queue:
            with self._turn:
                self._take_turn()
            self.writer.ran()

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
                if complete or (
                    isinstance(outcome, Outcome)
                    and outcome.event
                    and outcome.event.seq <= durable
                ):
                    waiting.settle(outcome)
            batch = [waiting for waiting in batch if waiting.outcome is None]
            if not batch:
                return
        raise _contended()

    def _begin(self, requests: Iterable[Request]) -> Turn:
        begun = self._refreshed()
        self._recent.begin(begun)
        return Turn(
            Overlay(Seen(self._recent)), begun, by_key=self.caused(list(requests))
        )

    def caused(self, requests: Sequence[Request]) -> dict[str, Event]:
        """The events these requests have caused already, by their keys."""
        keys = {
            key
            for request in requests
            for key in (request.key, request.formerly, request.own)
            if key
        }
        found = self._store.log.by_keys(list(keys))
        for request in requests:
            first = found.pop(request.formerly, None) or found.pop(request.own, None)
            # Formerly an actor could be called what one of the platform's keys began with.
            if first is not None and first.actor == request.actor.id:
                found[request.key] = first
        return found

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
            if self._is_another(first, request, turn):
                raise KeyReused(
                    "这个 Idempotency-Key 已用于另一个请求", path="Idempotency-Key"
                )
            return Outcome(
                first, turn.answers.get(first.seq), again=not turn.decided(first)
            )

        asked = Asked(
            request.actor, self._now(), str(ULID()), partial(self._text, turn)
        )
        fact = request.rule(turn.docs, asked)  # Raises Refused when a rule says no.
        if fact is None:
            return Outcome(None)

        salts = {note: new_salt() for note in fact.notes}
        event = self._place(fact, request, asked, salts, turn)
        turn.docs.try_to_fold(event, self._folds)
        turn.events.append(event)
        turn.by_key[event.key] = event
        turn.versions[event.stream] = event.version
        turn.note(fact, event, salts)
        document = _shown(turn.docs, event, request)
        if document is not None:
            turn.answers[event.seq] = document
        return Outcome(event, document)

    def _is_another(self, first: Event, request: Request, turn: Turn) -> bool:
        """Whether the key's first request asked for something else; unknown once its words are erased or replaced."""
        if first.key == request.own:
            return False  # Such a key is made from what is asked.
        if first.key != request.key:
            return first.digest != plain_digest(request.name, request.asked)
        notes = [self._noted(turn, id) for id in first.notes]
        salts = [note.salt for note in notes if note and note.event == first.id]
        if len(salts) < len(notes):
            return any(name not in first.data for name in request.shows[1:])
        return first.digest != self._digest(request, salts)

    def _text(self, turn: Turn, id: str) -> str:
        note = self._noted(turn, id)
        return note.text if note else ""

    def _noted(self, turn: Turn, id: str) -> Note | None:
        if id in turn.notes:
            return turn.notes[id]
        note = self._notes.get(id)
        return None if note and note.of in turn.erased else note

    def _digest(self, request: Request, salts: Sequence[str]) -> str:
        return self.keys.digest(
            request.name, without(request.asked, request.personal), salts
        )

    def _place(
        self,
        fact: Fact,
        request: Request,
        asked: Asked,
        salts: dict[str, str],
        turn: Turn,
    ) -> Event:
        try:
            event_schemas.check(fact.type, fact.data)
        except ma.ValidationError as error:
            # A defect of the rule, not the caller's fault: must not be mistaken for a Problem.
            raise TypeError(
                f"{request.name} made a broken {fact.type}: {error.messages}"
            ) from error
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
            digest=self._digest(request, list(salts.values())),
            actor=request.actor.id,
            notes=list(salts),
        )

    def _version(self, stream: str) -> int:
        return self._recent.versions.get(stream) or self._store.log.version(stream)

    def _with_answer(self, request: Request, outcome: Outcome) -> Outcome:
        [[answered]] = self._with_answers([[request]], [[outcome]])
        assert isinstance(answered, Outcome)
        return answered

    def _with_answers(
        self,
        groups: Sequence[Sequence[Request]],
        outcomes: list[list[Outcome | Exception]],
    ) -> list[list[Outcome | Exception]]:
        """Outcomes with the first answers of what was asked again: one key, one answer."""
        again = {
            outcome.event.seq: (outcome.event, _key(outcome.event, request))
            for group, came in zip(groups, outcomes, strict=True)
            for request, outcome in zip(group, came, strict=True)
            if isinstance(outcome, Outcome)
            and outcome.event
            and outcome.again
            and request.shows
        }
        answers = self._answers.to(again) if again else {}
        return [[_answered(outcome, answers) for outcome in came] for came in outcomes]

    def _write(self, turn: Turn) -> int:
        """Appends what the turn decided, then folds it. The append is the commit point.

        Notes go before it, both ways: what was acknowledged as said is kept, as forgotten is gone.
        """
        if not turn.events:
            return 0
        self._keep_notes(turn)
        written = self._store.log.append(turn.events, turn.answers)
        if written == len(turn.events):
            after = turn.begun.at(
                turn.head + written, self._custody.mark(turn.events[-1].id)
            )
            changed = turn.docs.changed
            if self._store.views.commit(
                turn.begun, after.position, changed, after.mark
            ):
                self._recent.keep(after, changed, turn.versions)
            else:
                self.refresh()
        self._ring(turn.events[:written])
        return written

    def _keep_notes(self, turn: Turn) -> None:
        for subject in turn.erased:
            self._notes.erase(subject)
        gone = [id for id, note in turn.notes.items() if note is None]
        if gone:
            self._notes.drop(*gone)
        for note in filter(None, turn.notes.values()):
            self._notes.put(note)
            give_way()  # Each is a flush to disk, and an import has a thousand.


def _shown(docs: Overlay, event: Event, request: Request) -> Json | None:
    if not request.shows:
        return None
    return docs.get(*_key(event, request))


def _key(event: Event, request: Request) -> Key:
    collection, *fields = request.shows
    return collection, ":".join(event.data[name] for name in fields)


def _contended() -> Contended:
    return Contended("同时操作的人太多，请稍后用同一个 Idempotency-Key 重试")


def _answered(
    outcome: Outcome | Exception, answers: dict[int, Json]
) -> Outcome | Exception:
    if isinstance(outcome, Outcome) and outcome.event and outcome.again:
        return replace(outcome, document=answers.get(outcome.event.seq))
    return outcome
