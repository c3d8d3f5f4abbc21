"""People at sessions: who attended, for how long, and where that makes one person more.

A person's year is one document with a line for each session attended in it: from it follows exactly in which cells an
attendance is the person's only one, when it is added and when it is taken back.
"""

from typing import Any

from services.kit.log import Event
from services.kit.views import Collection, Doc, Folds, Overlay
from services.metrics.folds import cells
from services.metrics.folds.sessions import cells_at, count

COLLECTIONS = (Collection("presences", (("id",),)), Collection("person_years"))

ABSENT: Doc = {"attended": False, "walked_in": False, "minutes": 0, "hours": "scanned"}


def fold_entered(docs: Overlay, event: Event) -> None:
    """Back in after leaving is the same attendance."""
    before = _presence(docs, event.data["session"], event.data["person"])
    _put(docs, event, before, {**before, **_hours(event), "attended": True})


def fold_walked_in(docs: Overlay, event: Event) -> None:
    """Somebody who had no seat: attends, and was not expected."""
    data = event.data
    docs.put("signups", {"id": data["signup"], "size": len(data["party"]), "confirmed": False})
    before = _presence(docs, data["session"], data["party"][0]["person"])
    _put(docs, event, before, {**before, **_hours(event), "attended": True, "walked_in": True})


def fold_hours(docs: Overlay, event: Event) -> None:
    """Gone, corrected or counted again: the hours as they stand now, and whether the attendance does."""
    before = _presence(docs, event.data["session"], event.data["person"])
    _put(docs, event, before, {**before, **_hours(event), "attended": event.data.get("attended", before["attended"])})


def fold_undone(docs: Overlay, event: Event) -> None:
    """Who did not simply come after all is expected like everybody else, should they sign up."""
    before = _presence(docs, event.data["session"], event.data["person"])
    attended = event.data["attended"]
    walked_in = before["walked_in"] and attended
    _put(docs, event, before, {**before, **_hours(event), "attended": attended, "walked_in": walked_in})


def _hours(event: Event) -> dict[str, Any]:
    """As told; the first entries told of none."""
    return {name: event.data[name] for name in ("minutes", "hours") if name in event.data}


def _presence(docs: Overlay, session: str, person: str) -> Doc:
    id = f"{session}:{person}"
    return docs.get("presences", id) or {"id": id, "session": session, "person": person, **ABSENT}


def _put(docs: Overlay, event: Event, before: Doc, after: Doc) -> None:
    docs.put("presences", after)
    session = docs.the("sessions", after["session"])
    old, new = figures_of(before), figures_of(after)
    changes = {name: change for name, change in cells.difference(old, new).items() if change}
    if "person_times" in changes:
        _count_person(docs, after["person"], session, changes["person_times"])
    if changes:
        count(docs, event, session, changes)


def figures_of(presence: Doc) -> cells.Figures:
    """What it contributes to its session."""
    attended = int(presence["attended"])
    return {
        "person_times": attended,
        "turned_up": attended and int(not presence["walked_in"]),
        f"service_minutes_{presence['hours']}": presence["minutes"],
    }


def _count_person(docs: Overlay, person: str, session: Doc, change: int) -> None:
    """One person more (1) or less (-1) in the cells in which no other session of theirs is."""
    id = f"{person}:{session['day'][:4]}"
    year = docs.get("person_years", id) or {"id": id, "places": [], "attended": []}
    others = [line for line in year["attended"] if not line.startswith(f"{session['id']} ")]
    known = {cell for line in others for cell in cells_of_line(year, line)}
    only_here = tuple(cell for cell in cells_at(session) if cell not in known) if known else cells_at(session)
    cells.add(docs, cells.ACTIVITIES, only_here, {"unique_participants": change})
    docs.put("person_years", _with(year, session) if change > 0 else {**year, "attended": others})


def _with(year: Doc, session: Doc) -> Doc:
    """A line is "session day place": where people go is few places, told once and named by number."""
    place = "|".join((session["community"], *session["values"]))
    places = year["places"] if place in year["places"] else [*year["places"], place]
    line = f"{session['id']} {session['day']} {places.index(place)}"
    return {**year, "places": places, "attended": [*year["attended"], line]}


def cells_of_line(year: Doc, line: str) -> tuple[str, ...]:
    _, day, place = line.split(" ")
    community, *values = year["places"][int(place)].split("|")
    return cells.cells_of(community, day, *values)


OWN: Folds = {
    "checked_in.v1": fold_entered,
    "walked_in.v1": fold_walked_in,
    "checked_out.v1": fold_hours,
    "check_undone.v1": fold_undone,
    "hours_corrected.v1": fold_hours,
    "hours_recounted.v1": fold_hours,
}
