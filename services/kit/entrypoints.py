"""`@command`, `@query`, `@follows` and `@due`: what a service answers to, as plain metadata on its methods.

Both buses read the metadata: `bus_local` calls the methods, `nameko_host` makes nameko entrypoints of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from schemas.documents import Json
from schemas.fields import Schema, named
from services.kit.actor import Actor
from services.kit.config import Settings
from services.kit.errors import Forbidden
from services.kit.lifecycle import LifeCycle
from services.kit.log import Event, Fact
from services.kit.views import Collection, Find, Folds, Overlay, Views

Method = TypeVar("Method", bound=Callable[..., Any])
MARK = "__entrypoint__"


def nothing_noted(id: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The circumstances of a request: who, when (UTC), and a fresh id for whatever it brings into being.

    `note` reads what a resident wrote, by the note's id; `""` when it was erased.
    """

    actor: Actor
    now: datetime
    new_id: str
    note: Callable[[str], str] = nothing_noted


@dataclass(frozen=True, slots=True)
class Command:
    """A request to change something.

    `shows` is (collection, field…): the document in the answer, whose id is those fields of the event joined by `:`.
    `proofs` are the fields that prove a right and soon change, like the code at a door: not part of what is asked.
    `personal` are those that are looked at and not kept, at any depth: nothing in the log depends on them.
    `rests_on` are the services with which to catch up before it is decided: it sums up all they have told so far.
    """

    name: str
    schema: type[Schema]
    by: frozenset[str]
    shows: tuple[str, ...]
    proofs: frozenset[str]
    rests_on: tuple[str, ...] = ()
    personal: frozenset[str] = frozenset()

    def admit(self, actor: Actor) -> None:
        _admit(self.by, actor)


@dataclass(frozen=True, slots=True)
class Query:
    """A question. An empty `by` means anyone may ask, with or without a token."""

    name: str
    schema: type[Schema]
    by: frozenset[str]

    def admit(self, actor: Actor) -> None:
        if self.by:
            _admit(self.by, actor)


@dataclass(frozen=True, slots=True)
class Reaction:
    """A local command caused by another service's event; the event's id is its key, so it happens once."""

    name: str
    source: str
    type: str


@dataclass(frozen=True, slots=True)
class Due:
    """A local command caused by time: for each document equal to `where` whose moment `by` has come.

    The document's id and that moment are its key, so it happens once; its event must move the document on.
    """

    name: str
    collection: str
    where: Mapping[str, str | int]
    by: str

    def ripe(self, now: str) -> Find:
        """The documents that are due before `now`, the longest overdue first."""
        return Find(self.collection, self.where, self.by, until=now)


def _admit(by: frozenset[str], actor: Actor) -> None:
    if not actor.has(*by):
        raise Forbidden("您的角色不能进行这项操作")


def command(
    schema: type[Schema], *, by: Sequence[str], shows: tuple[str, ...], rests_on: tuple[str, ...] = ()
) -> Callable[[Method], Method]:
    """Marks `(self, docs, command, asked) -> Fact`. One of the roles `by` is needed; the rule checks its scope.

    One the platform asks itself may return None when there is nothing to record.
    """

    def mark(method: Method) -> Method:
        proofs = frozenset(name for name, field in schema().fields.items() if field.metadata.get("proof"))
        personal = frozenset(named(schema(), "personal"))
        setattr(method, MARK, Command(method.__name__, schema, frozenset(by), shows, proofs, rests_on, personal))
        return method

    return mark


def query(schema: type[Schema], *, by: Sequence[str] = ()) -> Callable[[Method], Method]:
    """Marks `(self, views, question, asked) -> JSON`."""

    def mark(method: Method) -> Method:
        setattr(method, MARK, Query(method.__name__, schema, frozenset(by)))
        return method

    return mark


def follows(source: str, type: str) -> Callable[[Method], Method]:
    """Marks `(self, docs, event, asked) -> Fact | None`; None when there is nothing to record."""

    def mark(method: Method) -> Method:
        setattr(method, MARK, Reaction(method.__name__, source, type))
        return method

    return mark


def due(collection: str, where: Mapping[str, str | int], *, by: str) -> Callable[[Method], Method]:
    """Marks `(self, docs, doc, asked) -> Fact`; `doc` is as it is then, and still due.

    To record nothing is a defect, kept and shown like one that raises: it would stay due.
    """

    def mark(method: Method) -> Method:
        setattr(method, MARK, Due(method.__name__, collection, where, by))
        return method

    return mark


class Service:
    """A service: its name, the documents it keeps, how each log it reads is folded, and its marked methods.

    `folds` maps a source's name to `{event type: fold}`; the service's own name is one of them. `lifecycles` are those
    of its entities, for the documentation.
    """

    name: ClassVar[str]
    collections: ClassVar[Sequence[Collection]]
    folds: ClassVar[Mapping[str, Folds]]
    lifecycles: ClassVar[Sequence[LifeCycle]] = ()

    def __init__(self, settings: Settings):
        """One is made for each process that runs the service."""


Entrypoint = Command | Query | Reaction | Due
Decide = Callable[[Overlay, Json, Asked], Fact]
Answer = Callable[[Views, Json, Asked], Any]
React = Callable[[Overlay, Event, Asked], Fact | None]


def entrypoints(service: type[Service]) -> list[Entrypoint]:
    """The marked methods of a service, by name."""
    marks = (getattr(getattr(service, name), MARK, None) for name in sorted(dir(service)))
    return [mark for mark in marks if mark is not None]
