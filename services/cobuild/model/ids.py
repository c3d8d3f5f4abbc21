"""How what belongs to two things is named."""

from schemas.documents import Json


def holder(request: Json) -> str:
    """Who holds what was asked for: the session, or the activity from the time it had but one."""
    return str(request.get("session", request["activity"]))


def usage_id(offering: str, period: str) -> str:
    return f"{offering}:{period}"


def booking_id(holder: str, offering: str) -> str:
    return f"{holder}:{offering}"


def turn_id(division: str, unit: str) -> str:
    return f"{division}:{unit}"
