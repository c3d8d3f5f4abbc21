"""Mediation, by who goes to the doors of the grid: what was said stays between them and the community."""

from dataclasses import replace

from schemas.documents import Json, pick, without
from services.district.calendar import local_day
from services.grids.model.lifecycles import MEDIATION
from services.grids.rules.rights import (
    FINDINGS,
    MEDIATIONS,
    NOT_YOURS,
    must_lie_there,
    walks,
    works_in,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Reads

RESTRICTED = "restricted."  # So begin the ids of notes that whom they are about is not shown either.


def open(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_lie_there(docs, command, local_day(asked.now))
    if not walks(docs, command, asked):
        raise Forbidden(f"这个微网格{NOT_YOURS}", code="not_your_grid", path="grid")
    if "finding" in command:
        _must_lead_to_it(docs, command, asked)
    if asked.is_oneself(command.get("about")):
        says = "调解人不能是当事人，请由别的网格员或社区工作者调解"
        raise Forbidden(says, code="own_quarrel", path="about")
    id, note = asked.new_id, f"{RESTRICTED}{asked.new_id}"
    content = without(command, "words", "about") | {"mediation": id, "note": note}
    content |= {"by": asked.actor.id}
    notes, whose = {note: command["words"]}, command.get("about", id)
    return Fact("mediation_opened.v1", f"mediation/{id}", content, notes, of=whose)


def end(docs: Reads, command: Json, asked: Asked) -> Fact:
    mediation = MEDIATIONS.admitted(
        docs, command["mediation"], asked, may=concerns, sees=concerns
    )
    MEDIATION.must_allow(mediation, "end", MEDIATION.title)
    content = command | {"by": asked.actor.id}
    return MEDIATION.fact("mediation_ended.v1", mediation["id"], content)


def forget(docs: Reads, mediation: Json, asked: Asked) -> Fact:
    """What was said has been kept as long as it may be."""
    id = mediation["id"]
    content, note = {"mediation": id}, mediation["note"]
    fact = MEDIATION.fact("mediation_words_erased.v1", id, content, erases=(note,))
    return replace(fact, erases_of=(id,))


def _must_lead_to_it(docs: Reads, command: Json, asked: Asked) -> None:
    """Raises unless the finding is of that grid, and nobody mediates for it."""
    finding = FINDINGS.found(docs, command["finding"], asked, sees=walks)
    if pick(finding, "community", "grid") != pick(command, "community", "grid"):
        says = "这项发现不在这个微网格"
        raise Refused("finding_elsewhere", says, path="finding")
    if "mediation" in finding:
        says = "这项发现已经有人调解"
        raise Refused("already_mediated", says, path="finding", is_so=True)


def concerns(docs: Reads, mediation: Json, asked: Asked) -> bool:
    """True for who mediates, as long as they go to the doors of the grid, and for who works in the community."""
    if works_in(asked, mediation["community"]):
        return True
    return asked.is_me(mediation["by"]) and walks(docs, mediation, asked)
