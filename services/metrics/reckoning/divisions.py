"""The divisions of a scope."""

from schemas.documents import Json
from services.kit.views import Find, Reads

MOST_COMMUNITIES = 10_000


def communities(views: Reads, scope: str) -> list[Json]:
    """All of the scope by id, it itself when it is one, whether they are still valid or not."""
    of_scope = Find(
        "divisions",
        {"level": "community"},
        "id",
        since=scope,
        until=f"{scope};",
        limit=MOST_COMMUNITIES,
    )
    return views.find(of_scope)
