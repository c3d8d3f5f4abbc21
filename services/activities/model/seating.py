"""Who sits where, what is free in a seating, and whether it is somebody's already."""

from typing import cast

from schemas.documents import Json
from services.activities.model.documents import Seating
from services.kit.views import Reads

POOLS = ("online", "offline")


def seat_id(session: str, person: str) -> str:
    """Somebody has one seat at a session."""
    return f"{session}:{person}"


def seat_of(docs: Reads, session: Json, person: str) -> Json | None:
    """The person's seat in the session, in whatever state; None when they never had any, or it is another's now."""
    seat = docs.get("seats", seat_id(session["id"], person))
    return None if seat is None or "person" not in seat else seat


def seat_at(docs: Reads, session: str, person: str) -> Json:
    """The seat at the session of that id. Raises `KeyError` when the person never had any."""
    return docs.the("seats", seat_id(session, person))


def its_session(docs: Reads, signup: Json) -> Json:
    """The session that a sign-up, or a seat, is for."""
    return docs.the("sessions", signup["session"])


def seating_at(docs: Reads, id: str) -> Seating:
    """The seating by its id. Raises `KeyError` when the session was never published."""
    return cast(Seating, docs.the("seatings", id))


def free_for(pool: str, seating: Seating | Json, now: str) -> int:
    """How many seats a party of that pool may have now."""
    free = int(seating["capacity"] - seating["taken"] - seating["offered"])
    if pool != "walk_in":
        free -= max(0, seating["kept_walk_in"] - seating["taken_walk_in"])
    if pool == "online" and now < seating["frees_at"]:
        free -= max(0, seating["kept_offline"] - seating["taken_offline"])
    return free


def is_being_settled(seating: Seating | Json, now: str) -> bool:
    """Whether seats are free that those who wait have not been given yet: nobody may overtake them."""
    settle_at = seating.get("settle_at")
    return settle_at is not None and settle_at <= now
