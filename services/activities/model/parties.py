"""A party: who comes by one sign-up."""

from schemas.documents import Json
from schemas.persons import principal


def people_of(signup: Json) -> list[str]:
    """Who is in its party."""
    return [member["person"] for member in signup["party"]]


def concerned(signup: Json) -> list[str]:
    """Who made it, and who is in its party or has brought a guest along."""
    return [signup["by"], *map(principal, people_of(signup))]
