"""The documents of a range of ids, a batch at a time."""

from collections.abc import Iterator
from dataclasses import replace

from schemas.documents import Json
from services.kit.views import Find, Reads

BATCH = 1000


def starting(
    views: Reads,
    collection: str,
    prefix: str,
    last: str | None = None,
    after: str | None = None,
    batch: int = BATCH,
) -> Iterator[Json]:
    """The documents whose ids begin with `prefix`, or lie from it to those that begin with `last`; by id.

    A prefix ends with a colon. `after` is the id to begin after; `batch` are read at a time.
    """
    beyond = f"{(last or prefix)[:-1]};"  # The next character after the colon.
    within = Find(collection, {}, "id", since=prefix, until=beyond, limit=batch)
    place = (after, after) if after else None
    while docs := views.find(replace(within, after=place)):
        yield from docs
        if len(docs) < batch:
            return
        last_id = docs[-1]["id"]
        place = last_id, last_id
