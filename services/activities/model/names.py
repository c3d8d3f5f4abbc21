"""What hosts and places are called, as far as their services have told."""

from schemas.documents import Json
from services.kit.views import Reads

COLLECTIONS = {
    "branch": "branches",
    "unit": "units",
    "partner": "partners",
    "community": "divisions",
}


def name_of(docs: Reads, party: str, field: str) -> Json:
    """`{field: name}` of a host (`branch/B1`) or a division code; nothing when it is not known."""
    kind, _, id = party.partition("/")
    collection = COLLECTIONS[kind] if id else "divisions"
    doc = docs.get(collection, id or party)
    return {field: doc["name"]} if doc and "name" in doc else {}


def called(docs: Reads, party: str) -> str:
    """The host or place in quotes; as it was named where its name is not known, or not released."""
    named = name_of(docs, party, "name")
    return f"“{named['name']}”" if named else f" {party} "
