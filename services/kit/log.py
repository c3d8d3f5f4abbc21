"""The Log port: one service's events in one gapless order, and what an engine must promise about them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from schemas.documents import Json, without

Types = Collection[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rule decided: the event to be, before it has a place in the log.

    `notes` maps a note's id to free text a resident wrote. It is kept beside the log, where it can be
    erased; `data` carries only the id. `of` is the person whose the notes are, whoever asks where it is "".
    `erases` are the ids of notes that are gone once this has happened, and so is one left empty; `erases_of` are the
    persons all of whose notes in this service are, with what could decipher a copy of them.
    """

    type: str
    stream: str
    data: Json
    notes: dict[str, str] = field(default_factory=dict)
    erases: tuple[str, ...] = ()
    of: str = ""
    erases_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in its place. `time` is UTC text; the last six fields stay inside the service that owns the log.

    `key` makes the event happen once, `digest` tells a key used again for the same request from one used for another:
    `services/kit/engine/keys.py`. `notes` are the ids of what a resident wrote. `actor` asked for it, and
    `on_behalf_of` somebody where it is not "".
    """

    seq: int
    id: str
    type: str
    stream: str
    time: str
    data: Json
    trace: str
    version: int = 0
    key: str = ""
    digest: str = ""
    actor: str = ""
    notes: list[str] = field(default_factory=list)
    on_behalf_of: str = ""

    def without(self, *names: str) -> Json:
        """What it says, but for these."""
        return without(self.data, *names)

    def as_dict(self) -> Json:
        """Its fields by name; `data` is shared, not copied. Versions before knew nothing of acting for somebody."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        if not self.on_behalf_of:
            del fields["on_behalf_of"]
        return fields


Answered = Mapping[int, Json]  # By an event's `seq`, the document it was answered with.
NOTHING: Answered = {}


class Log(Protocol):
    """Append-only. Every engine passes `tests/contract/test_log.py`."""

    def append(self, events: Sequence[Event], answers: Answered = NOTHING) -> int:
        """Makes the longest prefix of `events` durable, with the `answers` to those in it, and returns its length.

        Less than all means another writer took a `seq`, a stream's `version` or a `key` first: the caller
        reads on and decides again. Raises `Unavailable` when the store cannot be reached in time and
        `StoreFull` when it takes no more; in both cases nothing was acknowledged.
        """
        ...

    def head(self) -> int:
        """The last `seq`, 0 for an empty log."""
        ...

    def read(self, after: int, limit: int, types: Types = ()) -> list[Event]:
        """Events with `seq` > `after` in order, none left out, at most `limit`; of `types` only when any are given."""
        ...

    def read_stream(self, stream: str, upto: int, after: int = 0) -> list[Event]:
        """The events of one stream with `version` <= `upto` and > `after`, in order."""
        ...

    def astray(self, after: int, upto: int) -> list[int]:
        """The places after one up to another whose event is not what it is found by there: its stream, version, key.

        Nothing but a hand in the store makes such a one. What cannot be read at all is one of them.
        """
        ...

    def finds_all(self) -> bool:
        """Whether the store's own indexes of the log lead to each event, and to each as it is. Reads all of it."""
        ...

    def ids(self, seqs: Sequence[int]) -> dict[int, str]:
        """The ids of these events by `seq`; none of a `seq` that is not there."""
        ...

    def version(self, stream: str) -> int:
        """The last `version` of a stream, 0 for none."""
        ...

    def by_keys(self, keys: Sequence[str]) -> dict[str, Event]:
        """The events these keys have already caused, by key."""
        ...

    def answers(self, seqs: Sequence[int]) -> dict[int, Json]:
        """The documents with which these events were answered, by `seq`; none of an event with no answer kept."""
        ...

    def keep_answer(self, seq: int, answer: Json) -> None:
        """Keeps the answer to an event that had none."""
        ...
