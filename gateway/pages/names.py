"""What people are called where work is done, as far as who asks keeps their records."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from gateway.edge.rpc import Services
from schemas.documents import Json
from schemas.people.persons import MOST_NAMED
from schemas.persons import principal
from services.kit.actor import Actor
from services.kit.errors import Unavailable

Called = Callable[[str], str]


class Asks(Protocol):
    @property
    def services(self) -> Services: ...

    @property
    def actor(self) -> Actor: ...


def names_of(asker: Asks, persons: Iterable[str]) -> Called:
    """What those on a list are called, masked, with the end of their number, as many share a name.

    A guest is called by who brings them. All are asked for at once.

    "" for who is not recorded where the asker keeps records, and while the records do not answer: a door cannot wait.
    """
    wanted = dict.fromkeys(map(principal, persons))
    keeps_records = asker.actor.has("community_worker")
    names = dict(_named(asker, list(wanted))) if keeps_records else {}
    return lambda person: names.get(principal(person), "")


def _named(asker: Asks, persons: list[str]) -> Iterator[tuple[str, str]]:
    for first in range(0, len(persons), MOST_NAMED):
        try:
            known = _asked(asker, persons[first : first + MOST_NAMED])
        except Unavailable:
            return
        yield from ((one["id"], as_called(one)) for one in known)


def _asked(asker: Asks, persons: list[str]) -> list[Json]:
    services, actor = asker.services, asker.actor
    with services.place("people"):
        of = {"persons": persons}
        known: list[Json] = services.ask("people", "name_persons", of, actor=actor)[
            "items"
        ]
    return known


def as_called(person: Json) -> str:
    """`王*（尾号 5678）`"""
    name, contacts = person.get("name", ""), person.get("contacts", [])
    return f"{name}（尾号 {contacts[0][-4:]}）" if contacts else str(name)
