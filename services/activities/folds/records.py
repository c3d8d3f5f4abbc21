"""A person's record: their attendances are an index of seats; beside it stand the totals of each year and place."""

from schemas.activities.roles import HELPER
from schemas.documents import Json, without
from schemas.persons import is_guest
from services.activities.model.attendance import ALL
from services.kit.views import Collection, Overlay

COLLECTIONS = (Collection("years", (("person", "scope", "year"), ("id",))),)
CLASSES = ("scanned", "backfilled", "adjusted")
FIGURES = ("attendances", "minutes", *(f"minutes_{each}" for each in CLASSES))
EMPTY: Json = dict.fromkeys(FIGURES, 0)
COUNTED = ("attended", "minutes", "role")

Figures = dict[str, int]


def put_seat(docs: Overlay, seat: Json) -> None:
    """The seat, and in the counts and totals what it contributes now instead of what it did before."""
    before = docs.the("seats", seat["id"])
    docs.put("seats", seat)
    if any(seat[name] != before[name] for name in COUNTED):
        _count(docs, before, seat)
    if _contribution(seat) != _contribution(before):
        _add(docs, before, -1)
        _add(docs, seat, 1)


def move_seat(docs: Overlay, before: Json, after: Json) -> None:
    """The seat as it is of another sign-up: what was seen of it counts there, and no longer where it was."""
    take_out(docs, before)
    docs.put("seats", uncounted(after))
    put_seat(docs, after)


def take_out(docs: Overlay, seat: Json) -> None:
    """Nothing of the seat counts any more."""
    put_seat(docs, uncounted(seat))


def uncounted(seat: Json) -> Json:
    return without(seat, "recorded") | {"attended": False, "minutes": 0}


def _count(docs: Overlay, before: Json, after: Json) -> None:
    """How many came to where they sat, how many of them without having signed up, and for how long."""
    signup = docs.the("signups", after["signup"])
    changes = _changes(before, after)
    if signup["pool"] == "walk_in":
        changes["attended_walk_in"] = changes["attended"]
    seating = docs.the("seatings", signup["seating"])
    counted = {}
    for name, change in changes.items():
        counted[name] = seating[name] + change
    docs.change("seatings", seating["id"], **counted)


def _changes(before: Json, after: Json) -> Figures:
    minutes = after["minutes"] - before["minutes"]
    served = _served(after) - _served(before)
    return {
        "attended": int(after["attended"]) - int(before["attended"]),
        "minutes": served,
        "attended_minutes": minutes - served,
    }


def _served(seat: Json) -> int:
    return int(seat["minutes"]) if seat["role"] == HELPER else 0


def _add(docs: Overlay, seat: Json, sign: int) -> None:
    ids, figures = _contribution(seat)
    changes = {figure: sign * value for figure, value in figures.items()}
    docs.add("years", ids, changes, _empty)


def _contribution(seat: Json) -> tuple[tuple[str, ...], Figures]:
    """What a seat adds, and to which totals; a class of a later version is counted in the whole alone.

    Only who helps serves. A guest has no record: whoever named them is no witness of what somebody has done.
    """
    serves = "recorded" in seat and seat["role"] == HELPER
    if not serves or is_guest(seat["person"]):
        return (), {}
    minutes = seat["minutes"]
    figures = {"attendances": 1, "minutes": minutes}
    if seat["hours"] in CLASSES:
        figures[f"minutes_{seat['hours']}"] = minutes
    return _totals_of(seat), figures


def _totals_of(seat: Json) -> tuple[str, ...]:
    """The ids of the totals of its year: of all places, and of those it was in."""
    of_year = f"{seat['person']}:{seat['year']}"
    scopes = (ALL, seat["community"], seat["street"], seat["district"])
    return tuple(f"{of_year}:{scope}" for scope in scopes)


def _empty(id: str) -> Json:
    person, year, scope = id.split(":")
    return EMPTY | {"id": id, "person": person, "year": year, "scope": scope}
