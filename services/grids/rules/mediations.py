"""Mediation, by who goes to the doors of the grid: what was said stays between them and the community."""

from schemas.documents import Json, without
from services.district.calendar import local_day
from services.grids.model.lifecycles import MEDIATION
from services.grids.rules.rights import (
    MEDIATIONS,
    NOT_YOURS,
    must_lie_there,
    walks,
    works_in,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Reads


def open(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_lie_there(docs, command, local_day(asked.now))
    if not walks(docs, command, asked):
        raise Forbidden(f"这个微网格{NOT_YOURS}", code="not_your_grid", path="grid")
    id = asked.new_id
    content = without(command, "words") | {"mediation": id, "note": id}
    content |= {"by": asked.actor.id}
    notes = {id: command["words"]}
    return Fact("mediation_opened.v1", f"mediation/{id}", content, notes, of=id)


def end(docs: Reads, command: Json, asked: Asked) -> Fact:
    mediation = MEDIATIONS.admitted(
        docs, command["mediation"], asked, may=concerns, sees=concerns
    )
    MEDIATION.must_allow(mediation, "end", MEDIATION.title)
    content = command | {"by": asked.actor.id}
    return MEDIATION.fact("mediation_ended.v1", mediation["id"], content)


def concerns(docs: Reads, mediation: Json, asked: Asked) -> bool:
    """True for who mediates, and for who works in the community."""
    if asked.is_me(mediation["by"]):
        return True
    return works_in(asked, mediation["community"])
