"""What waits for somebody: each service's part of one list, and how much there is of each kind.

It is asked of the documents as they stand, and nothing is remembered of waiting itself: what anybody has done waits
for nobody any more.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import ClassVar

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.token import ROLES
from schemas.waiting import KINDS, MOST_COUNTED, AskWaiting, CountWaiting
from services.district import territory
from services.district.authority import held_within
from services.kit.actor import EVERYWHERE, NOWHERE, Actor
from services.kit.entrypoints import Asked, Query, query
from services.kit.lists.paging import MOST_LOOKED_AT, every, sift
from services.kit.lookup import Judge, everybody
from services.kit.views import Find, Place, Reads

# Sorts after every moment: what has no due time comes after all that has.
UNDATED = "~"
AFTER_EVERY_ID = chr(0x10FFFF)

Where = dict[str, str | int]
Shown = Callable[[Reads, Json, Asked], Json]


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of thing to do.

    `finds` are the documents that may wait for who asks, all in one order: by the moment they are `due`, or else by
    that since which they wait; `waits` is asked of each. `shown` says of one its `title`, what the `names` in the
    addresses stand for, `place`, and `since` where that is not the order. `shown_by` is the question that shows one,
    `settled_by` the commands any of which does it.
    """

    kind: str
    finds: Callable[[Asked], Iterable[Find]]
    shown: Shown
    shown_by: str
    settled_by: tuple[str, ...]
    is_dated: bool = False
    waits: Judge = everybody


class Waits:
    """A service of which something may wait for somebody."""

    tasks: ClassVar[Sequence[Task]]


def asks_waiting(tasks: Sequence[Task]) -> Query:
    """The question for a page of what waits for who asks, of these tasks."""

    def waiting(views: Reads, question: Json, asked: Asked) -> Json:
        return page(views, tasks, question, asked)

    return query(AskWaiting, waiting, by=ROLES)


def counts_waiting(tasks: Sequence[Task]) -> Query:
    """The question for how much waits, `{items}` of each kind of which there is any."""

    def count_waiting(views: Reads, question: Json, asked: Asked) -> Json:
        counts = [_count(views, task, asked) for task in tasks]
        return {"items": list(filter(None, counts))}

    return query(CountWaiting, count_waiting, by=ROLES)


def page(views: Reads, tasks: Sequence[Task], question: Json, asked: Asked) -> Json:
    """`{items, next}`: what is due first, then what has no due time, the oldest first."""
    kinds = question.get("kind", KINDS)
    after, batch = _after(question), question["limit"] + 1
    streams = [
        _candidates(views, task, asked, after, batch)
        for task in tasks
        if task.kind in kinds
    ]

    def waits(candidate: Json) -> bool:
        task: Task = candidate["task"]
        return task.waits(views, candidate["doc"], asked)

    shown = sift(question, heapq.merge(*streams, key=_place), _place, waits)
    items = [_item(views, candidate, asked) for candidate in shown["items"]]
    return shown | {"items": items}


def _after(question: Json) -> Place | None:
    """The place of the last item of the page before, None on the first."""
    if not question["after"]:
        return None
    by, id = question["after"]
    return str(by), str(id)


def _count(views: Reads, task: Task, asked: Asked) -> Json | None:
    candidates = _candidates(views, task, asked, None, MOST_COUNTED)
    waiting = (
        candidate
        for candidate in islice(candidates, MOST_LOOKED_AT)
        if task.waits(views, candidate["doc"], asked)
    )
    count = len(list(islice(waiting, MOST_COUNTED + 1)))
    if not count:
        return None
    shown = {"count": min(count, MOST_COUNTED), "more": count > MOST_COUNTED}
    return _kind(task) | shown


def _kind(task: Task) -> Json:
    return {"kind": task.kind, "kind_text": KINDS[task.kind]}


def _candidates(
    views: Reads, task: Task, asked: Asked, after: Place | None, batch: int
) -> Iterator[Json]:
    """What may wait for who asks, each once, with its place in the list of all kinds."""
    finds = list(task.finds(asked))
    if not finds or _is_over(task, after):
        return
    place = finds[0].place
    begin = after and _beginning(task, after)
    streams = [every(views, replace(find, after=begin, limit=batch)) for find in finds]
    for (by, id), same in groupby(heapq.merge(*streams, key=place), place):
        yield {
            "by": str(by) if task.is_dated else f"{UNDATED}{by}",
            "id": f"{task.kind}:{id}",
            "task": task,
            "doc": next(same),
            "moment": by,
        }


def _is_over(task: Task, after: Place | None) -> bool:
    """The list has come to what has no due time."""
    if after is None or not task.is_dated:
        return False
    return str(after[0]).startswith(UNDATED)


def _beginning(task: Task, after: Place) -> Place | None:
    """After which of the kind's own documents the list goes on; None for from the first."""
    by = str(after[0])
    if not task.is_dated and not by.startswith(UNDATED):
        return None
    kind, _, id = str(after[1]).partition(":")
    if task.kind > kind:
        id = ""
    elif task.kind < kind:
        id = AFTER_EVERY_ID
    return by.removeprefix(UNDATED), id


def _place(candidate: Json) -> Place:
    return candidate["by"], candidate["id"]


def _item(views: Reads, candidate: Json, asked: Asked) -> Json:
    task: Task = candidate["task"]
    moment = candidate["moment"]
    shown: Json = {"due" if task.is_dated else "since": moment}
    shown |= task.shown(views, candidate["doc"], asked)
    item = pick(candidate, "id", "by") | _kind(task)
    item |= {
        "shown_by": task.shown_by,
        "settled_by": task.settled_by,
        "overdue": task.is_dated and moment < instant(asked.now),
    }
    return item | shown | _named_place(views, shown)


def _named_place(views: Reads, shown: Json) -> Json:
    if "place" not in shown:
        return {}
    division = views.get(territory.DIVISIONS.name, shown["place"])
    return {"place_name": division["name"]} if division else {}


# Whose it is to do


def in_places(actor: Actor, *roles: str) -> list[Where]:
    """What the documents of each place have in common where the actor holds one of the roles."""
    places = held_within(actor, roles, "")
    return [dict(territory.within({"division": place})) for place in places]


def found_in(
    places: Iterable[Where],
    collection: str,
    by: str,
    *,
    until: str | None = None,
    **equal: str | int,
) -> list[Find]:
    """In each of the places, the documents with these fields, by the moment `by`."""
    wheres = (place | equal for place in places)
    return [Find(collection, where, by, until=until) for where in wheres]


def in_offices(actor: Actor, role: str, kind: str, path: str = "") -> list[Where]:
    """The same for organisations of the `kind` unit and the like, which documents name by the field `path`."""
    scopes = {held.scope for held in actor.roles if held.role == role} - {NOWHERE}
    if EVERYWHERE in scopes:
        return [{}]
    mark = f"{kind}/"
    return [
        {path or kind: scope.removeprefix(mark)}
        for scope in sorted(scopes)
        if scope.startswith(mark)
    ]
