"""What people are called where work is done, as far as who asks keeps their records."""

from typing import Protocol

from gateway.edge.rpc import Services
from schemas.documents import Json
from schemas.persons import principal
from services.kit.actor import Actor
from services.kit.errors import Unavailable, Unknown


class Asks(Protocol):
    @property
    def services(self) -> Services: ...

    @property
    def actor(self) -> Actor: ...


class Names:
    """What people are called, masked, with the end of their number, as many share a name; a guest by who brings them.

    "" for who is not recorded where the asker keeps records.
    Once the records do not answer nobody else is asked for: a door cannot wait.
    """

    def __init__(self, asker: Asks):
        self._asker = asker
        self._answers = asker.actor.has("community_worker")

    def __call__(self, person: str) -> str:
        if not self._answers:
            return ""
        try:
            return self._asked(principal(person))
        except Unknown:
            return ""
        except Unavailable:
            self._answers = False
            return ""

    def _asked(self, person: str) -> str:
        services, actor = self._asker.services, self._asker.actor
        with services.place("people"):
            of = {"person": person}
            known = services.ask("people", "get_person", of, actor=actor)
        return as_called(known)


def as_called(person: Json) -> str:
    """`王*（尾号 5678）`"""
    name, contacts = person.get("name", ""), person.get("contacts", [])
    return f"{name}（尾号 {contacts[0][-4:]}）" if contacts else str(name)
