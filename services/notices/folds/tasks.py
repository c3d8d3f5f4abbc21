"""Notices that ask somebody to do something: once anybody has done it, or nobody can any more, they say so."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay
from services.notices.folds import notices

Judge = Callable[[Overlay, Event], bool]


def always(docs: Overlay, event: Event) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Task:
    """Notices of a `kind`, told by the events `by` of a thing, ask until one of the events `until` of the same thing.

    `of` are the fields that name the thing, or several; events are named without their version. `only` is a field and
    its value, where events of one type tell of two things to do. `once` is asked of an event that settles it.
    """

    kind: str
    by: tuple[str, ...]
    until: tuple[str, ...]
    of: tuple[str, ...]
    only: tuple[str, str] | None = None
    once: Judge = always

    def id(self, thing: str) -> str:
        return f"{self.kind}:{self.only[1] if self.only else ''}:{thing}"

    def things(self, event: Event) -> list[str]:
        said: str | list[str] = next(
            (event.data[name] for name in self.of if name in event.data), []
        )
        return [said] if isinstance(said, str) else list(said)

    def is_asked_by(self, event: Event) -> bool:
        return self.only is None or event.data[self.only[0]] == self.only[1]


def nobody_waits(docs: Overlay, event: Event) -> bool:
    """No sign-up to the session waits for a yes any more, or the session is over."""
    if "signup" not in event.data and "missed" not in event.data:
        return True
    requests = docs.get("requests", event.data["session"])
    return requests is None or requests["asking"] == 0


def asked(source: str) -> str:
    """The collection of the notices that still ask, by what they ask for."""
    return f"{source}_asked"


def following(
    source: str, folds: Folds, asks: Sequence[Task], untold: Iterable[str] = ()
) -> Folds:
    """The folds of notices, which also follow what becomes of what they ask for; `untold` events do that alone."""
    known = {**dict.fromkeys(untold, _tells_nobody), **folds}
    return {type: _followed(source, type, fold, asks) for type, fold in known.items()}


def _tells_nobody(docs: Overlay, event: Event) -> None:
    """It settles what was asked for."""


def _followed(source: str, type: str, fold: Fold, asks: Sequence[Task]) -> Fold:
    name = type.rpartition(".")[0]
    asking = [ask for ask in asks if name in ask.by]
    settled = [ask for ask in asks if name in ask.until]
    if not asking and not settled:
        return fold

    def followed(docs: Overlay, event: Event) -> None:
        fold(docs, event)
        for ask in settled:
            _settle(source, docs, event, ask)
        for ask in asking:
            _remember(source, docs, event, ask)

    return followed


def _remember(source: str, docs: Overlay, event: Event, ask: Task) -> None:
    """The notices the event has told of this kind ask, beside those before."""
    if not ask.is_asked_by(event):
        return
    told_now = list(_told(source, docs, event, ask.kind))
    for thing in ask.things(event) if told_now else ():
        before = docs.get(asked(source), ask.id(thing)) or {"notices": []}
        docs.put(
            asked(source),
            {"id": ask.id(thing), "notices": [*before["notices"], *told_now]},
        )


def _told(source: str, docs: Overlay, event: Event, kind: str) -> Iterator[str]:
    for number in count():
        id = f"{event.id}.{kind}.{number}"
        if docs.get(notices.SOURCES[source], id) is None:
            return
        yield id


def _settle(source: str, docs: Overlay, event: Event, ask: Task) -> None:
    for thing in ask.things(event):
        asks = docs.get(asked(source), ask.id(thing))
        if asks and asks["notices"] and ask.once(docs, event):
            for id in asks["notices"]:
                notices.done(source, docs, event, id)
            docs.put(asked(source), {"id": asks["id"], "notices": []})
