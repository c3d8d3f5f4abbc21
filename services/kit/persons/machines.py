"""Whose a machine's key is: what a key did counts as done by who made it, wherever somebody else is asked for.

Events name the key that asked. Every service that keeps things of people remembers who made it, for ever: a decision
outlasts the key by which it was made. A key is nobody itself: with a seat, a need or an application of its own, whoever
makes twenty keys would be twenty people.
"""

import marshmallow as ma

from schemas.documents import Json
from schemas.persons import principal
from services.kit.actor import Actor
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.log import Event
from services.kit.persons.aliases import merged_into, named, survivor
from services.kit.views import Collection, Find, Folds, Overlay, Reads

# `{id, maker}`
MACHINES = Collection("machines", (("maker", "id"),))
MOST_COUNTED = 1_000  # Keys ever made by one.


def fold_made(docs: Overlay, event: Event) -> None:
    docs.put(
        MACHINES.name, {"id": event.data["api_key"], "maker": event.data["person"]}
    )


FOLDS: Folds = {"api_key_made.v1": fold_made, "api_key_made.v2": fold_made}


NOBODY = (
    "接口密钥不是人，不能用它自己参加、申请或提出；请写明是哪位居民，或用自己的账号登录"
)


def must_be_a_person(asked: Asked) -> None:
    """Raises `Forbidden` for a machine that would begin something of its own."""
    if asked.actor.maker:
        raise Forbidden(NOBODY, code="only_by_account")


def must_be_none_of(schema: ma.Schema, payload: Json, actor: Actor) -> None:
    """Raises `Forbidden` for a machine that names itself, or a guest of its own, where a person is named."""
    if not actor.maker:
        return
    for person in named(schema, payload):
        if principal(person) == actor.id:
            raise Forbidden(NOBODY, code="only_by_account")


def is_known(docs: Reads, key: str) -> bool:
    return docs.get(MACHINES.name, key) is not None


def hands_of(docs: Reads, person: str) -> list[str]:
    """All the ids by which things count as done by that person: their own, and of every key they have made."""
    people = [person, *merged_into(docs, person)]
    finds = (
        Find(MACHINES.name, {"maker": one}, "id", limit=MOST_COUNTED) for one in people
    )
    return people + [key["id"] for find in finds for key in docs.find(find)]


def who_answers(docs: Reads, id: str) -> str:
    """Who answers for what was done by that id: of a key who made it, by the id they go by now."""
    key = docs.get(MACHINES.name, id)
    return survivor(docs, key["maker"] if key else id)
