"""One page of a list, or of several in one order: what was asked for, and where the next page begins."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from schemas.documents import Json
from services.kit.views import Find, Place, Reads

MOST_LOOKED_AT = 1_000
"""Documents for one page. One that is not full then has a next."""
MOST_READ = 500


def anything(doc: Json) -> bool:
    """For lists of which whoever may ask sees all."""
    return True


def page(
    views: Reads, question: Json, *finds: Find, sees: Callable[[Json], bool] = anything
) -> Json:
    """The page of what `finds`, which share one order, find together, each document once. See `sift`."""
    if not finds:
        return {"items": [], "next": None}
    order = finds[0]
    after = (
        tuple(question["after"]) if question["after"] else None
    )  # Over a bus a tuple arrives as a list.
    batch = question["limit"] + 1
    found = (every(views, replace(find, after=after, limit=batch)) for find in finds)
    merged = heapq.merge(*found, key=order.place, reverse=order.newest_first)
    return sift(question, _once(merged, order.place), order.place, sees)


def sift(
    question: Json,
    candidates: Iterable[Json],
    place: Callable[[Json], Place],
    sees: Callable[[Json], bool] = anything,
) -> Json:
    """`{"items": […], "next": [by, id] | None}`: `next` is the `after` of the following page, None on the last.

    `question` is one loaded with `schemas.paging.Paged`. One document more than asked for is looked for, to know. What
    the asker does not see, by `sees`, fills no page, ends none and is no cursor. No more than `MOST_LOOKED_AT` are
    looked at: a page that then is not full goes on where it stopped.
    """
    items: list[Json] = []
    for number, doc in enumerate(candidates, 1):
        if sees(doc):
            items.append(doc)
        if len(items) > question["limit"]:
            return {"items": items[:-1], "next": list(place(items[-2]))}
        if number == MOST_LOOKED_AT:
            return {"items": items, "next": list(place(doc))}
    return {"items": items, "next": None}


def _once(docs: Iterable[Json], place: Callable[[Json], Place]) -> Iterator[Json]:
    """What several queries find comes as neighbours, for it has the same place in each."""
    return (next(same) for _, same in groupby(docs, place))


def each(question: Json, name: str) -> list[dict[str, str]]:
    """A condition for each of the words asked for by `name`, a single empty one when nobody asked."""
    return [{name: word} for word in question[name]] if name in question else [{}]


def every(views: Reads, find: Find) -> Iterator[Json]:
    """All that is found, in its order, read `find.limit` at first and then more at a time."""
    while batch := views.find(find):
        yield from batch
        if len(batch) < find.limit:
            return
        find = replace(
            find,
            after=find.place(batch[-1]),
            limit=max(find.limit, min(2 * find.limit, MOST_READ)),
        )
