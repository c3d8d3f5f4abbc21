"""Who sits where, what is free in a seating, and whether it is somebody's already."""

from schemas.documents import Json
from services.kit.views import Reads

POOLS = ("online", "offline")


def seat_id(session: str, person: str) -> str:
    return f"{session}:{person}"


def seat_of(docs: Reads, session: Json, person: str) -> Json | None:
    """The person's seat in the session, in whatever state; None when they never had any."""
    return docs.get("seats", seat_id(session["id"], person))


def free_for(pool: str, seating: Json, now: str) -> int:
    """How many seats a party of that pool may have now."""
    free = seating["capacity"] - seating["taken"] - seating["offered"]
    if pool != "walk_in":
        free -= _still_kept(seating, "walk_in")
    if pool == "online" and now < seating["frees_at"]:
        free -= _still_kept(seating, "offline")
    return int(free)


def _still_kept(seating: Json, pool: str) -> int:
    left = seating[f"kept_{pool}"] - seating[f"taken_{pool}"]
    return max(0, int(left))


def is_being_settled(seating: Json, now: str) -> bool:
    """Whether seats are free that those who wait have not been given yet: nobody may overtake them."""
    return bool(seating.get("settle_at", now + "~") <= now)
