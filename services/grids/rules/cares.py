"""Care: listed with the consent of who is looked in on, missed by time, ended with what was written of it."""

from schemas.documents import Json, pick, without
from services.district.calendar import day_in_words, local_day
from services.grids.model.lifecycles import CARE, DOOR
from services.grids.rules.rights import CARES, DOORS, called, works_at
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Reads


def begin(docs: Reads, command: Json, asked: Asked) -> Fact:
    door = DOORS.admitted(
        docs, command["door"], asked, may=works_at, sees=works_at, code="out_of_scope"
    )
    DOOR.must_allow(door, "care_for", called(docs, door))
    if {"consent", "consent_on"} - command.keys():
        says = "要先得到本人或监护人的同意，并填写怎样、哪天同意的"
        raise Refused("care_without_consent", says, path="consent")
    if (day := command["consent_on"]) > local_day(asked.now):
        says = f"{day_in_words(day)} 还没有到"
        raise Invalid(says, code="in_the_future", path="consent_on")
    content = without(command, "words") | pick(door, "community", "grid")
    content |= {"note": asked.new_id, "care": asked.new_id, "by": asked.actor.id}
    notes = {asked.new_id: command["words"]}
    return Fact("care_begun.v1", f"care/{asked.new_id}", content, notes, of=door["id"])


def pause(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _step(docs, command, asked, "pause", "care_paused.v1")


def resume(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _step(docs, command, asked, "resume", "care_resumed.v1")


def end(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _step(docs, command, asked, "end", "care_ended.v1")


def ring(docs: Reads, care: Json, asked: Asked) -> Fact:
    return CARE.fact("care_due.v1", care["id"], {"due": care["next_at"]})


def miss(docs: Reads, care: Json, asked: Asked) -> Fact:
    return CARE.fact("care_missed.v1", care["id"], {"due": care["next_at"]})


def _step(docs: Reads, command: Json, asked: Asked, step: str, type: str) -> Fact:
    care = CARES.admitted(
        docs, command["care"], asked, may=works_at, sees=works_at, code="out_of_scope"
    )
    CARE.must_allow(care, step, CARE.title)
    content = command | {"by": asked.actor.id}
    erases = (care["note"],) if step == "end" else ()
    return CARE.fact(type, care["id"], content, erases=erases)
