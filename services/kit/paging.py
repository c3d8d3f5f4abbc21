"""One page of a list: what was asked for, and where the next page begins."""

from dataclasses import replace

from services.kit.log import Data
from services.kit.views import Find, Reads


def page(views: Reads, question: Data, find: Find) -> Data:
    """`{"items": […], "next": [by, id] | None}`: `next` is the `after` of the following page, None on the last.

    `question` is one loaded with `schemas.paging.Paged`. One document more than asked for is read to know.
    """
    limit = question["limit"]
    after = tuple(question["after"]) if question["after"] else None  # Over a bus a tuple arrives as a list.
    found = views.find(replace(find, after=after, limit=limit + 1))
    items = found[:limit]
    return {"items": items, "next": list(find.place(items[-1])) if len(found) > limit else None}
