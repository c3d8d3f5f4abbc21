"""A page of a list, with what it lists as that is shown."""

from collections.abc import Callable

from schemas.documents import Json


def show_each(page: Json, show: Callable[[Json], Json]) -> Json:
    """The page, `{items, next}`, with each of its items as `show` makes it."""
    items = [show(item) for item in page["items"]]
    return page | {"items": items}
