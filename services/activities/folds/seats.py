"""What is remembered of a seat: who sits there by which sign-up, and what was seen of them there."""

from collections.abc import Iterable

from schemas.activities.roles import ROLE_TEXTS
from schemas.documents import Json, pick, pick_present
from services.activities.folds.records import move_seat
from services.activities.model.seating import seat_id
from services.kit.views import Collection, Overlay

HELD = ("host", "district", "street", "community")
COLLECTIONS = (
    Collection(
        "seats",
        (
            ("session", "person"),
            ("session", "role", "person"),
            ("session", "inside", "role", "person"),
            ("person", "starts_at"),
            ("person", "recorded", "starts_at"),
            ("person", "role", "recorded", "starts_at"),
            *(("person", "recorded", held, "starts_at") for held in HELD),
            *(("person", "role", "recorded", held, "starts_at") for held in HELD),
            ("id",),
        ),
    ),
)
# What is known of a person at a session, whatever became of their sign-ups.
NOT_SEEN: Json = {
    "inside_since": None,
    "scans": [],
    "attended": False,
    "minutes": 0,
    "hours": "scanned",
    "score": None,
}
OF_RECORD = ("recorded", "year", *HELD)
OF_THE_DOOR = ("entered", "inside", "contest", "recorded_by", "appraisal", "note")
SEEN = (*NOT_SEEN, *OF_THE_DOOR, *OF_RECORD)
OF_SIGNUP = ("activity", "session", "starts_at", "state", "role", "role_text")


def as_role(role: str) -> Json:
    """`{role, role_text}`."""
    return {"role": role, "role_text": ROLE_TEXTS[role]}


def seat_party(docs: Overlay, signup: Json, party: Iterable[Json]) -> None:
    """A seat for each; what was seen of somebody who had one and gave it up stays, and counts where they sit now."""
    for member in party:
        id = seat_id(signup["session"], member["person"])
        before = docs.get("seats", id) or {}
        seat = NOT_SEEN | pick_present(before, *SEEN)
        seat |= pick(signup, *OF_SIGNUP)
        seat |= pick(member, "person", "relation")
        seat |= pick_present(member, "guardian")
        seat |= {"id": id, "signup": signup["id"]}
        if seat["attended"]:
            move_seat(docs, before, seat)
        else:
            docs.put("seats", seat)


def restate_party(docs: Overlay, signup: Json, state: str) -> None:
    for member in signup["party"]:
        id = seat_id(signup["session"], member["person"])
        docs.change("seats", id, state=state)


def unseat(docs: Overlay, signup: Json, person: str) -> None:
    docs.change("seats", seat_id(signup["session"], person), state="cancelled")
