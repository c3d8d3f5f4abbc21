"""People at sessions: who attended, for how long, and where that makes one person more.

A person's year is one document with a line for each session attended in it: from it follows exactly in which cells an
attendance is the person's only one, when it is added and when it is taken back.
"""

from typing import Any

from schemas.activities.roles import HELPER, PARTICIPANT
from schemas.documents import Json
from schemas.persons import principal
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds import cells, presences, signers
from services.metrics.folds.presences import presence, signer
from services.metrics.folds.sessions import cells_at, count

COLLECTIONS = (*presences.COLLECTIONS, Collection("person_years"))

# What somebody answers for when these figures of theirs change.
ANSWERED = {
    "person_times": "present", "turned_up": "turned_up", "helper_times": "helping", "participant_times": "taking_part",
}  # fmt: skip

Cells = tuple[str, ...]
APART = "\x1f"  # Stands in no name.


def fold_entered(docs: Overlay, event: Event) -> None:
    """Back in after leaving is the same attendance."""
    before = presence(docs, event.data["session"], event.data["person"])
    _put(docs, event, before, {**before, **_told(event.data), "attended": True})


def fold_walked_in(docs: Overlay, event: Event) -> None:
    """Somebody who had no seat: attends, and was not expected."""
    data = event.data
    person = data["party"][0]["person"]
    docs.put(
        "signups",
        {
            "id": data["signup"],
            "by": principal(person),
            "size": len(data["party"]),
            "confirmed": False,
        },
    )
    before = presence(docs, data["session"], person)
    _put(
        docs,
        event,
        before,
        {**before, **_told(event.data), "attended": True, "walked_in": True},
    )


def fold_hours(docs: Overlay, event: Event) -> None:
    """Gone, corrected or counted again: the hours as they stand now, and whether the attendance does."""
    before = presence(docs, event.data["session"], event.data["person"])
    _put(
        docs,
        event,
        before,
        {
            **before,
            **_told(event.data),
            "attended": event.data.get("attended", before["attended"]),
        },
    )


def fold_settled(docs: Overlay, event: Event) -> None:
    """Those who did not check out, each with what was counted for them."""
    for one in event.data["people"]:
        before = presence(docs, event.data["session"], one["person"])
        _put(docs, event, before, {**before, **_told(one)})


def fold_roles_changed(docs: Overlay, event: Event) -> None:
    """Those of whom somebody said afterwards that they helped, or that they did not."""
    for one in event.data["people"]:
        before = presence(docs, event.data["session"], one["person"])
        _put(docs, event, before, {**before, **_told(one)})


def fold_undone(docs: Overlay, event: Event) -> None:
    """Who did not simply come after all is expected like everybody else, should they sign up."""
    before = presence(docs, event.data["session"], event.data["person"])
    attended = event.data["attended"]
    walked_in = before["walked_in"] and attended
    _put(
        docs,
        event,
        before,
        {**before, **_told(event.data), "attended": attended, "walked_in": walked_in},
    )


def _told(data: Json) -> dict[str, Any]:
    """For how long, and as what. The first entries told of no minutes, and of nobody who helped."""
    hours: Json = {name: data[name] for name in ("minutes", "hours") if name in data}
    return {**hours, "role": data.get("role", PARTICIPANT)}


def _put(docs: Overlay, event: Event, before: Json, after: Json) -> None:
    session = docs.the("sessions", after["session"])
    old, new = figures_of(before), figures_of(after)
    changes = {
        name: change for name, change in cells.difference(old, new).items() if change
    }
    if "person_times" in changes:
        after = {**after, "signer": signer(docs, after)}
        _count_person(docs, after, session, changes["person_times"])
    docs.put("presences", after)
    if changes:
        count(docs, event, session, changes, _answered(after, changes))


def _answered(after: Json, changes: cells.Figures) -> signers.Answers:
    """What the one who answers for the person answers for now; minutes are nobody's."""
    more = {
        name: changes[figure] for figure, name in ANSWERED.items() if figure in changes
    }
    return {after["signer"]: more} if more else {}


