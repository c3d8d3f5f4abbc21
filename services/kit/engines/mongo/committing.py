"""How documents are committed without transactions: the cursor holds what is still to be written."""

from pymongo.collection import Collection as Documents
from pymongo.errors import (
    BulkWriteError,
)

from schemas.documents import Json
from services.kit.cursors import UNMARKED, Mark
from services.kit.engines.mongo.asking import DUPLICATE

MOST_REPLACED = (
    50  # In one operation, so that it ends in time where each takes a while.
)
MOST_IN_A_CURSOR = 5_000  # Documents beside a cursor; more go to the journal, for no document may exceed 16 MB.
Write = Json  # {"into": collection, "doc": document}


def insert_new(documents: Documents[Json], docs: list[Json]) -> list[Json]:
    """Inserts the documents whose `_id` is not there yet, and returns the others.

    Trying to insert what is there costs more than looking first; what another process inserts meanwhile fails alone.
    """
    there = {
        doc["_id"]
        for doc in documents.find(
            {"_id": {"$in": [doc["_id"] for doc in docs]}}, {"_id": 1}
        )
    }
    known = [doc for doc in docs if doc["_id"] in there]
    new = [doc for doc in docs if doc["_id"] not in there]
    try:
        if new:
            documents.insert_many(new, ordered=False)
    except BulkWriteError as error:
        failed = error.details["writeErrors"]
        if any(failure["code"] != DUPLICATE for failure in failed):
            raise
        known += [new[failure["index"]] for failure in failed]
    return known


def new_cursor(id: str) -> Json:
    """One at the beginning of a log, with nothing still to be written."""
    return {"_id": id, "position": 0, "writes": [], "journal": []}


def mark_of(cursor: Json) -> Mark:
    """Versions before move the cursor and leave the mark of another place behind."""
    marked = cursor.get("mark") or {}
    return (
        Mark(marked["event"], marked["types"])
        if marked.get("position") == cursor["position"]
        else UNMARKED
    )


def cursor_id(generation: int, source: str) -> str:
    """Under which the cursor of a source is kept, in each generation apart."""
    return f"g{generation}:{source}"
