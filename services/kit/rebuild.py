"""Rebuilding a service's documents from the logs they are folded from, while the old ones keep serving."""

from collections.abc import Callable, Mapping

from services.kit.entrypoints import Service
from services.kit.follow import set_aside
from services.kit.host import folds_of, sources_of
from services.kit.log import Event, Log
from services.kit.store import Store
from services.kit.views import Folds, Overlay, Views

BATCH = 10_000


class Unfoldable(Exception):
    """An event that the documents being served reflect cannot be folded now; they go on serving."""

    def __init__(self, source: str, event: Event):
        super().__init__(f"{source} 的第 {event.seq} 个事件（{event.type}）无法重建")


def rebuild(service: type[Service], store: Store, logs: Mapping[str, Log], told: Callable[[int], object]) -> None:
    """Folds the next generation as far as the one being served has come, then serves it. `told` hears how many.

    It only folds. What a source has beyond the served cursor is left to the follower, whose reactions would be
    lost if the cursor passed them here. Interrupted, it goes on where it was when called again.
    """
    following = store.rebuilding()
    while sources := _behind(service, store.views, following):
        for source in sources:
            upto = store.views.cursor(source)
            folds = folds_of(service).get(source, {})
            skipped = set_aside(logs[service.name], source)
            while (cursor := following.cursor(source)) < upto:
                events = logs[source].read(cursor, min(BATCH, upto - cursor))
                if source != service.name:
                    events = [_as_followed(event) for event in events]
                told(_fold(source, following, events, folds, skipped))
    store.swap()


def left(service: type[Service], store: Store) -> int:
    """How many events are still to be folded."""
    following = store.rebuilding()
    return sum(store.views.cursor(source) - following.cursor(source) for source in _sources(service))


def _sources(service: type[Service]) -> list[str]:
    return [service.name, *sources_of(service)]


def _behind(service: type[Service], serving: Views, following: Views) -> list[str]:
    return [source for source in _sources(service) if following.cursor(source) < serving.cursor(source)]


def _fold(source: str, following: Views, events: list[Event], folds: Folds, skipped: set[int]) -> int:
    begun, docs = following.begin(source), Overlay(following)
    for event in events:
        if event.seq in skipped:
            continue
        try:
            docs.fold(event, folds)
        except Exception as error:
            raise Unfoldable(source, event) from error
    following.commit(begun, events[-1].seq, docs.changed)
    return len(events)


def _as_followed(event: Event) -> Event:
    """As it reaches a follower: without what stays inside the service that owns the log."""
    return Event(event.seq, event.id, event.type, event.stream, event.time, event.data, event.trace)
