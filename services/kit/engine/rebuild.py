"""Rebuilding a service's documents from the logs they are folded from, while the old ones keep serving."""

from collections.abc import Callable, Mapping
from functools import partial

from schemas.fields import instant
from services.kit.clock import Clock, system
from services.kit.cursors import Begun, Mark
from services.kit.engine.another_log import id_at, is_another
from services.kit.engine.aside import set_aside
from services.kit.engine.passed import Custody, forget, name_of
from services.kit.engine.tables import folds_of, reacts_to, sources_of, types_of
from services.kit.log import Event, Log
from services.kit.service import Service
from services.kit.store import Store, Views
from services.kit.views import Folds, Overlay

BATCH = 10_000

Logs = Mapping[str, Log]
Told = Callable[[int], object]


class Unfoldable(Exception):
    """An event that the documents being served reflect cannot be folded now; they go on serving."""

    def __init__(self, source: str, event: Event):
        super().__init__(f"{source} 的第 {event.seq} 个事件（{event.type}）无法重建")


def rebuild(
    service: type[Service], store: Store, logs: Logs, told: Told, now: Clock = system
) -> None:
    """Folds the next generation as far as the one being served has come, then serves it. `told` hears how many.

    It only folds. What a source has beyond the served cursor is left to the follower, whose reactions would be
    lost if the cursor passed them here. Interrupted, it goes on where it was when called again.
    """
    folding = Folding(service, logs, now)
    for source in folding.sources:
        folding.look_back(store, source)
    following = store.rebuilding()
    while ends := folding.ends(store.views, following):
        for source, upto in ends.items():
            folding.fold(source, following, upto, told)
    store.swap()
    for source in folding.sources:
        if not reacts_to(service, source):
            forget(store, source)


def left(service: type[Service], store: Store, logs: Logs) -> int:
    """How many events are still to be folded."""
    following = store.rebuilding()
    ends = Folding(service, logs).ends(store.views, following)
    return sum(upto - following.cursor(source) for source, upto in ends.items())


class Folding:
    """Folds whole stretches of the logs into documents of one service, without its reactions."""

    def __init__(self, service: type[Service], logs: Logs, now: Clock = system):
        self._service, self._logs, self._now = service, logs, now
        self.sources = [service.name, *sources_of(service)]

    def ends(self, serving: Views, following: Views) -> dict[str, int]:
        """How far each source is still to be folded that has not come as far as what is served."""
        ends = {source: self._end(serving, source) for source in self.sources}
        return {
            source: upto
            for source, upto in ends.items()
            if following.cursor(source) < upto
        }

    def fold(self, source: str, views: Views, upto: int, told: Told) -> None:
        """Folds up to `upto`, a batch at a time, and tells of each. Goes on where an earlier run was cut off."""
        skipped = set_aside(self._logs[self._service.name], source)
        log = self._logs[source]
        while True:
            cursor = views.cursor(source)
            if cursor >= upto:
                return
            events = log.read(cursor, min(BATCH, upto - cursor))
            told(self._fold(source, views, events, skipped))

    def look_back(self, store: Store, source: str) -> None:
        """Notes what was passed by, before a new generation no longer shows that it was."""
        types = types_of(self._service, source)
        custody = Custody(
            self._service.name, source, store, types, lambda: instant(self._now())
        )
        custody.look_back(store.views.begin(source), partial(self._first, source))

    def _first(self, source: str, type: str) -> Event | None:
        return next(iter(self._logs[source].read(0, 1, [type])), None)

    def _end(self, serving: Views, source: str) -> int:
        """Of a log that is another by now: all there is of it, or where it is reacted to nothing, which its follower
        then does from the beginning.
        """
        begun = serving.begin(source)
        if not begun.position or not self._is_another(begun):
            return begun.position
        return 0 if reacts_to(self._service, source) else self._logs[source].head()

    def _is_another(self, begun: Begun) -> bool:
        there = id_at(self._logs[begun.source], begun.position)
        return is_another(begun, there)

    def _fold(
        self, source: str, views: Views, events: list[Event], skipped: set[int]
    ) -> int:
        folds = folds_of(self._service).get(source, {})
        is_own = source == self._service.name
        begun, docs = views.begin(source), Overlay(views)
        for event in events:
            if event.seq not in skipped:
                told = event if is_own else _as_followed(event)
                _fold_one(source, docs, told, folds)
        last = events[-1]
        types = name_of(source, types_of(self._service, source))
        views.commit(begun, last.seq, docs.changed, Mark(last.id, types))
        return len(events)


def _fold_one(source: str, docs: Overlay, event: Event, folds: Folds) -> None:
    try:
        docs.fold(event, folds)
    except Exception as error:
        raise Unfoldable(source, event) from error


def _as_followed(event: Event) -> Event:
    """As it reaches a follower: without what stays inside the service that owns the log."""
    return Event(
        event.seq,
        event.id,
        event.type,
        event.stream,
        event.time,
        event.data,
        event.trace,
    )
