"""Facts about needs and commitments: what happens to a commitment is told in the stream of its need."""

from collections.abc import Mapping

from schemas.documents import Json
from services.cobuild.model.lifecycles import NEED
from services.kit.entrypoints import Asked
from services.kit.lifecycle import NOTHING_NOTED
from services.kit.log import Fact


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


def with_words(type: str, need: str, content: Json, words: str, asked: Asked) -> Fact:
    """What happens to a need, and what somebody said of it: that is kept as a note."""
    note = asked.new_id
    return NEED.fact(type, need, content | {"note": note}, notes={note: words})
