"""Facts about needs and commitments: what happens to a commitment is told in the stream of its need."""

from collections.abc import Mapping
from dataclasses import replace

from schemas.documents import Json
from services.cobuild.model.lifecycles import NEED
from services.district.acting import words_are_of
from services.kit.entrypoints import Asked
from services.kit.lifecycle import NOTHING_NOTED
from services.kit.log import Fact
from services.kit.views import Reads


def of_commitment(
    type: str,
    commitment: Json,
    content: Json,
    *,
    notes: Mapping[str, str] = NOTHING_NOTED,
    erases: tuple[str, ...] = (),
) -> Fact:
    """What happens to a commitment."""
    content = content | {"commitment": commitment["id"]}
    return NEED.fact(type, commitment["need"], content, notes=notes, erases=erases)


def with_words(
    type: str, need: str, content: Json, words: str, asked: Asked, of: str = ""
) -> Fact:
    """What happens to a need, and what somebody said of it: a note of theirs, or of whom they wrote it for."""
    note = asked.new_id
    fact = NEED.fact(type, need, content | {"note": note}, notes={note: words})
    return replace(fact, of=of)


def residents(docs: Reads, need: Json) -> str:
    """Whose the words of a need's resident are, whoever writes them down; "" where it is nobody's."""
    return words_are_of(docs, need["beneficiary"]) if "beneficiary" in need else ""
