"""What a service holds of whoever asks: each document that is theirs or is found by their id, and all they wrote."""

from collections.abc import Iterable, Iterator
from itertools import islice

from schemas.documents import Json, without
from services.kit.actor import Actor
from services.kit.engine.tables import collections_of
from services.kit.lists.paging import every
from services.kit.persons.aliases import merged_into
from services.kit.persons.machines import hands_of
from services.kit.sealed.notes import Notes
from services.kit.service import Service
from services.kit.views import Collection, Find, Reads

OF_A_PERSON = ("person", "by", "beneficiary", "holder")  # Fields that say whose.
MOST_HELD = 1_000  # Of a collection; whoever has more is told that there is more.
# What lets in whoever has it: nobody is shown that, not even of their own.
PROOFS = ("hash", "code_hash", "secret")


def held_of(service: type[Service], views: Reads, notes: Notes, actor: Actor) -> Json:
    """`{documents: [{collection, items, more}], words: [{id, text}]}`, of the actor and of who was merged into them.

    What their keys wrote is theirs as well.
    """
    ids = actor.id, *merged_into(views, actor.id)
    hands = hands_of(views, actor.id) if service.erases_for else ids
    documents = [
        holding
        for collection in collections_of(service)
        if (holding := _holding(views, collection, ids))["items"]
    ]
    words = [word for id in hands for word in _words(service, notes, id)]
    return {"documents": documents, "words": words}


def _holding(views: Reads, collection: Collection, ids: Iterable[str]) -> Json:
    docs = {doc["id"]: doc for id in ids for doc in _theirs(views, collection, id)}
    shown = islice(docs.values(), MOST_HELD)
    return {
        "collection": collection.name,
        "items": [without(doc, *PROOFS) for doc in shown],
        "more": len(docs) > MOST_HELD,
    }


def _theirs(views: Reads, collection: Collection, person: str) -> Iterator[Json]:
    own = views.get(collection.name, person)
    if own is not None:
        yield own
    for field, by in _by_person(collection):
        find = Find(collection.name, {field: person}, by)
        yield from islice(every(views, find), MOST_HELD + 1)


def _by_person(collection: Collection) -> Iterable[tuple[str, str]]:
    """The indexes by which a person's own are found, and in which order."""
    pairs = (index for index in collection.indexes if len(index) == 2)
    return [(field, by) for field, by in pairs if field in OF_A_PERSON]


def _words(service: type[Service], notes: Notes, person: str) -> list[Json]:
    return [
        {"id": note.id, "text": note.text}
        for note in notes.of(person)
        if not note.id.startswith(service.secret_notes)
    ]
