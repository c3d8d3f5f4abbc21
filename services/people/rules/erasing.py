"""Erasing somebody: nothing is left of theirs under any id they had."""

from schemas.documents import if_any
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.persons.aliases import merged_into
from services.kit.views import Reads


def erased(docs: Reads, person: str, wish: str, asked: Asked) -> Fact:
    """Together with those who were merged into them: of these nobody could say so any more, nor does time."""
    also = merged_into(docs, person)
    content = {"person": person, "by": asked.actor.id, "wish": wish}
    content |= if_any(merged=also)
    stream = f"person/{person}"
    return Fact("person_erased.v1", stream, content, erases_of=(person, *also))
