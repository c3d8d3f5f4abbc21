"""Grids that end: until when each lasts, and with it the time in office of its members."""

from schemas.documents import Json, if_any, pick, without
from schemas.fields import instant
from services.district import territory
from services.district.calendar import day_ends, day_of
from services.district.indexes import by_place
from services.grids.model.ids import grid_of
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Overlay

MOST_AT_ONCE = 100
COLLECTIONS = (Collection("grid_ends", (*by_place("ends_at"), ("ends_at",))),)


def note_end(docs: Overlay, event: Event) -> None:
    here = pick(event.data, "community", "grid")
    end = here | {"id": grid_of(here)} | territory.placed(here["community"])
    docs.put("grid_ends", end | _ends_at(docs, here, event.data["valid_from"]))
    in_office = here | {"state": "in_office"}
    for member in every(docs, Find("members", in_office, "id", limit=MOST_AT_ONCE)):
        docs.put("members", with_end(docs, member))


def with_end(docs: Overlay, member: Json) -> Json:
    """With the moment at which the grid ends, if that is known."""
    since = day_of(member["since"])
    return without(member, "ends_at") | _ends_at(docs, member, since)


def _ends_at(docs: Overlay, place: Json, day: str) -> Json:
    roll = docs.get(territory.GRID_ROLLS.name, place["community"])
    last = territory.lasts_until(roll, place["grid"], day)
    return if_any(ends_at=last and instant(day_ends(last)))
