"""What is asked of a ledger, and what comes of it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from schemas.documents import Json
from services.kit.actor import Actor
from services.kit.clock import Deadline
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Event, Fact, Log
from services.kit.views import Key, Overlay

Decide = Callable[[Overlay, Asked], Fact | None]


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked of the ledger; `shows` names the answer's document as `Command.shows` does.

    `key` is as it stands in the log, `formerly` as versions before would have recorded it, and `own` as they did what
    several may ask as one now. `asked` is what tells it from another with the same key, but for the fields named in
    `personal`. `rests_on` are the services with which to catch up before it is decided.
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
    on_behalf_of: str = ""
    rests_on: tuple[str, ...] = ()

    def shown_by(self, event: Event) -> Key:
        """The collection and id of the document the event is answered with, where `shows` names one."""
        collection, *fields = self.shows
        return collection, ":".join(event.data[name] for name in fields)


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


Outcomes = list[list[Outcome | Exception]]
"""What came of each request of each group; an exception where one was refused."""


@dataclass(slots=True)
class Waiting:
    """A request in the queue and, once settled, what came of it."""

    request: Request
    deadline: Deadline
    outcome: Outcome | Exception | None = None
    settled: threading.Event = field(default_factory=threading.Event)

    def settle(self, outcome: Outcome | Exception) -> None:
        """Wakes the one who waits."""
        self.outcome = outcome
        self.settled.set()


Groups = Sequence[Sequence[Request]]


def caused(log: Log, requests: Sequence[Request]) -> dict[str, Event]:
    """The events these requests have caused already, by their keys."""
    keys: set[str] = set()
    for request in requests:
        keys |= {request.key, request.formerly, request.own}
    found = log.by_keys(list(keys - {""}))
    for request in requests:
        first = found.pop(request.formerly, None) or found.pop(request.own, None)
        # Formerly an actor could be called what one of the platform's keys began with.
        if first is not None and first.actor == request.actor.id:
            found[request.key] = first
    return found


def rested_on(groups: Groups) -> list[str]:
    """The services on which one of the requests rests, each once."""
    each = (request.rests_on for group in groups for request in group)
    return list(dict.fromkeys(chain.from_iterable(each)))


def rest_on(outcomes: Outcomes) -> set[str]:
    """The services whose facts, not yet here, could change what was refused."""
    each = (outcome for group in outcomes for outcome in group)
    refused = (outcome for outcome in each if isinstance(outcome, Refused))
    return {refusal.source for refusal in refused if refusal.source}
