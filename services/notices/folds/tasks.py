"""Notices that ask somebody to do something: once anybody has done it, or nobody can any more, they say so."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay
from services.notices.folds import notices

Judge = Callable[[Overlay, Event], bool]


def always(docs: Overlay, event: Event) -> bool:
    """It is settled by whatever event says so."""
    return True


@dataclass(frozen=True, slots=True)
class Task:
    """Notices of a `kind`, sent by the events `by` about a thing, ask until one of the events `until` about the same.

    `of` are the fields that name the thing, or several; events are named without their version. `only` is a field and
    its value, where events of one type set two tasks. `once` is asked of an event that settles it.
    """

    kind: str
    by: tuple[str, ...]
    until: tuple[str, ...]
    of: tuple[str, ...]
    only: tuple[str, str] | None = None
    once: Judge = always

    def id(self, thing: str) -> str:
        condition = self.only[1] if self.only else ""
        return f"{self.kind}:{condition}:{thing}"

    def things(self, event: Event) -> list[str]:
        """What the event is about: one, several, or nothing of that sort."""
        for name in self.of:
            if name in event.data:
                named: str | list[str] = event.data[name]
                return [named] if isinstance(named, str) else list(named)
        return []

    def is_set_by(self, event: Event) -> bool:
        if self.only is None:
            return True
        field, value = self.only
        return bool(event.data[field] == value)


def nobody_waits(docs: Overlay, event: Event) -> bool:
    """No sign-up to the session waits for a yes any more, or the session is over."""
    content = event.data
    if "signup" not in content and "missed" not in content:
        return True
    requests = docs.get("requests", content["session"])
    return requests is None or requests["asking"] == 0


def collection_of(source: str) -> str:
    """The collection of the notices that still ask, by what they ask for."""
    return f"{source}_asked"


def following(
    source: str, folds: Folds, tasks: Sequence[Task], silent: Iterable[str] = ()
) -> Folds:
    """The folds of notices, which also follow what becomes of what they ask for; `silent` events do that alone."""
    known = dict.fromkeys(silent, _tells_nobody) | dict(folds)
    return {type: _followed(source, type, fold, tasks) for type, fold in known.items()}


def _tells_nobody(docs: Overlay, event: Event) -> None:
    """It settles what was asked for."""


def _followed(source: str, type: str, fold: Fold, tasks: Sequence[Task]) -> Fold:
    name = type.rpartition(".")[0]
    set_now = [task for task in tasks if name in task.by]
    settled = [task for task in tasks if name in task.until]
    if not set_now and not settled:
        return fold

    def followed(docs: Overlay, event: Event) -> None:
        fold(docs, event)
        for task in settled:
            _settle(source, docs, event, task)
        for task in set_now:
            _remember(source, docs, event, task)

    return followed


def _remember(source: str, docs: Overlay, event: Event, task: Task) -> None:
    """The notices the event has sent of this kind ask, beside those before."""
    if not task.is_set_by(event):
        return
    sent = list(_sent(source, docs, event, task.kind))
    for thing in task.things(event) if sent else ():
        id = task.id(thing)
        before = docs.get(collection_of(source), id) or {"notices": []}
        asking = before["notices"] + sent
        docs.put(collection_of(source), {"id": id, "notices": asking})


def _sent(source: str, docs: Overlay, event: Event, kind: str) -> Iterator[str]:
    """The ids of what the event has just told."""
    for number in count():
        id = f"{event.id}.{kind}.{number}"
        if docs.get(notices.SOURCES[source], id) is None:
            return
        yield id


def _settle(source: str, docs: Overlay, event: Event, task: Task) -> None:
    collection = collection_of(source)
    for thing in task.things(event):
        asking = docs.get(collection, task.id(thing))
        if asking and asking["notices"] and task.once(docs, event):
            for id in asking["notices"]:
                notices.done(source, docs, event, id)
            docs.put(collection, {"id": asking["id"], "notices": []})
