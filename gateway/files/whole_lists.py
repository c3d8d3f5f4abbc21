"""All of a list, page by page, up to a bound."""

from collections.abc import Iterator

from gateway.edge.asker import Asker
from schemas.documents import Json
from schemas.paging import Paged
from services.kit.clock import give_way

MOST = 10_000  # Some seconds of writing.
PER_PAGE = 100
PAGING = tuple(Paged().fields)


def documents(
    asker: Asker, service: str, question: str, filters: Json
) -> Iterator[Json | None]:
    """The first `MOST` documents of a list, and None after them when there are more. Raises a `Problem`."""
    after, count = None, 0
    while count < MOST:
        paging = {"after": after, "limit": PER_PAGE}
        page = asker.ask(service, question, filters | paging)
        yield from page["items"]
        after, count = page["next"], count + PER_PAGE
        if after is None:
            return
        give_way()
    yield None


def those_there(documents: list[Json | None]) -> list[Json]:
    """Without the None that says there are more."""
    return [document for document in documents if document is not None]
