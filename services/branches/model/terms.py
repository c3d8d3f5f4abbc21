"""Terms of office, the secretary's and the committee's, and other periods of days."""

from datetime import timedelta

from schemas.documents import Json

WARNED_BEFORE = timedelta(days=90)


def in_force(period: Json, day: str) -> bool:
    """True when `day` lies in a link's or term's days, the last included."""
    return bool(period["since"] <= day <= period.get("until", day))


def secretary_on(branch: Json, day: str) -> str | None:
    """The person who is its secretary that day, None when the office is vacant."""
    for term in branch["terms"]:
        if in_force(term, day):
            return str(term["person"])
    return None
