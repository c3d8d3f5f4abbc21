"""Doors: put on the walk of a grid, moved where grids are redrawn, and taken off."""

from schemas.documents import Json, pick, without
from services.district.calendar import local_day
from services.grids.model.lifecycles import DOOR
from services.grids.rules.rights import (
    DOORS,
    called,
    must_lie_there,
    must_work_in,
    works_at,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads


def record(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_work_in(docs, command["community"], asked)
    must_lie_there(docs, command, local_day(asked.now))
    _must_be_free(docs, command, command["walk"])
    note = asked.new_id
    content = without(command, "label") | {"note": note, "by": asked.actor.id}
    return _fact("door_recorded.v1", note, content, {note: command["label"]})


def renumber(docs: Reads, command: Json, asked: Asked) -> Fact:
    door = _kept(docs, command, asked, "renumber")
    _must_be_free(docs, door, command["walk"], door["id"])
    return _fact("door_renumbered.v1", door["id"], command | {"by": asked.actor.id})


def move(docs: Reads, command: Json, asked: Asked) -> Fact:
    door = _kept(docs, command, asked, "move")
    must_work_in(docs, command["community"], asked)
    must_lie_there(docs, command, local_day(asked.now))
    _must_be_free(docs, command, command["walk"], door["id"])
    return _fact("door_moved.v1", door["id"], command | {"by": asked.actor.id})


def close(docs: Reads, command: Json, asked: Asked) -> Fact:
    door = _kept(docs, command, asked, "close")
    content = command | {"door": door["id"], "by": asked.actor.id}
    stream = f"door/{door['id']}"
    return Fact("door_closed.v1", stream, content, erases_of=(door["id"],))


def _fact(
    type: str, id: str, content: Json, notes: dict[str, str] | None = None
) -> Fact:
    """What happens to a door. What is written of it is nobody's but the door's."""
    content = content | {"door": id}
    return Fact(type, f"door/{id}", content, notes or {}, of=id)


def _kept(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The door, when the actor works where it is and its state allows the step."""
    door = DOORS.admitted(
        docs, command["door"], asked, may=works_at, sees=works_at, code="out_of_scope"
    )
    DOOR.must_allow(door, step, called(docs, door))
    return door


def _must_be_free(docs: Reads, place: Json, walk: int, but: str = "") -> None:
    """Raises when another door stands at that place of the walk of the grid."""
    where = pick(place, "community", "grid") | {"state": "open"}
    there = docs.find(Find("doors", where, "walk", since=walk, until=walk + 1, limit=2))
    if any(door["id"] != but for door in there):
        says = f"这个微网格已经有第 {walk} 户，请换一个走访顺序"
        raise Refused("walk_taken", says, path="walk")
