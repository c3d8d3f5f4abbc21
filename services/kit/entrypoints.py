"""`command`, `query`, `follows` and `due`: what a service answers to, one line of its table each.

Both buses read the table: the local bus calls what it names, `nameko_host` makes nameko entrypoints of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, overload

from schemas.documents import Json
from schemas.fields import Schema, named
from services.kit.actor import Actor
from services.kit.config import Settings
from services.kit.errors import Forbidden
from services.kit.log import Event, Fact
from services.kit.persons.unheard import alone, itself, nobody, nothing_noted
from services.kit.scopes import Scopes
from services.kit.views import Find, Reads


@dataclass(frozen=True, slots=True)
class Asked:
    """The circumstances of a request: who, when (UTC), and a fresh id for whatever it brings into being.

    `said` has, by the id somebody goes by now, the id they were named by: nobody is told whom one was merged into.
    `note` reads what a resident wrote, by the note's id; `""` when it was erased. `answers` tells who answers for what
    was done by an id: of a key who made it, of whoever was merged the survivor; `by_whatever` all ids of one.
    """

    actor: Actor
    now: datetime
    new_id: str
    note: Callable[[str], str] = nothing_noted
    merged: Callable[[], Sequence[str]] = nobody
    said: Mapping[str, str] = field(default_factory=dict)
    answers: Callable[[str], str] = itself
    by_whatever: Callable[[str], Sequence[str]] = alone

    @property
    def ids(self) -> tuple[str, ...]:
        """The actor's own id, and those of whoever was merged into them: what is of these is theirs."""
        return self.actor.id, *self.merged()

    @property
    def hands(self) -> Sequence[str]:
        """All the ids by which the actor does things, who is one: what one may do on a day is shared by one's keys."""
        return self.by_whatever(self.actor.maker or self.actor.id)

    def as_said(self, id: str) -> str:
        """The id by which the request named whoever goes by `id` now."""
        return self.said.get(id, id)

    def is_me(self, person: object) -> bool:
        """Whether the id is one of the actor's."""
        return person == self.actor.id or person in self.merged()

    def is_oneself(self, who: object) -> bool:
        """Whether a person, or a machine by its key, is the actor or who acts for them; then it is not another's."""
        return self.is_me(who) or self.is_the_asker(who)

    def is_the_asker(self, who: object) -> bool:
        """Whether it is who really asks, whomever they act for, or a key of theirs."""
        asker = self.actor.asker
        own = {asker.id, self.answers(asker.maker or asker.id)}
        return isinstance(who, str) and not own.isdisjoint({who, self.answers(who)})


T = TypeVar("T")
Found = TypeVar("Found")
By = Sequence[str] | Scopes
Given = Callable[[Settings], Any]
Prepare = Callable[[Json], Json]
Rule = Callable[[Reads, Json, Asked], Fact | None]
RuleGiven = Callable[[Reads, Json, Asked, T], Fact | None]
Answer = Callable[[Reads, Json, Asked], Found]
AnswerGiven = Callable[[Reads, Json, Asked, T], Found]


@dataclass(frozen=True, slots=True)
class Command:
    """A request to change something.

    `shows` is (collection, field…): the document in the answer, whose id is those fields of the event joined by `:`.
    `proofs` are the fields that prove a right and soon change, like the code at a door: not part of what is asked.
    `personal` are those that are looked at and not kept, at any depth: nothing in the log depends on them.
    `rests_on` are the services with which to catch up before it is decided: it sums up all they have told so far.
    `prepared` makes of the payload the one the rule gets, before the turn and apart: what takes long holds up nobody.
    """

    schema: type[Schema]
    rule: Callable[..., Fact | None]
    by: frozenset[str]
    shows: tuple[str, ...]
    proofs: frozenset[str]
    personal: frozenset[str] = frozenset()
    rests_on: tuple[str, ...] = ()
    given: Given | None = None
    prepared: Prepare | None = None
    name: str = ""

    def admit(self, actor: Actor) -> None:
        """Raises `Forbidden` unless the actor holds one of the roles, wherever that is."""
        _admit(self.by, actor)


