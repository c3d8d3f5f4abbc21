"""The ids by which what has none of its own is remembered, and what tells a record from another under the same one."""

from schemas.documents import Json, if_any, pick, pick_present


def sent_by(device: str, nonce: str) -> str:
    """What tells a device's record from every other, of any device."""
    return f"{device}:{nonce}"


def said_in(visit: Json) -> Json:
    """What a device says of a visit however often it sends it."""
    said = pick(visit, "door", "outcome", "answers")
    return said | pick_present(visit, "round", "care") | if_any(told=visit.get("told"))


def asked_in(round: str, place: str) -> str:
    """What one door, or one grid, came to in one round."""
    return f"{round}:{place}"


def grid_of(place: Json) -> str:
    """The grid something is in, told from one of the same code in another community."""
    return f"{place['community']}:{place['grid']}"
