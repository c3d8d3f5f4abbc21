"""A person's record: their attendances are an index of seats; beside it stand the totals of each year and place."""

from schemas.activities.roles import HELPER
from schemas.documents import Json
from schemas.persons import is_guest
from services.activities.model.attendance import ALL
from services.kit.views import Collection, Overlay

COLLECTIONS = (Collection("years", (("person", "scope", "year"), ("id",))),)
CLASSES = ("scanned", "backfilled", "adjusted")
EMPTY = {"attendances": 0, "minutes": 0, **{f"minutes_{each}": 0 for each in CLASSES}}


def put_seat(docs: Overlay, seat: Json) -> None:
    """The seat, and in the counts and totals what it contributes now instead of what it did before."""
    before = docs.the("seats", seat["id"])
    docs.put("seats", seat)
    if any(seat[name] != before[name] for name in ("attended", "minutes", "role")):
        _count(docs, before, seat)
    if _contribution(seat) != _contribution(before):
        _add(docs, before, -1)
        _add(docs, seat, 1)


def _count(docs: Overlay, before: Json, after: Json) -> None:
    """How many came to where they sat, how many of them without having signed up, and for how long."""
    more = int(after["attended"]) - int(before["attended"])
    signup = docs.the("signups", after["signup"])
    changes = {
        "attended": more,
        "attended_walk_in": more if signup["pool"] == "walk_in" else 0,
        "minutes": _served(after) - _served(before),
        "attended_minutes": (after["minutes"] - _served(after))
        - (before["minutes"] - _served(before)),
    }
    seating = docs.the("seatings", signup["seating"])
    docs.put(
        "seatings",
        {
            **seating,
            **{name: seating[name] + change for name, change in changes.items()},
        },
    )


def _served(seat: Json) -> int:
    return int(seat["minutes"]) if seat["role"] == HELPER else 0


def _add(docs: Overlay, seat: Json, sign: int) -> None:
    ids, figures = _contribution(seat)
    docs.add(
        "years",
        ids,
        {figure: sign * value for figure, value in figures.items()},
        _empty,
    )


def _contribution(seat: Json) -> tuple[tuple[str, ...], dict[str, int]]:
    """What a seat adds, and to which totals; a class of a later version is counted in the whole alone.

    Only who helps serves. A guest has no record: whoever named them is no witness of what somebody has done.
    """
    if "recorded" not in seat or seat["role"] != HELPER or is_guest(seat["person"]):
        return (), {}
    scopes = (ALL, *(seat[place] for place in ("community", "street", "district")))
    ids = tuple(f"{seat['person']}:{seat['year']}:{scope}" for scope in scopes)
    by_class = (
        {f"minutes_{seat['hours']}": seat["minutes"]}
        if seat["hours"] in CLASSES
        else {}
    )
    return ids, {"attendances": 1, "minutes": seat["minutes"], **by_class}


def _empty(id: str) -> Json:
    person, year, scope = id.split(":")
    return {"id": id, "person": person, "year": year, "scope": scope, **EMPTY}
