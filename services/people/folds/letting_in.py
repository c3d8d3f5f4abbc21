"""Who has once given somebody a way in, and might have kept it: by an account, a number, an invitation, a code."""

from schemas.documents import Json
from services.kit.log import Event
from services.kit.persons.aliases import merged_into, survivor
from services.kit.views import Collection, Overlay, Reads

# `{id}`: whom, and by whom. For ever: a password that was chosen by such a way outlasts it.
LET_IN = Collection("let_in")


def note(docs: Overlay, event: Event) -> None:
    docs.put(LET_IN.name, {"id": _id(event.data["person"], event.data["by"])})


def was_let_in(docs: Reads, person: str, by: str) -> bool:
    """Whether the one gave the other a way in, under any id of theirs."""
    stands = survivor(docs, by)
    ids = (stands, *merged_into(docs, stands))
    return any(_known(docs, person, id) is not None for id in ids)


def _known(docs: Reads, person: str, by: str) -> Json | None:
    return docs.get(LET_IN.name, _id(person, by))


def _id(person: str, by: str) -> str:
    return f"{person}:{by}"
