"""One page of a list, or of several in one order: what was asked for, and where the next page begins."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from services.kit.log import Data
from services.kit.views import Doc, Find, Reads


def anything(doc: Doc) -> bool:
    return True


def page(views: Reads, question: Data, *finds: Find, sees: Callable[[Doc], bool] = anything) -> Data:
    """`{"items": […], "next": [by, id] | None}`: `next` is the `after` of the following page, None on the last.

    `question` is one loaded with `schemas.paging.Paged`. Of each of `finds`, which share one order, one document more
    than asked for is read to know. What the asker does not see, by `sees`, fills no page, ends none and is no cursor;
    it is read all the same, so a kind of which most is hidden is better found by an index of what is seen.
    """
    if not finds:
        return {"items": [], "next": None}
    limit, order = question["limit"], finds[0]
    after = tuple(question["after"]) if question["after"] else None  # Over a bus a tuple arrives as a list.
    found: dict[tuple[str, str], Doc] = {}  # Once each: a document may move from one to another meanwhile.
    for find in finds:
        seen = filter(sees, every(views, replace(find, after=after, limit=limit + 1)))
        found |= {(find.collection, doc["id"]): doc for doc in islice(seen, limit + 1)}
    items = sorted(found.values(), key=order.place, reverse=order.newest_first)
    return {"items": items[:limit], "next": list(order.place(items[limit - 1])) if len(items) > limit else None}


def each(question: Data, name: str) -> list[dict[str, str]]:
    """A condition for each of the words asked for by `name`, a single empty one when nobody asked."""
    return [{name: word} for word in question[name]] if name in question else [{}]


def every(views: Reads, find: Find) -> Iterator[Doc]:
    """All that is found, in its order, read `find.limit` at a time."""
    while batch := views.find(find):
        yield from batch
        if len(batch) < find.limit:
            return
        find = replace(find, after=find.place(batch[-1]))
