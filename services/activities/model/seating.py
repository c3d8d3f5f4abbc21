"""What is free in a seating, and whether it is somebody's already."""

from schemas.documents import Json

POOLS = ("online", "offline")


def free_for(pool: str, seating: Json, now: str) -> int:
    """How many seats a party of that pool may have now."""
    free = seating["capacity"] - seating["taken"] - seating["offered"]
    if pool != "walk_in":
        free -= _still_kept(seating, "walk_in")
    if pool == "online" and now < seating["frees_at"]:
        free -= _still_kept(seating, "offline")
    return int(free)


def _still_kept(seating: Json, pool: str) -> int:
    return max(0, int(seating[f"kept_{pool}"] - seating[f"taken_{pool}"]))


def is_being_settled(seating: Json, now: str) -> bool:
    """Whether seats are free that those who wait have not been given yet: nobody may overtake them."""
    return bool(seating.get("settle_at", now + "~") <= now)
