"""One page of a list, or of several in one order: what was asked for, and where the next page begins."""

from collections.abc import Iterator
from dataclasses import replace

from services.kit.log import Data
from services.kit.views import Doc, Find, Reads


def page(views: Reads, question: Data, *finds: Find) -> Data:
    """`{"items": […], "next": [by, id] | None}`: `next` is the `after` of the following page, None on the last.

    `question` is one loaded with `schemas.paging.Paged`. Of each of `finds`, which share one order, one document more
    than asked for is read to know.
    """
    limit, order = question["limit"], finds[0]
    after = tuple(question["after"]) if question["after"] else None  # Over a bus a tuple arrives as a list.
    found: dict[tuple[str, str], Doc] = {}  # Once each: a document may move from one to another meanwhile.
    for find in finds:
        found |= {(find.collection, doc["id"]): doc for doc in views.find(replace(find, after=after, limit=limit + 1))}
    items = sorted(found.values(), key=order.place, reverse=order.newest_first)
    return {"items": items[:limit], "next": list(order.place(items[limit - 1])) if len(items) > limit else None}


def each(question: Data, name: str) -> list[dict[str, str]]:
    """A condition for each of the words asked for by `name`, a single empty one when nobody asked."""
    return [{name: word} for word in question[name]] if name in question else [{}]


def every(views: Reads, find: Find) -> Iterator[Doc]:
    """All that is found, in its order, read `find.limit` at a time."""
    while batch := views.find(find):
        yield from batch
        find = replace(find, after=find.place(batch[-1]))
