"""Doors as the figures see them: how many stand in a place on a day, and where one stood at a moment."""

from collections.abc import Callable
from functools import partial

from schemas.documents import Json
from services.district import territory
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds.doorstep import rounds
from services.metrics.folds.doorstep.cares import end_cares
from services.metrics.folds.doorstep.standing import DOORS, stands_at
from services.metrics.folds.tallies import tally

# By scope:month, how many more (or fewer) there are since each day; by community, how many there are now.
DAYS, STOCKS = "door_days", "door_stocks"
COLLECTIONS = (
    Collection(DOORS),
    Collection(DAYS, (("id",),)),
    Collection(STOCKS, (("id",),)),
)
FOR_EVER = "~"
Change = Callable[[Json, Event], Json]


def fold_door(docs: Overlay, event: Event, *, change: Change) -> None:
    """Changes the door, and with it how many stand where it did and where it does."""
    id = event.data["door"]
    before = docs.get(DOORS, id) or {"id": id, "recorded_at": FOR_EVER, "places": []}
    after = before | change(before, event)
    docs.put(DOORS, after)
    old = stands_at(before, FOR_EVER)
    new = stands_at(after, FOR_EVER)
    if old != new:
        _count(docs, event, old, -1)
        _count(docs, event, new, 1)
        rounds.stand_elsewhere(docs, event, id, new)


def recorded(door: Json, event: Event) -> Json:
    return {"recorded_at": event.time, "places": [_place(event)]}


def moved(door: Json, event: Event) -> Json:
    return {"places": [*door["places"], _place(event)]}


def closed(door: Json, event: Event) -> Json:
    return {"closed_at": event.time}


def fold_closed(docs: Overlay, event: Event) -> None:
    """Nobody is looked in on there any more."""
    fold_door(docs, event, change=closed)
    end_cares(docs, event)


def _place(event: Event) -> Json:
    return {"since": event.time, "community": event.data["community"]}


def _count(docs: Overlay, event: Event, community: str, change: int) -> None:
    if not community:
        return
    day = day_of(event.time)
    for scope in territory.scopes_of(community):
        month = {"id": f"{scope}:{day[:7]}"}
        tally(docs, DAYS, month, "days", {day: change})
    docs.add(STOCKS, (community,), {"doors": change}, _none)
    rounds.count_door(docs, event, community, change)


def _none(id: str) -> Json:
    return {"id": id, "doors": 0}


OWN: Folds = {
    "door_recorded.v1": partial(fold_door, change=recorded),
    "door_moved.v1": partial(fold_door, change=moved),
    "door_closed.v1": fold_closed,
}
