"""What metrics remembers: for every fact what it last contributed, and the cells those contributions add up to.

A cell is one scope (community, street or district) in one period (day, month, quarter or year) for all
activities, one category or one host. Every fold adds *new − old* to the cells a session belongs to.
"""

from datetime import datetime
from functools import lru_cache

from services.kit import territory
from services.kit.calendar import local_day
from services.kit.log import Event
from services.kit.views import Collection, Doc, Fold, Folds, Overlay
from services.metrics.periods import periods_of

COLLECTIONS = (
    Collection("cells", (("id",),)),  # An id is scope:period:dimension:value, so those of a dimension stand together.
    Collection("sessions"),
    Collection("signups"),
    Collection("presences"),
    Collection("person_years"),
    Collection("branches"),
    Collection("units"),
    Collection("partners"),
    territory.DIVISIONS,
)

COUNTED = (
    "person_times", "unique_participants",
    "service_minutes_scanned", "service_minutes_backfilled", "service_minutes_adjusted",
    "sessions_held", "capacity", "confirmed", "attended", "no_shows", "ratings", "satisfied",
)  # fmt: skip
KEYS = ("scope", "period", "dimension", "value")


@lru_cache(20_000)
def cells_of(community: str, day: str, category: str, host: str) -> tuple[str, ...]:
    """The cells that a day, community, category and host belong to."""
    return tuple(
        f"{scope}:{period}:{of}"
        for scope in territory.scopes_of(community)
        for period in periods_of(day)
        for of in ("all:", f"category:{category}", f"host:{host}")
    )


def cells_at(facts: Doc) -> tuple[str, ...]:
    return cells_of(facts["community"], facts["day"], facts["category"], facts["host"])


def empty(cell: str) -> Doc:
    return {"id": cell, **dict(zip(KEYS, cell.split(":"), strict=True)), **dict.fromkeys(COUNTED, 0)}


def add(docs: Overlay, cells: tuple[str, ...], figures: dict[str, int]) -> None:
    """Adds to the cells; what is zero is not written."""
    figures = {figure: change for figure, change in figures.items() if change}
    if figures:
        docs.add("cells", cells, figures, empty)


def fold_published(docs: Overlay, event: Event) -> None:
    data = event.data
    session = {
        "id": data["session"],
        "day": local_day(datetime.fromisoformat(data["starts_at"])),
        **{name: data[name] for name in ("community", "category", "host", "capacity")},
        "held": False,
        "confirmed": 0,
        "attended": 0,
        "late": 0,
    }
    docs.put("sessions", session)


def fold_closed(docs: Overlay, event: Event) -> None:
    _recount(docs, docs.the("sessions", event.data["session"]), {"held": True})


def fold_signed_up(docs: Overlay, event: Event) -> None:
    """Confirmed or waitlisted."""
    data = event.data
    persons = [member["person"] for member in data["party"]]
    confirmed = event.type == "signup_confirmed.v1"
    docs.put("signups", {"id": data["signup"], "persons": persons, "confirmed": confirmed})
    if confirmed:
        _change_counts(docs, docs.the("sessions", data["session"]), confirmed=len(persons))


def fold_signup_cancelled(docs: Overlay, event: Event) -> None:
    data = event.data
    given_up = docs.the("signups", data["signup"])
    freed = len(given_up["persons"]) if given_up["confirmed"] else 0
    docs.put("signups", {**given_up, "confirmed": False})
    taken = 0
    for id in data["promoted"]:
        group = docs.the("signups", id)
        docs.put("signups", {**group, "confirmed": True})
        taken += len(group["persons"])
    session = docs.the("sessions", data["session"])
    _change_counts(docs, session, confirmed=taken - freed, late=freed if data["late"] else 0)


