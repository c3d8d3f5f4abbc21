"""How what belongs to two things is named."""

from schemas.documents import Json


def holder(request: Json) -> str:
    """Who holds what was asked for: the session, or the activity from the time it had but one."""
    return str(request.get("session", request["activity"]))


def usage_id(offering: str, period: str) -> str:
    """Of how much of the offering is used in one of its periods."""
    return f"{offering}:{period}"


def booking_id(holder: str, offering: str) -> str:
    """One holder has an offering once."""
    return f"{holder}:{offering}"


def turn_id(division: str, unit: str) -> str:
    """Of when the unit chaired last, in that division."""
    return f"{division}:{unit}"
