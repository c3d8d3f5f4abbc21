"""How what belongs to two things is named."""


def usage_id(offering: str, period: str) -> str:
    return f"{offering}:{period}"


def booking_id(holder: str, offering: str) -> str:
    return f"{holder}:{offering}"


def turn_id(division: str, unit: str) -> str:
    return f"{division}:{unit}"
