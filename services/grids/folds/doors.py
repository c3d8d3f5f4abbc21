"""Doors, each with where it has stood since when: what is told of it later is told of where it stood then."""

from schemas.documents import Json, pick, pick_present
from services.district import territory
from services.grids.folds.cares import end_cares, move_cares
from services.grids.folds.findings import leave_with
from services.grids.model.lifecycles import DOOR
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection("doors", (("community", "grid", "state", "walk"),)),
    Collection("walks"),  # By grid, as its doors were numbered last in one act.
)


def fold_recorded(docs: Overlay, event: Event) -> None:
    door = event.without("door", "by") | {"id": event.data["door"], "to_tell": []}
    door["places"] = [_place(event, since="")]
    docs.put("doors", DOOR.begun(door | territory.placed(door["community"])))


def fold_renumbered(docs: Overlay, event: Event) -> None:
    docs.change("doors", event.data["door"], walk=event.data["walk"])


def fold_walk_renumbered(docs: Overlay, event: Event) -> None:
    for numbered in event.data["doors"]:
        docs.change("doors", numbered["door"], walk=numbered["walk"])
    docs.put("walks", event.without("by") | {"id": event.data["grid"]})


def fold_moved(docs: Overlay, event: Event) -> None:
    door = docs.the("doors", event.data["door"])
    places = [*door["places"], _place(event, since=event.time)]
    standing = pick_present(event.data, "community", "grid", "walk", "courtyard")
    moved = door | standing | territory.placed(standing["community"])
    docs.put("doors", moved | {"places": places})
    move_cares(docs, moved)


def _place(event: Event, since: str) -> Json:
    return pick(event.data, "community", "grid") | {"since": since}


def fold_closed(docs: Overlay, event: Event) -> None:
    """Nobody is looked in on there any more, nor told anything."""
    door = docs.the("doors", event.data["door"]) | {"closed_at": event.time}
    docs.put("doors", DOOR.after(door, "close"))
    end_cares(docs, door["id"])
    leave_with(docs, door["id"])


OWN: Folds = {
    "door_recorded.v1": fold_recorded,
    "door_renumbered.v1": fold_renumbered,
    "walk_renumbered.v1": fold_walk_renumbered,
    "door_moved.v1": fold_moved,
    "door_closed.v1": fold_closed,
}
