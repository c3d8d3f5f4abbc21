"""A service brought to life on a store and a bus: what it is asked goes to the ledger or the views."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from schemas.documents import Json, without
from services.kit.actor import OPERATOR, Actor
from services.kit.apart import Apart, Back, ReadApart, at_once
from services.kit.buses.port import Bus
from services.kit.clock import Clock, Deadline
from services.kit.config import Settings
from services.kit.engine import operating, passed, together
from services.kit.engine.condition import Condition
from services.kit.engine.held import held_of
from services.kit.engine.keys import formerly
from services.kit.engine.known_as import KnownAs
from services.kit.engine.ledger import Ledger
from services.kit.engine.log_calls import FETCH_S, fetch, read_log
from services.kit.engine.platform import setting_aside
from services.kit.engine.requests import Decide, Outcome, Request
from services.kit.engine.tables import Marks, collections_of, folds_of
from services.kit.engine.unasked import REACTION_S, Unasked
from services.kit.engine.witness import Memory, Witness
from services.kit.engines.opening import Beginning
from services.kit.entrypoints import Asked, Command, Query
from services.kit.log import Event, Fact
from services.kit.persons.standing_in import named_in
from services.kit.sealed.notes import Notes
from services.kit.seals.sealing import Sealing
from services.kit.service import Service
from services.kit.steady import troubles
from services.kit.store import Store, open_store
from services.kit.telemetry import new_trace
from services.kit.views import Overlay

OF_ITSELF = {"condition", "held", "roles", *operating.ASKED}


class Host:
    """Runs one service. Thread-safe; `start` begins following, `ask` answers with or without it."""

    def __init__(
        self,
        service: type[Service],
        settings: Settings,
        bus: Bus,
        store: Store | None = None,
        apart: Apart = at_once,
    ):
        self.name = service.name
        collections = collections_of(service)
        self.store = store or open_store(settings.store, self.name, collections)
        keep = self.store.keep
        self._service, self.where = service, settings.store
        self._bus, self._apart = bus, apart
        self._now: Clock = settings.now
        self._witness = Witness(keep, FETCH_S)
        self._memory = Memory(self.name, self.store)
        self._marks = Marks(service, settings)
        self._known = KnownAs(service, self._marks.all)
        self.notes = Notes(self.name, keep, settings.master_keys)
        self.ledger = self._ledger()
        self._unasked = self._what_is_unasked()
        self.followers, self.timers = self._unasked.followers, self._unasked.timers
        log = self.store.log
        self.sealing = Sealing(self.name, service.sealed_in, log, bus, self._now)
        self._condition = Condition(self.name, keep, self._now)
        self._beginning = Beginning(self.name, self._begin)

    def _ledger(self) -> Ledger:
        return Ledger(
            self.name,
            self.store,
            folds_of(self._service)[self.name],
            self._now,
            self._ring,
            self._catch_up,
            self.notes,
            self._memory.must_be_right,
        )

    def _what_is_unasked(self) -> Unasked:
        fetched = partial(fetch, self._bus, self._memory)
        keeps = self.store, self.ledger, self.notes
        return Unasked(self._service, *keeps, fetched, self._now)

    def start(self) -> None:
        """Brings the views up to the log, tells of the last event again, and begins to follow; now or once it can."""
        self._beginning.start()

    def _begin(self) -> None:
        if head := self.ledger.refresh():
            self._ring(self.store.log.read(head - 1, 1))
        self._unasked.start()
        self.sealing.start()

    def stop(self) -> None:
        """Stops following and writing, and closes the store."""
        self.rest()
        self.ledger.writer.stop()
        self.ledger.writer.join(REACTION_S)
        self.store.close()

    def rest(self) -> None:
        """Stops following and doing what is due. What is under way is finished or, at the next start, begun again."""
        self._beginning.thread.stop()
        self._unasked.stop()
        self.sealing.stop()

    def ask(
        self,
        method: str,
        payload: dict[str, Any],
        *,
        actor: Actor,
        deadline: Deadline,
        key: str = "",
        trace: str = "",
    ) -> Any:
        """Answers one request, whichever bus it came by. Raises a `Problem`."""
        if method == "read_log":
            deadline.check()
            return read_log(self.name, self.store.log, self._witness, payload)
        if method in OF_ITSELF:
            return self._of_itself(method, payload, actor)
        self._known.hear_of(actor, self.store.views, self._catch_up)
        if method == "together":
            deadline.check()
            return together.answered(self, payload, actor, trace)
        mark = self._marks.named(method)
        if not named_in(mark, payload, actor):
            mark.admit(actor)
        deadline.check()
        if isinstance(mark, Query):
            return self._answer(mark, payload, actor)
        request = self._prepared(mark, payload, actor, key, trace)
        return self.ledger.execute(request, deadline).told()

    def _of_itself(self, method: str, payload: Json, actor: Actor) -> Json:
        if method == "condition":
            return {"troubles": self.troubles()}
        if method == "roles":
            return self._marks.roles()
        if method == "held":
            return held_of(self._service, self.store.views, self.notes, actor)
        return operating.answered(self, method, payload, actor)

    def _answer(self, mark: Query, payload: Json, actor: Actor) -> Any:
        given = self._marks.given(mark)
        views = self.store.views
        asked = Asked(actor, self._now(), "", self.notes.text)
        payload, asked = self._known.heard(views, mark, payload, asked)
        if not mark.apart:
            return mark.answer(views, payload, asked, *given)

        def work(back: Back) -> Any:
            """Runs in a native thread: documents and notes are read by way of `back`."""
            views = ReadApart(self.store.views, back)
            there = replace(asked, note=lambda id: back(lambda: asked.note(id)))
            there = self._known.asked(views, there)
            return mark.answer(views, payload, there, *given)

        return self._apart(work)

    def _prepared(
        self, mark: Command, payload: Json, actor: Actor, key: str, trace: str
    ) -> Request:
        request = self.request(mark, payload, actor, key, trace)
        prepare = mark.prepared
        if prepare is None:
            return request
        made = self._apart(lambda _: prepare(payload))
        return replace(request, rule=self._rule(mark, made))

    def request(
        self,
        mark: Command,
        payload: dict[str, Any],
        actor: Actor,
        key: str,
        trace: str = "",
        owner: str = "",
    ) -> Request:
        """`owner` is the place whose clerks ask this as one, where it is not the actor alone who asks."""
        return Request(
            mark.name,
            self._rule(mark, payload),
            actor,
            key=self.ledger.keys.of_owner(owner or actor.id, key),
            asked=without(payload, *mark.proofs),
            trace=trace or new_trace(),
            shows=mark.shows,
            formerly=formerly(actor, key),
            personal=mark.personal,
            on_behalf_of=named_in(mark, payload, actor),
            rests_on=self._known.rests_on(mark, payload, actor),
        )

    def _rule(self, mark: Command, payload: Json) -> Decide:
        given = self._marks.given(mark)

        def rule(docs: Overlay, asked: Asked) -> Fact | None:
            """Raises `Refused` while the follower of a service it rests on stands at an event."""
            for source in self._known.rests_on(mark, payload, asked.actor):
                self._unasked.must_not_be_parked(source)
            heard, who = self._known.heard(docs, mark, payload, asked)
            return mark.rule(docs, heard, who, *given)

        return rule

    def command(self, name: str) -> Command:
        """Raises `Unknown` when the service has no such command."""
        return self._marks.command(name)

    def troubles(self) -> list[Json]:
        """What keeps the service from its work: what does not run, is parked or overdue, and a store that is full.

        Raises `Unavailable` when the store cannot be used, or has gone back since the service began.
        """
        self.store.ping()
        not_begun = self._beginning.troubles()
        if not not_begun:
            self.ledger.must_be_whole()
        threads = *self._unasked.threads, self.sealing.thread, self.ledger.writer
        return [
            *not_begun,
            *troubles(*threads),
            *self._bus.troubles(),
            *self._condition.troubles(),
            *self._memory.troubles(),
            *passed.troubles(self.name, self.store, folds_of(self._service)),
        ]

    def set_aside(
        self, source: str, sequence: int, reason: str, actor: Actor = OPERATOR
    ) -> Outcome:
        """Records that an event is not to be applied. The follower passes it at its next try."""
        return self._unasked.execute(setting_aside(source, sequence, reason, actor))

    def _ring(self, events: Sequence[Event]) -> None:
        self._bus.ring(self.name, events)
        self.timers.stir()

    def _catch_up(self, source: str) -> None:
        self._unasked.catch_up(source)
