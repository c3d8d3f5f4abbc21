"""Under what it is counted how much of a kind somebody has begun and has open."""

from schemas.documents import Json
from services.district.tallies import share

NOTHING: Json = {"day": "", "times": 0, "open": 0}


def need_tally(need: Json) -> str:
    """Whom a need counts for: whose it is, or the worker who raised it for the place."""
    if "beneficiary" not in need:
        return f"need_of_place/{need['by']}"
    return share("need", need["beneficiary"], need["by"])


def talk_tally(commitment: str, by: str) -> str:
    return f"talk/{commitment}/{by}"


def unit_tally(by: str) -> str:
    return f"unit/{by}"
