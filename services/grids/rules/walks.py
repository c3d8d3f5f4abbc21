"""The walk of a grid, numbered anew in one act: all of it or nothing, and no two doors with one number."""

from collections.abc import Iterator

from schemas.documents import Json, pick
from schemas.grids.doors import LAST_WALK
from services.grids.model.lifecycles import DOOR
from services.grids.rules.rights import DOORS, called, must_work_in, works_at
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads

TAKEN = "walk_taken"
MOST_TOLD = 5  # In one sentence; each is told at its door.


def renumber(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_work_in(docs, command["community"], asked)
    doors = list(_doors(docs, command, asked))
    _must_be_apart(docs, command, doors, asked)
    content = command | {"by": asked.actor.id}
    return Fact("walk_renumbered.v1", f"walk/{command['grid']}", content)


def _doors(docs: Reads, command: Json, asked: Asked) -> Iterator[Json]:
    """Those that are named, with their new numbers. Raises unless each is one of the grid, and named once."""
    seen: set[str] = set()
    for at, said in enumerate(command["doors"]):
        path = f"doors.{at}.door"
        door = DOORS.admitted(
            docs,
            said["door"],
            asked,
            may=works_at,
            sees=works_at,
            code="out_of_scope",
            path=path,
        )
        DOOR.must_allow(door, "renumber", called(docs, door))
        if pick(door, "community", "grid") != pick(command, "community", "grid"):
            says = f"“{_named(docs, door, asked)}”不在这个微网格"
            raise Refused("door_elsewhere", says, path=path)
        if door["id"] in seen:
            says = f"“{_named(docs, door, asked)}”列了两次"
            raise Invalid(says, code="door_twice", path=path)
        seen.add(door["id"])
        yield door | said


def _must_be_apart(docs: Reads, command: Json, doors: list[Json], asked: Asked) -> None:
    """Raises, naming them, when two doors would stand at one place of the walk."""
    new = {door["id"] for door in doors}
    here = pick(command, "community", "grid") | {"state": "open"}
    there = docs.find(Find("doors", here, "walk", limit=LAST_WALK))
    taken = {door["walk"]: door for door in there if door["id"] not in new}
    clashes = []
    for at, door in enumerate(doors):
        other = taken.setdefault(door["walk"], door)
        if other is not door:
            names = (_named(docs, one, asked) for one in (other, door))
            says = "“{}”和“{}”都是第 {} 户".format(*names, door["walk"])
            clash = {"path": f"doors.{at}.walk", "code": TAKEN, "message": says}
            clashes.append(clash)
    if clashes:
        says = "；".join(clash["message"] for clash in clashes[:MOST_TOLD])
        raise Refused(TAKEN, says, errors=clashes)


def _named(docs: Reads, door: Json, asked: Asked) -> str:
    return asked.note(door["note"]) or called(docs, door)
