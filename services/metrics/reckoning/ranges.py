"""The documents of a range of ids, a batch at a time."""

from collections.abc import Iterator

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
    while found := views.find(
        Find(
            collection,
            {},
            "id",
            since=prefix,
            until=beyond,
            after=(after, after) if after else None,
            limit=batch,
        )
    ):
        yield from found
        if len(found) < batch:
            return
        after = found[-1]["id"]
