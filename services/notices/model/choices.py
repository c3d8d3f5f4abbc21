"""What people have chosen, and what holds for who has chosen nothing."""

from schemas.documents import Json
from services.kit.views import Reads

DEFAULTS: Json = {
    "language": "zh",
    "digest": True,
    "wanted": [],
    "notes": {},
    "given": [],
}


def of_person(docs: Reads, person: str) -> Json:
    """`{id, language, digest, wanted, notes, given}`: what somebody has chosen, else what holds for all."""
    return docs.get("choices", person) or DEFAULTS | {"id": person}
