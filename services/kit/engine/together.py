"""Several commands in one message: groups of them, in one turn, each group whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from schemas.documents import Json
from services.kit.actor import Actor, keeps_lists_of
from services.kit.clock import give_way
from services.kit.engine.keys import plain_digest
from services.kit.engine.ledger import Ledger
from services.kit.engine.requests import Outcome, Request
from services.kit.entrypoints import Asked, Command
from services.kit.errors import Invalid, Problem, Refused
from services.kit.log import Event, Fact
from services.kit.store import Store
from services.kit.views import Overlay

MOST_COMMANDS = 2_000  # A thousand rows of a table that becomes two commands each.

Told = Callable[[int], object]


class Serves(Protocol):
    """The host, as far as it is needed here."""

    ledger: Ledger
    store: Store

    def command(self, name: str) -> Command:
        """Raises `Unknown` when there is no such command."""
        ...

    def request(
        self,
        mark: Command,
        payload: dict[str, Any],
        actor: Actor,
        key: str,
        trace: str = "",
        owner: str = "",
    ) -> Request:
        """The request as the ledger takes it; `owner` is the place that asks, where it is not the actor alone."""
        ...


def unheard(more: int) -> None:
    """Tells nobody how many more are decided."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One command of several. `key` tells it from the actor's others.

    Where the payload needs what an earlier command makes, `about` is the field and `after` that one's key: the field
    is taken from its fact. `place` is whose list it stands in: what one of its clerks has asked, they all have.
    """

    name: str
    payload: Json
    actor: Actor
    key: str
    about: str = ""
    after: str = ""
    place: str = ""

    def as_dict(self) -> Json:
        """As it goes over a bus, which names the actor once for all."""
        return {
            name: getattr(self, name)
            for name in ("name", "payload", "key", "about", "after", "place")
        }

    def owner(self) -> str:
        """Who asks it: the place for one of its clerks, else the actor."""
        return (
            self.place
            if self.place and keeps_lists_of(self.actor, self.place)
            else self.actor.id
        )

    def alone(self) -> "Asking":
        """As the actor would have asked it before lists were of a place."""
        return replace(
            self, key=key_for(self.name, self.payload, self.actor, self.after), place=""
        )

    def content(self) -> Json:
        """What is asked, without what is not known yet. Two that ask the same of the same have the same."""
        return (
            {"of": f"{self.owner()}:{self.after}", **self.payload}
            if self.after
            else self.payload
        )


class Answered(NamedTuple):
    """What came of one command; `again` when it had been asked, or was so, before."""

    outcome: Outcome | Problem
    again: bool


def key_for(
    name: str, payload: Json, actor: Actor, after: str = "", place: str = ""
) -> str:
    """A key made from who asks and what, so that the same asked again happens once."""
    asking = Asking(name, payload, actor, "", after=after, place=place)
    return f"import:{plain_digest(name, asking.content())}"


def decide(
    host: Serves,
    groups: Sequence[Sequence[Asking]],
    told: Told = unheard,
    trace: str = "",
) -> list[list[Answered]]:
    """What came of every command, in order. `told` hears of each that is decided. Safe to run again."""
    made: dict[str, Json] = {}
    requests = [
        [_request(host, one, made, told, trace) for one in group] for group in groups
    ]
    known = host.ledger.caused([request for group in requests for request in group])
    made.update({key: event.data for key, event in known.items()})
    outcomes = host.ledger.each_together(requests)
    return [
        [
            Answered(_problem_or(outcome), _is_again(outcome, request, known))
            for request, outcome in zip(group, came, strict=True)
        ]
        for group, came in zip(requests, outcomes, strict=True)
    ]


def _is_again(
    outcome: Outcome | Exception, request: Request, known: Mapping[str, Event]
) -> bool:
    """Whether it was so before: its key had been used, or there was nothing to record."""
    return request.key in known or (
        isinstance(outcome, Outcome) and outcome.event is None
    )


def answered(
    host: Serves, payload: Json, actor: Actor, trace: str
) -> list[list[dict[str, Any]]]:
    """`{groups: [[{name, payload, key, about, after, place}…]…]}`, answered as a command is or with its problem."""
    groups = [
        [Asking(**one, actor=actor) for one in group] for group in payload["groups"]
    ]
    names = [asking.name for group in groups for asking in group]
    if len(names) > MOST_COMMANDS:
        says = f"一次最多 {MOST_COMMANDS:,} 项，这次有 {len(names):,} 项"
        raise Invalid(says, code="too_many_commands")
    for name in dict.fromkeys(names):
        host.command(name).admit(actor)
    decided = decide(host, groups, _let_others_read, trace)
    return [[_as_answer(answer) for answer in group] for group in decided]


def _let_others_read(decided: int) -> None:
    """Whoever only asks need not wait until all is decided."""
    give_way()


def _as_answer(one: Answered) -> dict[str, Any]:
    if isinstance(one.outcome, Problem):
        return {"problem": one.outcome.as_dict(), "again": False}
    return {**one.outcome.told(), "again": one.again}


def _problem_or(outcome: Outcome | Exception) -> Outcome | Problem:
    if isinstance(outcome, Outcome | Problem):
        return outcome
    raise outcome


def _request(
    host: Serves, one: Asking, made: dict[str, Json], told: Told, trace: str
) -> Request:
    """`made` holds, by key, the data of every fact caused so far: before this turn, or earlier in it."""
    mark = host.command(one.name)
    if mark.prepared:
        raise Invalid(f"{one.name} 只能单独提交", code="asked_alone")
    actor, owner = one.actor, one.owner()
    request = host.request(mark, one.content(), actor, one.key, trace, owner)

    def rule(docs: Overlay, asked: Asked) -> Fact | None:
        """None where the fact it would be about was refused, or the row is so already."""
        told(1)
        mark.admit(actor)
        about = _about(host, one, made)
        if about is None:
            return None  # What it would be about has just been refused, and so nothing of its group is written.
        payload = one.payload | about
        whole = host.request(mark, payload, actor, one.key)
        fact = _unless_so(whole, docs, asked, one)
        if fact is not None:
            made[request.key] = fact.data
        return fact

    return replace(request, rule=rule, own=_own_key(host, one))


def _own_key(host: Serves, one: Asking) -> str:
    """The key the actor alone would have, where it is asked as a place; "" otherwise."""
    if one.owner() == one.actor.id:
        return ""
    return host.ledger.keys.of(one.actor, one.alone().key)


def _about(host: Serves, one: Asking, made: dict[str, Json]) -> Json | None:
    """What it is about, of what the command before it has made: nothing where it comes after none, None when unmade."""
    if not one.after:
        return {}
    key = host.ledger.keys.of_owner(one.owner(), one.after)
    earlier = _fact(host, made, key)
    return None if earlier is None else {one.about: earlier[one.about]}


def _unless_so(
    request: Request, docs: Overlay, asked: Asked, one: Asking
) -> Fact | None:
    """What the rule says; None for what comes after another command and is so already, by whomever."""
    try:
        return request.rule(docs, asked)
    except Refused as refusal:
        if one.after and refusal.is_so:
            return None
        raise


def _fact(host: Serves, made: dict[str, Json], key: str) -> Json | None:
    """Looked up again when it is not there: another process may have just recorded it."""
    if key not in made:
        for known, event in host.store.log.by_keys([key]).items():
            made[known] = event.data
    return made.get(key)