def figures_of(presence: Json) -> cells.Figures:
    """What it contributes to its session."""
    attended, helps = int(presence["attended"]), presence["role"] == HELPER
    return {
        "person_times": attended,
        "helper_times" if helps else "participant_times": attended,
        "turned_up": attended and int(not presence["walked_in"]),
        f"service_minutes_{presence['hours']}"
        if helps
        else "attended_minutes": presence["minutes"],
    }


def _count_person(docs: Overlay, there: Json, session: Json, change: int) -> None:
    """One person more (1) or less (-1) in the cells in which no other session of theirs is; and one signer."""
    person, signer = there["person"], there["signer"]
    before = _year(docs, person, session)
    only_here = _new_cells(
        before, session, (_without(before, "attended", session["id"]),)
    )
    cells.add(docs, cells.ACTIVITIES, only_here, {"unique_participants": change})
    docs.put(
        "person_years", _changed(before, "attended", session, session["id"], change)
    )
    if signer != person:
        _bring(docs, there, session, change, only_here)
    elif "brought" in before or "led" in before:
        _count_signers(
            docs,
            change,
            only_here,
            _new_cells(before, session, _answered_for(before, session["id"])),
        )


def _bring(
    docs: Overlay, there: Json, session: Json, change: int, only_here: Cells
) -> None:
    """Somebody comes, or does not, with the signer, who counts once however many come with them."""
    line = f"{session['id']}~{there['person']}"
    own = _year(docs, there["person"], session)
    docs.put("person_years", _changed(own, "led", session, session["id"], change))
    year = _year(docs, there["signer"], session)
    _count_signers(
        docs, change, only_here, _new_cells(year, session, _answered_for(year, line))
    )
    docs.put("person_years", _changed(year, "brought", session, line, change))


def _count_signers(docs: Overlay, change: int, people: Cells, signers: Cells) -> None:
    """Where it is a person more and no signer more, that is excess; and the reverse."""
    cells.add(
        docs,
        cells.EXCESS,
        tuple(set(people) - set(signers)),
        {"unique_participants": change},
    )
    cells.add(
        docs,
        cells.EXCESS,
        tuple(set(signers) - set(people)),
        {"unique_participants": -change},
    )


def _answered_for(year: Json, but: str) -> tuple[list[str], ...]:
    """The lines of all for whom the person answers in the year, but for one: their own and those they brought."""
    led = {line.split(" ")[0] for line in year.get("led", ())}
    own = [
        line
        for line in _without(year, "attended", but)
        if line.split(" ")[0] not in led
    ]
    return own, _without(year, "brought", but)


def _year(docs: Overlay, person: str, session: Json) -> Json:
    id = f"{person}:{session['day'][:4]}"
    return docs.get("person_years", id) or {"id": id, "places": [], "attended": []}


def _without(year: Json, field: str, name: str) -> list[str]:
    return [line for line in year.get(field, ()) if not line.startswith(f"{name} ")]


def _new_cells(year: Json, session: Json, others: tuple[list[str], ...]) -> Cells:
    """The session's cells that none of the other lines is in."""
    known = {
        cell for lines in others for line in lines for cell in cells_of_line(year, line)
    }
    return (
        tuple(cell for cell in cells_at(session) if cell not in known)
        if known
        else cells_at(session)
    )


def _changed(year: Json, field: str, session: Json, name: str, change: int) -> Json:
    """With one line more or less. A line is "name day place": where people go is few places, named by number."""
    others = _without(year, field, name)
    if change < 0:
        return {**year, field: others}
    place = APART.join((session["community"], *session["values"]))
    places = year["places"] if place in year["places"] else [*year["places"], place]
    return {
        **year,
        "places": places,
        field: [*others, f"{name} {session['day']} {places.index(place)}"],
    }


def cells_of_line(year: Json, line: str) -> Cells:
    _, day, place = line.split(" ")
    community, *values = year["places"][int(place)].split(APART)
    return cells.cells_of(community, day, *values)


OWN: Folds = {
    "checked_in.v1": fold_entered,
    "walked_in.v1": fold_walked_in,
    "checked_out.v1": fold_hours,
    "check_undone.v1": fold_undone,
    "hours_corrected.v1": fold_hours,
    "hours_recounted.v1": fold_hours,
    "hours_settled.v1": fold_settled,
    "roles_changed.v1": fold_roles_changed,
}
