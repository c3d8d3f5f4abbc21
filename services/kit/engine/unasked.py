"""What a service does unasked: it follows others, reacts to what they record, and does what is due."""

from collections.abc import Callable
from functools import partial

from schemas.documents import Json
from services.kit.clock import Clock, Deadline
from services.kit.engine.follow import Follower
from services.kit.engine.ledger import Ledger
from services.kit.engine.log_calls import Read
from services.kit.engine.looking_back import React
from services.kit.engine.platform import reaction, when_due
from services.kit.engine.requests import Outcome, Request
from services.kit.engine.tables import PERSON_ERASED, folds_of, sources_of
from services.kit.engine.timers import Timers
from services.kit.entrypoints import Due, Reaction
from services.kit.errors import Refused
from services.kit.log import Event, Types
from services.kit.persons.machines import hands_of
from services.kit.sealed.notes import Notes
from services.kit.service import Service, entrypoints
from services.kit.store import Store

REACTION_S = 10.0

FetchFrom = Callable[[str, int, int, Types], Read]
"""The same as `Fetch`, of the source named first."""


class Unasked:
    """The followers of one service, by source, and its timers. `threads`, once started, keep them at it."""

    def __init__(
        self,
        service: type[Service],
        store: Store,
        ledger: Ledger,
        notes: Notes,
        fetch: FetchFrom,
        now: Clock,
    ):
        self._service, self._store, self._ledger = service, store, ledger
        self._notes, self._fetch, self._now = notes, fetch, now
        marks = entrypoints(service)
        self._reactions = [mark for mark in marks if isinstance(mark, Reaction)]
        self.followers = {
            source: self._follower(source) for source in sources_of(service)
        }
        dues = [mark for mark in marks if isinstance(mark, Due)]
        self.timers = Timers(service.name, dues, store, self._do_what_is_due, now)
        self.threads = [follower.thread for follower in self.followers.values()]
        self.threads.append(self.timers.thread)

    def start(self) -> None:
        """Each thread follows, or does what is due, from now on."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """What is under way is finished or, at the next start, begun again."""
        for thread in self.threads:
            thread.stop()
        for thread in self.threads:
            thread.join(REACTION_S)

    def catch_up(self, source: str) -> None:
        """Reads what `source` has beyond the cursor. A service does not follow itself: its own facts are all there."""
        if source in self.followers:
            self.followers[source].catch_up()

    def must_not_be_parked(self, source: str) -> None:
        """Raises `Refused` while the follower of `source` stands at an event."""
        if parked := self.followers[source].parked():
            where = f"停在 {source} 的第 {parked['sequence']} 个事件"
            words = f"{self._service.name} {where}，请系统管理员处理后再试"
            raise Refused("follower_parked", words)

    def execute(self, request: Request) -> Outcome:
        """What the platform itself asks, and gives so long as a reaction may take."""
        return self._ledger.execute(request, Deadline.after(REACTION_S))

    def _follower(self, source: str) -> Follower:
        folds = folds_of(self._service).get(source, {})
        return Follower(
            self._service.name,
            source,
            self._store,
            folds,
            self._reactions_to(source),
            partial(self._fetch, source),
            self._now,
        )

    def _reactions_to(self, source: str) -> dict[str, React]:
        own: dict[str, React] = {
            mark.type: partial(self._react, mark)
            for mark in self._reactions
            if mark.source == source
        }
        if source == self._service.erases_for:
            own[PERSON_ERASED] = self._erase
        return own

    def _erase(self, event: Event) -> None:
        """Recorded nowhere: it is as safe to repeat as what is recorded once. What their keys wrote is theirs."""
        merged = event.data.get("merged", ())
        for person in (event.data["person"], *merged):
            for id in hands_of(self._store.views, person):
                self._notes.erase(id)

    def _react(self, mark: Reaction, event: Event) -> Outcome:
        return self.execute(reaction(mark, event))

    def _do_what_is_due(self, mark: Due, doc: Json) -> Outcome:
        return self.execute(when_due(mark, doc))