@dataclass(frozen=True, slots=True)
class Query:
    """A question. An empty `by` means anyone may ask, with or without a token. What takes long is answered `apart`."""

    schema: type[Schema]
    answer: Callable[..., Any]
    by: frozenset[str]
    given: Given | None = None
    apart: bool = False
    name: str = ""

    def admit(self, actor: Actor) -> None:
        """The same; where it names no role, whoever asks is let in."""
        if self.by:
            _admit(self.by, actor)


@dataclass(frozen=True, slots=True)
class Reaction:
    """A local command caused by another service's event; the event's id is its key, so it happens once."""

    source: str
    type: str
    rule: Callable[[Reads, Event, Asked], Fact | None]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A local command caused by time: for each document equal to `where` whose moment `by` has come.

    The document's id and that moment are its key, so it happens once; its event must move the document on.
    """

    collection: str
    where: Mapping[str, str | int]
    by: str
    rule: Rule
    name: str = ""

    def ripe(self, now: str) -> Find:
        """The documents that are due before `now`, the longest overdue first."""
        return Find(self.collection, self.where, self.by, until=now)


Entrypoint = Command | Query | Reaction | Due


def _admit(by: frozenset[str], actor: Actor) -> None:
    if not actor.has(*by):
        raise Forbidden("您的角色不能进行这项操作")


@overload
def command(
    schema: type[Schema],
    rule: Rule,
    *,
    by: By,
    shows: tuple[str, ...],
    rests_on: tuple[str, ...] = (),
    prepared: Prepare | None = None,
) -> Command: ...
@overload
def command(
    schema: type[Schema],
    rule: RuleGiven[T],
    *,
    by: By,
    shows: tuple[str, ...],
    rests_on: tuple[str, ...] = (),
    given: Callable[[Settings], T],
    prepared: Prepare | None = None,
) -> Command: ...
def command(
    schema: type[Schema],
    rule: Callable[..., Fact | None],
    *,
    by: By,
    shows: tuple[str, ...],
    rests_on: tuple[str, ...] = (),
    given: Given | None = None,
    prepared: Prepare | None = None,
) -> Command:
    """One of the roles `by` is needed, for the place it says or the rule checks. What is `given` at the start it gets.

    `prepared` is called for each try, in a native thread: it may block, and must not read the store. The rule gets what
    it returns, while what a key was used for is told by the payload as it came.
    One the platform asks itself may return None when there is nothing to record.
    """
    said = schema()
    fields = said.fields.items()
    proofs = frozenset(name for name, field in fields if field.metadata.get("proof"))
    personal = frozenset(named(said, "personal"))
    if isinstance(by, Scopes):
        rule = by.before(rule)
        by = tuple(by.places)
    return Command(
        schema, rule, frozenset(by), shows, proofs, personal, rests_on, given, prepared
    )


@overload
def query(
    schema: type[Schema],
    answer: Answer[Found],
    *,
    by: Sequence[str] = (),
    apart: bool = False,
) -> Query: ...
@overload
def query(
    schema: type[Schema],
    answer: AnswerGiven[T, Found],
    *,
    by: Sequence[str] = (),
    given: Callable[[Settings], T],
    apart: bool = False,
) -> Query: ...
def query(
    schema: type[Schema],
    answer: Callable[..., Any],
    *,
    by: Sequence[str] = (),
    given: Given | None = None,
    apart: bool = False,
) -> Query:
    """Answers with JSON. Without `by` anyone may ask. What blocks for long is answered `apart`, in a native thread."""
    return Query(schema, answer, frozenset(by), given, apart)


def follows(
    source: str, type: str, rule: Callable[[Reads, Event, Asked], Fact | None]
) -> Reaction:
    """The rule returns None when there is nothing to record."""
    return Reaction(source, type, rule)


def due(collection: str, where: Mapping[str, str | int], rule: Rule, *, by: str) -> Due:
    """The rule gets the document as it is then, and still due.

    To record nothing is a defect, kept and shown like one that raises: it would stay due.
    """
    return Due(collection, where, by, rule)
