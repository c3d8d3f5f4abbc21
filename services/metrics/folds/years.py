"""A person's year: one document with a line for each session attended in it.

From it follows exactly in which cells an attendance is the person's only one, when it is added and when it is taken
back.
"""

from schemas.documents import Json
from services.kit.views import Overlay
from services.metrics.folds import cells
from services.metrics.folds.session_figures import cells_at

Cells = tuple[str, ...]
APART = "\x1f"  # Stands in no name.


def count_person(docs: Overlay, there: Json, session: Json, change: int) -> None:
    """One person more (1) or less (-1) in the cells in which no other session of theirs is; and one signer."""
    id = session["id"]
    person = there["person"]
    before = _year(docs, person, session)
    only_here = _new_cells(before, session, _others(before, "attended", id))
    cells.add(docs, cells.ACTIVITIES, only_here, {"unique_participants": change})
    docs.put("person_years", _changed(before, "attended", session, id, change))
    if there["signer"] != person:
        _bring(docs, there, session, change, only_here)
    elif "brought" in before or "led" in before:
        of_signer = _new_cells(before, session, _answered_for(before, id))
        _count_signers(docs, change, only_here, of_signer)


def _bring(
    docs: Overlay, there: Json, session: Json, change: int, only_here: Cells
) -> None:
    """Somebody comes, or does not, with the signer, who counts once however many come with them."""
    id = session["id"]
    person = there["person"]
    line = f"{id}~{person}"
    own = _year(docs, person, session)
    docs.put("person_years", _changed(own, "led", session, id, change))
    year = _year(docs, there["signer"], session)
    of_signer = _new_cells(year, session, _answered_for(year, line))
    _count_signers(docs, change, only_here, of_signer)
    docs.put("person_years", _changed(year, "brought", session, line, change))


def _count_signers(docs: Overlay, change: int, people: Cells, signers: Cells) -> None:
    """Where it is a person more and no signer more, that is excess; and the reverse."""
    more = set(people) - set(signers)
    fewer = set(signers) - set(people)
    cells.add(docs, cells.EXCESS, tuple(more), {"unique_participants": change})
    cells.add(docs, cells.EXCESS, tuple(fewer), {"unique_participants": -change})


def _answered_for(year: Json, but: str) -> list[str]:
    """The lines of all for whom the person answers in the year, but for one: their own and those they brought."""
    led = {_name(line) for line in year.get("led", ())}
    attended = _others(year, "attended", but)
    own = [line for line in attended if _name(line) not in led]
    return own + _others(year, "brought", but)


def _year(docs: Overlay, person: str, session: Json) -> Json:
    id = f"{person}:{session['day'][:4]}"
    return docs.get("person_years", id) or {
        "id": id,
        "places": [],
        "attended": [],
    }


def _others(year: Json, field: str, name: str) -> list[str]:
    """Its lines but for the one of that name."""
    return [line for line in year.get(field, ()) if not line.startswith(f"{name} ")]


def _new_cells(year: Json, session: Json, others: list[str]) -> Cells:
    """The session's cells that none of the other lines is in."""
    there = cells_at(session)
    if not others:
        return there
    known = set[str]()
    for line in others:
        known.update(cells_of_line(year, line))
    return tuple(cell for cell in there if cell not in known)


def _changed(year: Json, field: str, session: Json, name: str, change: int) -> Json:
    """With one line more or less. A line is "name day place": where people go is few places, named by number."""
    others = _others(year, field, name)
    if change < 0:
        return year | {field: others}
    place = APART.join((session["community"], *session["values"]))
    places = year["places"]
    if place not in places:
        places = [*places, place]
    line = f"{name} {session['day']} {places.index(place)}"
    return year | {"places": places, field: [*others, line]}


def _name(line: str) -> str:
    return line.partition(" ")[0]


def cells_of_line(year: Json, line: str) -> Cells:
    """The ids of the cells in which the attendance of a line counts."""
    _, day, place = line.split(" ")
    community, *values = year["places"][int(place)].split(APART)
    return cells.cells_of(community, day, *values)
