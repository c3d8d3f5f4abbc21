"""A party: who comes by one sign-up."""

from schemas.documents import Json


def people_of(signup: Json) -> list[str]:
    """Who is in its party."""
    return [member["person"] for member in signup["party"]]