def fold_checked_in(docs: Overlay, event: Event) -> None:
    session_id, person = event.data["session"], event.data["person"]
    if docs.get("presences", f"{session_id}:{person}") is not None:
        return  # Back in after leaving: the same attendance.
    docs.put("presences", {"id": f"{session_id}:{person}", "minutes": 0, "hours": "scanned"})
    session = docs.the("sessions", session_id)
    add(docs, cells_at(session), {"person_times": 1})
    add(docs, _new_for(docs, person, session), {"unique_participants": 1})
    _change_counts(docs, session, attended=1)


def _new_for(docs: Overlay, person: str, session: Doc) -> tuple[str, ...]:
    """The cells in which this attendance is the person's first; remembers it for the next."""
    id = f"{person}:{session['day'][:4]}"
    year = docs.get("person_years", id) or {"id": id, "attended": []}
    fact = {name: session[name] for name in ("day", "community", "category", "host")}
    docs.put("person_years", {**year, "attended": [*year["attended"], fact]})
    cells = cells_at(session)
    known = set().union(*map(cells_at, year["attended"]))
    return tuple(cell for cell in cells if cell not in known) if known else cells


def fold_checked_out(docs: Overlay, event: Event) -> None:
    data = event.data
    id = f"{data['session']}:{data['person']}"
    presence = docs.the("presences", id)
    changes = {f"service_minutes_{presence['hours']}": -presence["minutes"]}
    figure = f"service_minutes_{data['hours']}"
    changes[figure] = changes.get(figure, 0) + data["minutes"]
    docs.put("presences", {**presence, "minutes": data["minutes"], "hours": data["hours"]})
    add(docs, cells_at(docs.the("sessions", data["session"])), changes)


def fold_rated(docs: Overlay, event: Event) -> None:
    session = docs.the("sessions", event.data["session"])
    add(docs, cells_at(session), {"ratings": 1, "satisfied": int(event.data["score"] >= 4)})


def _change_counts(docs: Overlay, session: Doc, **changes: int) -> None:
    _recount(docs, session, {name: session[name] + change for name, change in changes.items()})


def _recount(docs: Overlay, before: Doc, changes: Doc) -> None:
    """Puts the session with `changes`, and what that changes in its cells once it is held."""
    after = {**before, **changes}
    docs.put("sessions", after)
    if after["held"]:
        old, new = _held(before), _held(after)
        add(docs, cells_at(after), {figure: new[figure] - old[figure] for figure in new})


def _held(session: Doc) -> dict[str, int]:
    """What a session contributes as a whole: nothing before it is held."""
    if not session["held"]:
        return dict.fromkeys(("sessions_held", "capacity", "confirmed", "attended", "no_shows"), 0)
    return {
        "sessions_held": 1,
        "capacity": session["capacity"],
        "confirmed": session["confirmed"],
        "attended": session["attended"],
        "no_shows": session["confirmed"] - session["attended"] + session["late"],
    }


def fold_name(collection: str, field: str) -> Fold:
    """Remembers what a host is called."""

    def fold(docs: Overlay, event: Event) -> None:
        docs.put(collection, {"id": event.data[field], "name": event.data["name"]})

    return fold


FOLDS: dict[str, Folds] = {
    "activities": {
        "activity_published.v1": fold_published,
        "activity_closed.v1": fold_closed,
        "signup_confirmed.v1": fold_signed_up,
        "signup_waitlisted.v1": fold_signed_up,
        "signup_cancelled.v1": fold_signup_cancelled,
        "checked_in.v1": fold_checked_in,
        "checked_out.v1": fold_checked_out,
        "activity_rated.v1": fold_rated,
    },
    "branches": {**territory.DIVISION_FOLDS, "branch_established.v1": fold_name("branches", "branch")},
    "cobuild": {"unit_registered.v1": fold_name("units", "unit"), "unit_updated.v1": fold_name("units", "unit")},
    "partners": {
        "partner_applied.v1": fold_name("partners", "partner"),
        "partner_reapplied.v1": fold_name("partners", "partner"),
    },
}
