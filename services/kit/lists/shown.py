"""A page of documents, as those who ask may see each of them."""

from collections.abc import Callable

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.views import Reads

Show = Callable[[Reads, Json, Asked], Json]


def shown(views: Reads, page: Json, asked: Asked, show: Show) -> Json:
    """The page with what `show` makes of each document on it."""
    return page | {"items": [show(views, doc, asked) for doc in page["items"]]}
